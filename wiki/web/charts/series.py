"""Who has which look: one of eight colours with a pattern and a number, or the look of all others.

A person keeps the look in every chart of a page and in its marked text when all of them take
their slots from one call of `slots_of`.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

SLOTS = 8
OTHERS = 0
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one person or group, one for each month or day of a chart."""

    label: str
    values: tuple[int, ...]
    slot: int = 1
    url: str = ""

    def __post_init__(self) -> None:
        expect_countable(self.values)

    @property
    def look(self) -> str:
        """Return the class that brings colour and pattern."""
        return look_of(self.slot)

    @property
    def number(self) -> str:
        """Return what stands beside its colour: 1 to 8, or + for others."""
        return number_of(self.slot)

    @property
    def total(self) -> int:
        """Return all values together."""
        return sum(self.values)


def look_of(slot: int) -> str:
    """Return the class in _series.scss: `series-1` to `series-8`, or `series-others`."""
    return f"series-{slot}" if 1 <= slot <= SLOTS else "series-others"


def number_of(slot: int) -> str:
    """Return the number that says the same as the colour, + for others."""
    return str(slot) if 1 <= slot <= SLOTS else "+"


def slots_of(keys: Iterable[Key]) -> dict[Key, int]:
    """Return the slot of each: 1 to 8 for the first eight, OTHERS for who comes later."""
    first_met = dict.fromkeys(keys)
    return {key: at if at <= SLOTS else OTHERS for at, key in enumerate(first_met, start=1)}


def gathered(series: Sequence[Series], others: str) -> tuple[Series, ...]:
    """Return the series by their slots, and all that have none as one last, called `others`."""
    with_slot = sorted((one for one in series if one.slot != OTHERS), key=lambda one: one.slot)
    rest = [one for one in series if one.slot == OTHERS]
    if len(rest) < 2:  # noqa: PLR2004  # one alone keeps its name
        return (*with_slot, *rest)
    sums = tuple(map(sum, zip(*(one.values for one in rest), strict=True)))
    return (*with_slot, replace(rest[0], label=others, values=sums, url=""))


def expect_countable(values: Iterable[float]) -> None:
    """Raise ValueError for values below zero, which none of these charts can show."""
    if any(value < 0 for value in values):
        raise ValueError("A chart shows no values below zero.")

"""Horizontal bars: one row for each person, the name above the bar and the value beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from babel.numbers import format_percent

from wiki.web.charts.scale import amount
from wiki.web.charts.series import OTHERS, expect_countable, look_of, number_of

ROW = 50
THICKNESS = 16
# What is there at all is to be seen, however small its share.
LEAST_WIDTH = 0.4
WIDE_LETTERS = 64
NARROW_LETTERS = 28


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: whose, how many, and how many per cent of the whole if that is to be told."""

    label: str
    value: int
    share: float | None = None
    slot: int = 1
    url: str = ""

    def __post_init__(self) -> None:
        expect_countable([self.value])

    @property
    def look(self) -> str:
        """Return the class that brings colour and pattern."""
        return look_of(self.slot)

    @property
    def number(self) -> str:
        """Return what stands beside its name: 1 to 8, or + for others."""
        return number_of(self.slot)


@dataclass(frozen=True, slots=True)
class BarMark:
    """A row as it is drawn: `width` in per cent, `top` in pixels, the name in two lengths."""

    row: Bar
    top: int
    width: float
    words: str
    share_words: str
    wide: str
    narrow: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of bars; `room` is the number of letters to keep free at its right."""

    marks: tuple[BarMark, ...]
    height: int
    room: int

    @property
    def slots(self) -> tuple[int, ...]:
        """Return the slots in use, each once."""
        return tuple(dict.fromkeys(mark.row.slot for mark in self.marks))


def bars(rows: Sequence[Bar], *, others: str = "", locale: str = "en_GB") -> Bars:
    """Return the rows as bars in the order given; those without a slot become one, `others`."""
    shown = _gathered(rows, others) if others else tuple(rows)
    largest = max((row.value for row in shown), default=0)
    marks = tuple(
        BarMark(
            row=row,
            top=number * ROW,
            width=_width(row.value, largest),
            words=_words(row, locale),
            share_words="" if row.share is None else share_words(row.share, locale),
            wide=shortened(row.label, WIDE_LETTERS),
            narrow=shortened(row.label, NARROW_LETTERS),
        )
        for number, row in enumerate(shown)
    )
    room = max((len(mark.words) for mark in marks), default=0)
    return Bars(marks=marks, height=ROW * len(marks), room=room)


def share_words(share: float, locale: str) -> str:
    """Return like 41% or 41.5%."""
    return format_percent(share / 100, "#,##0.#%", locale=locale)


def shortened(label: str, letters: int) -> str:
    """Return the label with at most so many letters, the last a sign that some are missing."""
    return label if len(label) <= letters else label[: letters - 1].rstrip() + "…"


def _gathered(rows: Sequence[Bar], others: str) -> tuple[Bar, ...]:
    named = [row for row in rows if row.slot != OTHERS]
    rest = [row for row in rows if row.slot == OTHERS]
    if len(rest) < 2:  # noqa: PLR2004  # one alone keeps its name
        return (*named, *rest)
    shares = [row.share for row in rest if row.share is not None]
    share = round(sum(shares), 6) if shares else None
    value = sum(row.value for row in rest)
    return (*named, replace(rest[0], label=others, value=value, share=share, url=""))


def _width(value: int, largest: int) -> float:
    return round(max(100 * value / largest, LEAST_WIDTH), 3) if value else 0.0


def _words(row: Bar, locale: str) -> str:
    value = amount(row.value, locale)
    return value if row.share is None else f"{value} ({share_words(row.share, locale)})"

"""Stacked columns: one for each month, in it a piece for each series that has something there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wiki.web.charts.scale import (
    Axis,
    Step,
    amount,
    axis_of_months,
    month_words,
    round_steps,
    steps_up,
)
from wiki.web.charts.series import Series, gathered

TOP = 12
HEIGHT = 220
BROADEST = 9.0
# So many columns at most leave room for a number in each piece and for a gap around it.
FEW = 14
MANY = 40
NUMBER_HEIGHT = 17


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a column that one series has, in pixels from the top of the chart."""

    series: Series
    words: str
    top: float
    height: float

    @property
    def middle(self) -> float:
        """Return where a number stands in it."""
        return round(self.top + self.height / 2, 2)


@dataclass(frozen=True, slots=True)
class Column:
    """One month: from `x` over `width` per cent of the chart, its pieces from below."""

    name: str
    x: float
    width: float
    values: tuple[int, ...]
    pieces: tuple[Piece, ...]

    @property
    def centre(self) -> float:
        """Return its middle in per cent."""
        return round(self.x + self.width / 2, 3)


@dataclass(frozen=True, slots=True)
class Columns:
    """A chart of stacked columns; `room` is the number of letters to keep free at its left."""

    series: tuple[Series, ...]
    columns: tuple[Column, ...]
    steps: tuple[Step, ...]
    axis: Axis
    locale: str

    floor = TOP + HEIGHT
    number_height = NUMBER_HEIGHT

    @property
    def height(self) -> int:
        """Return the pixels from the top to below what is written under the axis."""
        return self.floor + self.axis.height

    @property
    def room(self) -> int:
        """Return the letters of the longest value at the axis."""
        return max(len(step.words) for step in self.steps)

    @property
    def slots(self) -> tuple[int, ...]:
        """Return the slots in use."""
        return tuple(one.slot for one in self.series)

    @property
    def rows(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return each month with its values in the order of the series, and their sum, in words."""
        return tuple(
            (column.name, tuple(amount(value, self.locale) for value in _with_sum(column.values)))
            for column in self.columns
        )

    @property
    def density(self) -> str:
        """Return few, some or many: what there is room for."""
        if len(self.columns) <= FEW:
            return "few"
        return "some" if len(self.columns) <= MANY else "many"


def columns(
    months: Sequence[date], series: Sequence[Series], *, others: str, locale: str = "en_GB"
) -> Columns:
    """Return the series stacked by month; those without a slot become one, called `others`.

    Raises ValueError when a series has not one value for each month.
    """
    shown = gathered(series, others)
    if any(len(one.values) != len(months) for one in shown):
        raise ValueError("A series has one value for each month.")
    by_month = [tuple(one.values[at] for one in shown) for at in range(len(months))]
    largest = max(map(sum, by_month), default=0)
    scale = HEIGHT / round_steps(largest)[-1]
    band = 100 / max(1, len(months))
    width = round(min(band * (0.74 if len(months) <= MANY else 0.9), BROADEST), 3)
    places = {month: round(band * (at + 0.5), 3) for at, month in enumerate(months)}
    drawn = tuple(
        Column(
            name=month_words(month, locale),
            x=round(places[month] - width / 2, 3),
            width=width,
            values=values,
            pieces=_pieces(shown, values, scale, locale),
        )
        for month, values in zip(months, by_month, strict=True)
    )
    axis = axis_of_months(months, places.__getitem__, locale)
    steps = steps_up(largest, top=TOP, height=HEIGHT, locale=locale)
    return Columns(shown, drawn, steps, axis, locale)


def _with_sum(values: tuple[int, ...]) -> tuple[int, ...]:
    """Return the values, and their sum where there are several."""
    return (*values, sum(values)) if len(values) > 1 else values


def _pieces(
    series: Sequence[Series], values: Sequence[int], scale: float, locale: str
) -> tuple[Piece, ...]:
    """Return the pieces of one column, each standing on the one below to the hundredth."""
    pieces = []
    below, floor = 0, float(TOP + HEIGHT)
    for one, value in zip(series, values, strict=True):
        if value:
            below += value
            top = round(TOP + HEIGHT - below * scale, 2)
            pieces.append(Piece(one, amount(value, locale), top, round(floor - top, 2)))
            floor = top
    return tuple(pieces)

"""Lines over time: one or several series, each with its own dashes, shape and number at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from wiki.web.charts.scale import Axis, Step, amount, axis_of_days, round_steps, steps_up
from wiki.web.charts.series import Series, gathered

TOP = 16
HEIGHT = 200
# With more points than these a shape at each would hide the line.
FEW_POINTS = 24
NUMBER_HEIGHT = 16


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day: `x` in per cent of the width, `y` in pixels."""

    x: float
    y: float
    words: str
    day: str


@dataclass(frozen=True, slots=True)
class Line:
    """One series as drawn; `end` is where its number stands, in pixels and apart from others."""

    series: Series
    points: tuple[Point, ...]
    end: float

    @property
    def path(self) -> str:
        """Return the corners as `<polyline>` wants them."""
        return " ".join(f"{point.x:g},{point.y:g}" for point in self.points)

    @property
    def area(self) -> str:
        """Return the corners of what lies between the line and the floor."""
        first, last = self.points[0].x, self.points[-1].x
        return f"{first:g},{Lines.floor} {self.path} {last:g},{Lines.floor}"

    @property
    def marked(self) -> tuple[Point, ...]:
        """Return the points that get a shape: all of few, else only the last."""
        return self.points if len(self.points) <= FEW_POINTS else self.points[-1:]


@dataclass(frozen=True, slots=True)
class Lines:
    """A chart of lines; `room` is the number of letters to keep free at its left."""

    series: tuple[Series, ...]
    lines: tuple[Line, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    steps: tuple[Step, ...]
    axis: Axis

    floor = TOP + HEIGHT

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


def lines(
    days: Sequence[date], series: Sequence[Series], *, others: str = "", locale: str = "en_GB"
) -> Lines:
    """Return the series over the days, which ascend and need not be evenly apart.

    With `others` those without a slot become one of that name. Raises ValueError when a series
    has not one value for each day, or the days do not ascend.
    """
    shown = gathered(series, others) if others else tuple(series)
    if any(len(one.values) != len(days) for one in shown) or list(days) != sorted(set(days)):
        raise ValueError("A series has one value for each day, and the days ascend.")
    largest = max((value for one in shown for value in one.values), default=0)
    first, last = (days[0], days[-1]) if days else (date.min, date.min)
    length = (last - first).days

    def place(day: date) -> float:
        return round(100 * (day - first).days / length, 3) if length else 50.0

    scale = HEIGHT / round_steps(largest)[-1]
    names = tuple(format_date(day, "d MMMM y", locale=locale) for day in days)
    ways = [
        tuple(
            Point(place(day), round(TOP + HEIGHT - value * scale, 2), amount(value, locale), name)
            for day, name, value in zip(days, names, one.values, strict=True)
        )
        for one in shown
    ]
    ends = _apart([points[-1].y for points in ways if points])
    return Lines(
        series=shown,
        lines=tuple(map(Line, shown, ways, ends)) if days else (),
        rows=tuple(
            (name, tuple(amount(one.values[at], locale) for one in shown))
            for at, name in enumerate(names)
        ),
        steps=steps_up(largest, top=TOP, height=HEIGHT, locale=locale),
        axis=axis_of_days(first, last, place, locale) if days else Axis((), ()),
    )


def _apart(heights: Sequence[float]) -> list[float]:
    """Return heights in the same order, each moved no more than it must to stand clear of others.

    Neighbours that would touch become one group around their mean, and groups that would touch
    become one group again.
    """
    order = sorted(range(len(heights)), key=heights.__getitem__)
    groups: list[list[int]] = []
    for at in order:
        groups.append([at])
        while len(groups) > 1 and _touch(groups[-2], groups[-1], heights):
            last = groups.pop()
            groups[-1] += last
    ends = [0.0] * len(heights)
    for group in groups:
        first = _first(group, heights)
        for number, at in enumerate(group):
            ends[at] = round(first + number * NUMBER_HEIGHT, 2)
    return ends


def _touch(above: Sequence[int], below: Sequence[int], heights: Sequence[float]) -> bool:
    end = _first(above, heights) + len(above) * NUMBER_HEIGHT
    return _first(below, heights) < end


def _first(group: Sequence[int], heights: Sequence[float]) -> float:
    """Return where the first of a group stands: around its mean, yet within the chart."""
    length = (len(group) - 1) * NUMBER_HEIGHT
    mean = sum(heights[at] for at in group) / len(group)
    return max(float(TOP), min(mean - length / 2, float(TOP + HEIGHT - length)))

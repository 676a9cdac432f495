"""Where an axis has its marks, and what is written at them.

Each axis of time comes twice, for wide and for narrow charts: styles show the one that fits.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

NARROW_LABELS = 4
WIDE_LABELS = 9
MOST_STEPS = 5
MONTHS_APART = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
DAYS_APART = (1, 2, 4, 7, 14)
YEAR = 12
ONE_LINE = 28
TWO_LINES = 46
# Below this many days, days are written, not months.
SHORT_DAYS = 62


@dataclass(frozen=True, slots=True)
class Step:
    """A line across the chart: its value in words, at `y` pixels from the top."""

    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Moment:
    """What is written under the axis at `x` per cent: a month or day, and below it the year."""

    x: float
    words: str
    year: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """The same time in few words and in more."""

    narrow: tuple[Moment, ...]
    wide: tuple[Moment, ...]

    @property
    def height(self) -> int:
        """Return the pixels that its words take, on one line or on two."""
        has_years = any(moment.year for moment in self.narrow + self.wide)
        return TWO_LINES if has_years else ONE_LINE


# A chart of ten years and its table hold thousands of numbers, most of them small.
@lru_cache(maxsize=4096)
def amount(value: float, locale: str) -> str:
    """Return like 1,234."""
    return str(format_decimal(value, locale=locale))


def round_steps(largest: float) -> tuple[int, ...]:
    """Return at most six whole values from 0 up to `largest` or just above, in round steps."""
    tenfold = 1
    while True:
        for digit in (1, 2, 5):
            step = digit * tenfold
            if step * MOST_STEPS >= largest:
                count = max(1, -int(-largest // step))
                return tuple(step * number for number in range(count + 1))
        tenfold *= 10


def steps_up(largest: float, *, top: float, height: float, locale: str) -> tuple[Step, ...]:
    """Return the lines of an axis from 0 at `top + height` pixels up to the last at `top`."""
    values = round_steps(largest)
    return tuple(
        Step(round(top + height * (1 - value / values[-1]), 2), amount(value, locale))
        for value in values
    )


def months_between(first: date, last: date) -> tuple[date, ...]:
    """Return the first day of each month from that of `first` to that of `last`."""
    return tuple(
        date(number // YEAR, number % YEAR + 1, 1)
        for number in range(_number(first), _number(last) + 1)
    )


def month_words(month: date, locale: str) -> str:
    """Return like March 2026."""
    return format_date(month, "MMMM y", locale=locale)


def axis_of_months(months: Sequence[date], place: Callable[[date], float], locale: str) -> Axis:
    """Return what to write for months, each of which stands at `place`."""

    def written(at_most: int) -> tuple[Moment, ...]:
        step = next((one for one in MONTHS_APART if len(_each(months, one)) <= at_most), YEAR)
        chosen = _each(months, step) or list(months[:1])
        if step >= YEAR and len(months) >= YEAR:
            return tuple(Moment(place(month), str(month.year)) for month in chosen)
        return _with_years(chosen, "MMM", place, locale)

    return Axis(narrow=written(NARROW_LABELS), wide=written(WIDE_LABELS))


def axis_of_days(first: date, last: date, place: Callable[[date], float], locale: str) -> Axis:
    """Return what to write from one day to another, by days or by months as fits."""
    length = (last - first).days
    if length >= SHORT_DAYS:
        months = [month for month in months_between(first, last) if month >= first]
        return axis_of_months(months, place, locale)

    def written(at_most: int) -> tuple[Moment, ...]:
        step = next((one for one in DAYS_APART if length // one < at_most), DAYS_APART[-1] * 2)
        days = [first + timedelta(days=number) for number in range(0, length + 1, step)]
        return _with_years(days, "d MMM", place, locale)

    return Axis(narrow=written(NARROW_LABELS), wide=written(WIDE_LABELS))


def _with_years(
    days: Sequence[date], pattern: str, place: Callable[[date], float], locale: str
) -> tuple[Moment, ...]:
    """Return the days with the year at the first of each year."""
    return tuple(
        Moment(
            place(day),
            format_date(day, pattern, locale=locale),
            "" if at and days[at - 1].year == day.year else str(day.year),
        )
        for at, day in enumerate(days)
    )


def _each(months: Sequence[date], step: int) -> list[date]:
    """Return every so many months, counted from January."""
    return [month for month in months if _number(month) % step == 0]


def _number(day: date) -> int:
    return day.year * YEAR + day.month - 1

"""Days at which a line over time is drawn."""

from datetime import date, timedelta

import pytest

from wiki.authorship.routes.over_time import BY_DAY, periods_between

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("days", [0, 1, 20, BY_DAY, BY_DAY + 1, 400, 4000])
@pytest.mark.parametrize("today", [TODAY, date(2026, 11, 1), date(2026, 1, 1)])
def test_a_line_ends_today_and_never_later(days: int, today: date) -> None:
    starts, ends = periods_between(today - timedelta(days=days), today)
    assert ends[-1] == today
    assert len(starts) == len(ends)
    assert list(ends) == sorted(set(ends))
    assert starts[0] <= today - timedelta(days=days)


def test_few_days_are_drawn_day_by_day() -> None:
    starts, ends = periods_between(date(2026, 11, 20), TODAY)
    assert starts == ends == [date(2026, 11, day) for day in (20, 21, 22)]


def test_a_month_is_drawn_where_the_next_begins() -> None:
    starts, ends = periods_between(date(2026, 8, 5), TODAY)
    assert starts == [date(2026, month, 1) for month in (8, 9, 10, 11)]
    assert ends == [*(date(2026, month, 1) for month in (9, 10, 11)), TODAY]


def test_words_of_tomorrow_are_drawn_tomorrow() -> None:
    """A clock that was put back must not break the page."""
    starts, ends = periods_between(TODAY + timedelta(days=1), TODAY)
    assert starts == ends == [TODAY + timedelta(days=1)]

"""At which days a line over time is drawn, from somebody's first words to today."""

from collections.abc import Sequence
from datetime import date, timedelta

from wiki.web.charts import months_between

# A line of so many days is drawn by the day, a longer one by the month.
BY_DAY = 62


def periods_between(first: date, today: date) -> tuple[Sequence[date], Sequence[date]]:
    """Return the first days of the periods, and the days at which the end of each is drawn.

    A day is drawn at itself, a month where the next begins, and the last one at today.
    """
    if (today - first).days <= BY_DAY:
        days = [first + timedelta(days=at) for at in range((max(today, first) - first).days + 1)]
        return days, days
    months = [month for month in months_between(first, today) if month < today]
    return months, [*months[1:], today]

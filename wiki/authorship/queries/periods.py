"""Stretches of time as a table to join with, so that the database counts by them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from wiki.storage.base import UTCDateTime

_ALWAYS = datetime(1, 1, 2, tzinfo=UTC)
_NEVER = datetime(9999, 12, 30, tzinfo=UTC)


def periods(
    starts: Sequence[date], zone: ZoneInfo, *, end: date | None = None, is_open: bool = False
) -> sa.CTE:
    """Return a table of `at` (0, 1, ...), `start` and `stop`, each from one day to the next.

    The last ends with `end`. Open ones have no beginning before the first and no end.
    """
    moments = [datetime.combine(start, time(), zone) for start in starts]
    last = _NEVER if is_open or end is None else datetime.combine(end, time(), zone)
    firsts = [_ALWAYS if is_open else moments[0], *moments[1:]]
    stops = [*moments[1:], last]
    moment = UTCDateTime()
    table = sa.values(
        sa.column("at", sa.Integer),
        sa.column("start", moment),
        sa.column("stop", moment),
        name="period",
    )
    rows = [(at, *pair) for at, pair in enumerate(zip(firsts, stops, strict=True))]
    return table.data(rows).cte("periods")


def month_after(month: date) -> date:
    """Return the first day of the month after this one."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)

"""All that the contributors page of a page shows, in whichever form it is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from wiki.authorship.queries import overview
from wiki.authorship.queries.counting import rows
from wiki.authorship.queries.overview import Edits
from wiki.authorship.queries.sums import Scope
from wiki.authorship.rules.report import Report, report, summed
from wiki.pages.queries.reading import ReadPage
from wiki.people.rules.rights import Who


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who asks, how much an administrator lets them see, when, and where months begin."""

    who: Who
    level: str
    counts_imports: bool
    now: datetime
    zone: ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributors:
    """The figures of a page at a revision; `edits` are None where figures are off.

    `by_month` has for the key of each line how many revisions there were in each of `months`.
    """

    page: ReadPage
    words: int
    sections: int
    edits: Edits | None
    report: Report
    months: tuple[date, ...]
    by_month: Mapping[str, tuple[int, ...]]


def contributors(session: Session, page: ReadPage, scope: Scope, asking: Asking) -> Contributors:
    """Return the figures of the page as they may be shown to whoever asks."""
    found = rows(session, scope, counts_imports=asking.counts_imports)
    standing = sum(row.measures.standing for row in found)
    elsewhere = max(0, page.words - standing) if scope.is_in_time else 0
    shown = report(found, asking.level, asking.who, elsewhere=elsewhere)
    now = asking.now if scope.is_head else page.made_at
    edits = overview.edits(session, scope, now=now)
    months = _months(edits, asking.zone)
    counts = overview.by_month(session, scope, months, asking.zone)
    return Contributors(
        page=page,
        words=page.words,
        sections=overview.section_count(session, page),
        edits=None if shown.view == "nothing" else edits,
        report=shown,
        months=months,
        by_month={
            one.line.key: summed(one.line, found, counts, len(months)) for one in shown.lines
        },
    )


def _months(edits: Edits, zone: ZoneInfo) -> tuple[date, ...]:
    """Return the first day of each month from the first edit to the last."""
    if edits.first_at is None or edits.last_at is None:
        return ()
    first, last = edits.first_at.astimezone(zone), edits.last_at.astimezone(zone)
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return tuple(date(number // 12, number % 12 + 1, 1) for number in numbers)

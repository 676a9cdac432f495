"""What is said of a page above its contributors: sizes, dates, and edits by time."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.authorship.queries.periods import month_after, periods
from wiki.authorship.queries.sums import Key, Scope
from wiki.pages.models import PageSection, Revision
from wiki.pages.queries.reading import ReadPage
from wiki.pages.queries.texts import text_of
from wiki.text.sections import sections

RECENT_DAYS = (7, 30, 365)


@dataclass(frozen=True, slots=True)
class Edits:
    """How many revisions there are in a scope, of which kinds, from when to when.

    `recent` are those of the last 7, 30 and 365 days.
    """

    revisions: int
    restored: int
    merged: int
    recent: tuple[int, ...]
    first_at: datetime | None
    last_at: datetime | None

    @property
    def days_between(self) -> float | None:
        """Return the mean number of days from one edit to the next; None for fewer than two."""
        if self.revisions < 2 or self.first_at is None or self.last_at is None:  # noqa: PLR2004  # two have one gap
            return None
        length = self.last_at - self.first_at
        return round(length / timedelta(days=1) / (self.revisions - 1), 1)


def edits(session: Session, scope: Scope, *, now: datetime) -> Edits:
    """Return the counts of the revisions in the scope; recent is as seen from `now`."""
    ages = [Revision.made_at > now - timedelta(days=days) for days in RECENT_DAYS]
    query = sa.select(
        sa.func.count(),
        *(
            sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)
            for condition in (Revision.kind == "restore", Revision.kind == "merge", *ages)
        ),
        sa.func.min(Revision.made_at),
        sa.func.max(Revision.made_at),
    ).where(*_in_scope(scope))
    count, restored, merged, *recent, first_at, last_at = session.execute(query).one()
    return Edits(count, restored, merged, tuple(recent), first_at, last_at)


def section_count(session: Session, page: ReadPage) -> int:
    """Return how many headings with words of their own the page has at the revision."""
    if page.is_head and page.deleted_at is None:
        query = sa.select(sa.func.count()).where(
            PageSection.page_id == page.page_id, PageSection.level > 0
        )
        return session.scalar(query) or 0
    return sum(section.level > 0 for section in sections(text_of(session, page.text_sha)))


def by_month(
    session: Session, scope: Scope, months: Sequence[date], zone: ZoneInfo
) -> Mapping[Key, Sequence[int]]:
    """Return how many revisions each person made in each month, by whether they were imported.

    Counted by the index alone; what is not in one of the months is left out.
    """
    if not months:
        return {}
    query = _month_query(scope, months, zone)
    counts: dict[Key, Counter[int]] = defaultdict(Counter)
    for at, author_id, is_imported, count in session.execute(query):
        counts[author_id, is_imported][at] = count
    return {key: [found[at] for at in range(len(months))] for key, found in counts.items()}


def _month_query(
    scope: Scope, months: Sequence[date], zone: ZoneInfo
) -> sa.Select[*tuple[Any, ...]]:
    month = periods(months, zone, end=month_after(months[-1]))
    is_in = sa.and_(Revision.made_at >= month.c.start, Revision.made_at < month.c.stop)
    return (
        sa.select(month.c.at, Revision.author_id, Revision.is_imported, sa.func.count())
        .join(month, is_in)
        .where(*_in_scope(scope))
        .group_by(month.c.at, Revision.author_id, Revision.is_imported)
    )


def _in_scope(scope: Scope) -> list[sa.ColumnElement[bool]]:
    conditions = [Revision.page_id == scope.page_id]
    if not scope.is_head:
        conditions.append(Revision.number <= scope.number)
    if scope.since is not None:
        conditions.append(Revision.made_at >= scope.since)
    if scope.until is not None:
        conditions.append(Revision.made_at < scope.until)
    return conditions

"""What became of one person's words, over the pages that whoever asks may see.

Without `counts_imports` what came with an imported history is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from wiki.authorship.models import AuthorshipLedger as Ledger
from wiki.authorship.models import AuthorshipTotal as Total
from wiki.authorship.queries.periods import periods
from wiki.authorship.queries.sums import BORN
from wiki.authorship.rules.reworked import Change, reworked
from wiki.pages.models import Page, Revision
from wiki.pages.queries.sight import Sight

_Origin = aliased(Revision)
_IS_ORIGIN = sa.and_(_Origin.page_id == Ledger.page_id, _Origin.number == BORN)


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page somebody wrote on; `last_number` is their last revision of it, if they made one."""

    page_id: int
    path: str
    title: str
    head_number: int
    standing: int
    written: int
    last_at: datetime | None
    last_number: int | None = None


@dataclass(frozen=True, slots=True)
class OwnWords:
    """All pages somebody wrote on, the most words standing first, and the sums."""

    pages: tuple[OwnPage, ...]

    @property
    def standing(self) -> int:
        """Return how many of their words stand now."""
        return sum(page.standing for page in self.pages)

    @property
    def written(self) -> int:
        """Return how many words they have written."""
        return sum(page.written for page in self.pages)


def own_words(
    session: Session, person_id: int, sight: Sight, *, counts_imports: bool = True
) -> OwnWords:
    """Return on which pages a person wrote, and what became of it."""
    standing = sa.func.sum(Total.standing)
    query = (
        sa.select(
            Page.id,
            Page.path,
            Page.title,
            Page.head_number,
            standing,
            sa.func.sum(Total.written),
            sa.func.max(Total.last_at),
        )
        .join(Page, Page.id == Total.page_id)
        .where(
            Total.person_id == person_id,
            Page.deleted_at.is_(None),
            sight.only(Page.path),
            *_counted(Total.is_imported, counts_imports=counts_imports),
        )
        .group_by(Page.id, Page.path, Page.title, Page.head_number)
        .order_by(standing.desc(), Page.path)
    )
    return OwnWords(tuple(OwnPage(*row) for row in session.execute(query)))


def imported_words(session: Session, person_id: int, sight: Sight) -> int:
    """Return how many words of this person's that came with an imported history stand."""
    query = (
        sa.select(sa.func.coalesce(sa.func.sum(Total.standing), 0))
        .join(Page, Page.id == Total.page_id)
        .where(
            Total.person_id == person_id,
            Total.is_imported,
            Page.deleted_at.is_(None),
            sight.only(Page.path),
        )
    )
    return session.scalar(query) or 0


def wrote_on(session: Session, person_id: int, sight: Sight) -> list[int]:
    """Return the living pages on which a person saved."""
    query = (
        sa.select(Revision.page_id)
        .join(Page, Page.id == Revision.page_id)
        .where(Revision.author_id == person_id, Page.deleted_at.is_(None), sight.only(Page.path))
        .distinct()
    )
    return list(session.scalars(query))


def first_at(
    session: Session, person_id: int, sight: Sight, *, counts_imports: bool = True
) -> datetime | None:
    """Return when a person first saved a page that can be seen."""
    query = (
        sa.select(sa.func.min(Total.first_at))
        .join(Page, Page.id == Total.page_id)
        .where(
            Total.person_id == person_id,
            Page.deleted_at.is_(None),
            sight.only(Page.path),
            *_counted(Total.is_imported, counts_imports=counts_imports),
        )
    )
    return session.scalar(query)


def taken_further(
    session: Session, person_id: int, sight: Sight, *, counts_imports: bool = True
) -> int:
    """Return on how many pages others have made edits since this person's last."""
    mine = (
        sa.select(Revision.page_id, sa.func.max(Revision.number).label("last_number"))
        .where(
            Revision.author_id == person_id,
            *_counted(Revision.is_imported, counts_imports=counts_imports),
        )
        .group_by(Revision.page_id)
        .subquery()
    )
    query = (
        sa.select(sa.func.count())
        .select_from(mine)
        .join(Page, Page.id == mine.c.page_id)
        .where(
            Page.head_number > mine.c.last_number,
            Page.deleted_at.is_(None),
            sight.only(Page.path),
        )
    )
    return session.scalar(query) or 0


def reworked_by_others(
    session: Session, person_id: int, sight: Sight, *, counts_imports: bool = True
) -> int:
    """Return how many words of this person's others took out or wrote anew for good."""
    query = (
        sa.select(
            Ledger.page_id,
            Ledger.origin,
            Revision.author_id == person_id,
            sa.case((Ledger.number == BORN, 0), else_=Ledger.added),
            Ledger.removed,
        )
        .join(Page, Page.id == Ledger.page_id)
        .join(
            Revision,
            sa.and_(Revision.page_id == Ledger.page_id, Revision.number == Ledger.number),
        )
        .join(_Origin, _IS_ORIGIN)
        .where(
            Ledger.person_id == person_id,
            Page.deleted_at.is_(None),
            sight.only(Page.path),
            *_counted(_Origin.is_imported, counts_imports=counts_imports),
        )
        .order_by(Ledger.page_id, Ledger.number)
    )
    return reworked(Change(*row) for row in session.execute(query))


def last_numbers(
    session: Session, person_id: int, page_ids: Sequence[int], *, counts_imports: bool = True
) -> dict[int, int]:
    """Return the number of this person's last revision of each page."""
    query = (
        sa.select(Revision.page_id, sa.func.max(Revision.number))
        .where(
            Revision.author_id == person_id,
            Revision.page_id.in_(page_ids),
            *_counted(Revision.is_imported, counts_imports=counts_imports),
        )
        .group_by(Revision.page_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def standing_over_time(
    session: Session,
    person_id: int,
    sight: Sight,
    starts: Sequence[date],
    zone: ZoneInfo,
    *,
    counts_imports: bool = True,
) -> list[int]:
    """Return how many of a person's words stood at the end of each of the periods.

    Each lasts until the next begins, the last for ever; what was before the first is in it.
    """
    if not starts:
        return []
    query = _changes(person_id, sight, starts, zone).where(
        *_counted(_Origin.is_imported, counts_imports=counts_imports)
    )
    changes = dict(session.execute(query).all())
    standing, found = 0, []
    for at in range(len(starts)):
        standing += changes.get(at, 0)
        found.append(standing)
    return found


def _changes(
    person_id: int, sight: Sight, starts: Sequence[date], zone: ZoneInfo
) -> sa.Select[*tuple[Any, ...]]:
    period = periods(starts, zone, is_open=True)
    is_in = sa.and_(Revision.made_at >= period.c.start, Revision.made_at < period.c.stop)
    return (
        sa.select(period.c.at, sa.func.sum(Ledger.added - Ledger.removed))
        .select_from(Ledger)
        .join(Page, Page.id == Ledger.page_id)
        .join(
            Revision,
            sa.and_(Revision.page_id == Ledger.page_id, Revision.number == Ledger.number),
        )
        .join(_Origin, _IS_ORIGIN)
        .join(period, is_in)
        .where(Ledger.person_id == person_id, Page.deleted_at.is_(None), sight.only(Page.path))
        .group_by(period.c.at)
    )


def _counted(is_imported: Any, *, counts_imports: bool) -> list[sa.ColumnElement[bool]]:  # noqa: ANN401  # a mapped attribute is no column
    return [] if counts_imports else [is_imported.is_(False)]

"""The sums behind the figures of a page: kept ones, and those made from ledger and revisions.

For a page as it stands they are kept with every save (authorship_total), so that they cost the
same however long its history is. For an earlier revision or a stretch of time they are made anew.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from wiki.authorship.models import AuthorshipLedger as Ledger
from wiki.authorship.models import AuthorshipTotal as Total
from wiki.authorship.rules.measures import Measures
from wiki.authorship.rules.origins import SLOTS
from wiki.pages.models import Revision

# Who, and whether the words or acts came with an imported history.
Key: TypeAlias = tuple[int, bool]
_Origin = aliased(Revision)
_Saved = aliased(Revision)
# The revision that the words came with.
BORN = Ledger.origin // SLOTS
_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Scope:
    """Which revisions of a page are looked at: up to a number, made from and before a moment."""

    page_id: int
    number: int
    is_head: bool = True
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_whole(self) -> bool:
        """Return whether this is the page as it stands with all its history."""
        return self.is_head and not self.is_in_time

    @property
    def is_in_time(self) -> bool:
        """Return whether only a stretch of time is looked at."""
        return self.since is not None or self.until is not None


def kept(session: Session, scope: Scope) -> dict[Key, Measures]:
    """Return what everybody did to the page in all, as it was kept."""
    query = sa.select(
        Total.person_id,
        Total.is_imported,
        Total.standing,
        Total.written,
        Total.revisions,
        Total.sittings,
        Total.minor,
        Total.removed_of_others + Total.removed_own,
        Total.first_at,
        Total.last_at,
    ).where(Total.page_id == scope.page_id)
    return {
        (row[0], row[1]): Measures(
            standing=row[2],
            written=row[3],
            revisions=row[4],
            sittings=row[5],
            minor=row[6],
            added=row[3],
            removed=row[7],
            first_at=row[8],
            last_at=row[9],
        )
        for row in session.execute(query)
    }


def made(session: Session, scope: Scope) -> dict[Key, Measures]:
    """Return what everybody did in the scope."""
    acts = {(row[0], row[1]): row[2:] for row in session.execute(_acts(scope))}
    words = {(row[0], row[1]): row[2:] for row in session.execute(_words(scope))}
    removed = {(row[0], row[1]): row[2] for row in session.execute(_removed(scope))}
    found = {}
    for key in acts.keys() | words.keys() | removed.keys():
        revisions, sittings, minor, first_at, last_at = acts.get(key, (0, 0, 0, None, None))
        standing, written = words.get(key, (0, 0))
        found[key] = Measures(
            standing=standing,
            written=written,
            revisions=revisions,
            sittings=sittings,
            minor=minor,
            added=written,
            removed=removed.get(key, 0),
            first_at=first_at,
            last_at=last_at,
        )
    return found


def of_revisions(
    session: Session, scope: Scope, numbers: Collection[int]
) -> list[tuple[Key, int, int]]:
    """Return who wrote and who took out how many words in these revisions of the scope."""
    found: list[tuple[Key, int, int]] = []
    ordered = sorted(numbers)
    for start in range(0, len(ordered), _AT_ONCE):
        some = ordered[start : start + _AT_ONCE]
        found += [((row[0], row[1]), row[2], 0) for row in session.execute(_added(scope, some))]
        removed = session.execute(_removed(scope, some))
        found += [((row[0], row[1]), 0, row[2]) for row in removed]
    return found


def _acts(scope: Scope) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Revision.author_id,
            Revision.is_imported,
            sa.func.count(),
            sa.func.count(Revision.sitting.distinct()),
            sa.func.sum(sa.case((Revision.is_minor, 1), else_=0)),
            sa.func.min(Revision.made_at),
            sa.func.max(Revision.made_at),
        )
        .where(
            Revision.page_id == scope.page_id,
            Revision.number <= scope.number,
            *_in_time(scope, Revision.made_at),
        )
        .group_by(Revision.author_id, Revision.is_imported)
    )


def _words(scope: Scope) -> sa.Select[*tuple[Any, ...]]:
    born = sa.case((Ledger.number == BORN, Ledger.added), else_=0)
    return (
        sa.select(
            Ledger.person_id,
            _Origin.is_imported,
            sa.func.sum(Ledger.added - Ledger.removed),
            sa.func.sum(born),
        )
        .join(_Origin, sa.and_(_Origin.page_id == Ledger.page_id, _Origin.number == BORN))
        .where(
            Ledger.page_id == scope.page_id,
            Ledger.number <= scope.number,
            *_in_time(scope, _Origin.made_at),
        )
        .group_by(Ledger.person_id, _Origin.is_imported)
    )


def _removed(scope: Scope, numbers: Collection[int] | None = None) -> sa.Select[*tuple[Any, ...]]:
    """Return words taken out, by who took them out; own ones go by when they were written."""
    is_own = _Saved.author_id == Ledger.person_id
    is_imported = sa.case((is_own, _Origin.is_imported), else_=_Saved.is_imported)
    query = (
        sa.select(_Saved.author_id, is_imported.label("imported"), sa.func.sum(Ledger.removed))
        .join(_Origin, sa.and_(_Origin.page_id == Ledger.page_id, _Origin.number == BORN))
        .join(_Saved, sa.and_(_Saved.page_id == Ledger.page_id, _Saved.number == Ledger.number))
        .where(
            Ledger.page_id == scope.page_id,
            Ledger.number <= scope.number,
            Ledger.removed > 0,
            *_in_time(scope, _Saved.made_at),
        )
        .group_by(_Saved.author_id, sa.literal_column("imported"))
    )
    return query if numbers is None else query.where(Ledger.number.in_(numbers))


def _added(scope: Scope, numbers: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(Ledger.person_id, _Origin.is_imported, sa.func.sum(Ledger.added))
        .join(_Origin, sa.and_(_Origin.page_id == Ledger.page_id, _Origin.number == BORN))
        .where(
            Ledger.page_id == scope.page_id,
            Ledger.number == BORN,
            Ledger.number.in_(numbers),
            *_in_time(scope, _Origin.made_at),
        )
        .group_by(Ledger.person_id, _Origin.is_imported)
    )


def _in_time(scope: Scope, moment: Any) -> list[sa.ColumnElement[bool]]:  # noqa: ANN401  # a mapped attribute is no column
    since = [] if scope.since is None else [moment >= scope.since]
    return since if scope.until is None else [*since, moment < scope.until]

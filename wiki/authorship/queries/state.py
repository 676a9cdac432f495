"""What is kept of a page's authorship, as whoever follows its revisions needs it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.authorship.models import (
    AuthorshipCredit,
    AuthorshipMemory,
    AuthorshipPast,
    AuthorshipState,
)
from wiki.authorship.rules.origins import number_of, origin_of, slot_of
from wiki.pages.models import Page, Revision
from wiki.storage.dialect import bare, locked
from wiki.text.authorship import Credit

# Grows with every change of the rules by which words find their authors.
VERSION = 2
# Databases take so many values in one statement, and few texts have as many.
_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a page has come, and how far its authorship was followed; 0 is not at all.

    Due is what somebody asked to be followed anew, although it is as it should be.
    """

    page_id: int
    head_number: int
    number: int
    is_due: bool = False
    data: bytes = b""

    @property
    def is_behind(self) -> bool:
        """Return whether there are revisions that were not followed."""
        return self.number < self.head_number


@dataclass(frozen=True, slots=True)
class Source:
    """Who is credited with the words of an origin, and whether they came with an import."""

    person_id: int
    is_imported: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """A revision, as far as authorship asks about it."""

    page_id: int
    number: int
    author_id: int
    made_at: datetime
    is_minor: bool
    is_imported: bool
    sitting: int
    text_sha: bytes
    credits: tuple[Credit, ...] = ()
    credited: tuple[tuple[int, int], ...] = ()  # origin and person

    def sources(self) -> dict[int, Source]:
        """Return who is credited with the origins of this revision."""
        people = {origin_of(self.number): self.author_id, **dict(self.credited)}
        return {origin: Source(person, self.is_imported) for origin, person in people.items()}


# Statements are made once: to make one takes longer than the database works on it.
_PAGE, _STATE, _REVISION = bare(Page).c, bare(AuthorshipState).c, bare(Revision).c
_PAST, _MEMORY = bare(AuthorshipPast).c, bare(AuthorshipMemory).c
_CREDIT = bare(AuthorshipCredit).c
_IS_FIT = sa.and_(_STATE.page_id == _PAGE.id, _STATE.version == VERSION)
_STANDINGS = sa.select(
    _PAGE.id,
    _PAGE.head_number,
    sa.func.coalesce(_STATE.number, 0),
    sa.func.coalesce(_STATE.is_due, sa.false()),
    _STATE.data,
).select_from(bare(Page).outerjoin(bare(AuthorshipState), _IS_FIT))
_THESE = _STANDINGS.where(_PAGE.id.in_(sa.bindparam("page_ids", expanding=True))).order_by(_PAGE.id)
_BEHIND = _STANDINGS.where(
    sa.or_(_STATE.page_id.is_(None), _STATE.number < _PAGE.head_number, _STATE.is_due == sa.true()),
    _PAGE.head_number > 0,
).order_by(_PAGE.id)
_SAVED = (
    sa.select(
        _REVISION.page_id,
        _REVISION.number,
        _REVISION.author_id,
        _REVISION.made_at,
        _REVISION.is_minor,
        _REVISION.is_imported,
        _REVISION.sitting,
        _REVISION.text_sha,
        _CREDIT.slot,
        _CREDIT.person_id,
        _CREDIT.text,
    )
    .select_from(
        bare(Revision).outerjoin(
            bare(AuthorshipCredit),
            sa.and_(_CREDIT.page_id == _REVISION.page_id, _CREDIT.number == _REVISION.number),
        )
    )
    .order_by(_REVISION.page_id, _REVISION.number, _CREDIT.ordinal)
)
_FROM_STATES = _SAVED.outerjoin(
    bare(AuthorshipState),
    sa.and_(_STATE.page_id == _REVISION.page_id, _STATE.version == VERSION),
).where(
    _REVISION.page_id.in_(sa.bindparam("page_ids", expanding=True)),
    _REVISION.number >= sa.func.coalesce(_STATE.number, 0),
)
_BETWEEN = _SAVED.where(
    _REVISION.page_id == sa.bindparam("page_id"),
    _REVISION.number.between(sa.bindparam("first"), sa.bindparam("last")),
)
_CHAIN = (
    sa.select(_PAST.number, _PAST.data)
    .where(
        _PAST.page_id == sa.bindparam("page_id"),
        _PAST.number.between(sa.bindparam("first"), sa.bindparam("last")),
    )
    .order_by(_PAST.number)
)
_DRAWERS = sa.select(_MEMORY.drawer, _MEMORY.data).where(
    _MEMORY.page_id == sa.bindparam("page_id"),
    _MEMORY.drawer.in_(sa.bindparam("drawers", expanding=True)),
)
_AUTHORS = sa.select(_REVISION.number, _REVISION.author_id, _REVISION.is_imported).where(
    _REVISION.page_id == sa.bindparam("page_id"),
    _REVISION.number.in_(sa.bindparam("numbers", expanding=True)),
)
_CREDITED = sa.select(_CREDIT.number, _CREDIT.slot, _CREDIT.person_id).where(
    _CREDIT.page_id == sa.bindparam("page_id"),
    _CREDIT.number.in_(sa.bindparam("numbers", expanding=True)),
)


def standings(session: Session, page_ids: Collection[int]) -> list[Standing]:
    """Return how far these pages were followed by the rules of today."""
    found = session.execute(_THESE, {"page_ids": list(page_ids)})
    return [Standing(*row[:-1], row[-1] or b"") for row in found]


def behind(session: Session, *, limit: int | None = None) -> list[Standing]:
    """Return pages that are behind or due; all of them, if no limit is given."""
    found = session.execute(_BEHIND.limit(limit) if limit else _BEHIND)
    return [Standing(*row[:-1], row[-1] or b"") for row in found]


def lock_page(session: Session, page_id: int) -> None:
    """Let nobody else write this page until the transaction ends, as a save does."""
    session.execute(locked(sa.select(_PAGE.id).where(_PAGE.id == page_id)))


def saved_since(session: Session, page_ids: Collection[int]) -> dict[int, list[Saved]]:
    """Return the revisions of these pages from the one that was followed last, that one too."""
    rows = session.execute(_FROM_STATES, {"page_ids": list(page_ids)})
    return {page_id: list(some) for page_id, some in groupby(_saved(rows), lambda one: one.page_id)}


def saved_between(session: Session, page_id: int, first: int, last: int) -> list[Saved]:
    """Return the revisions of a page with numbers from `first` to `last`."""
    values = {"page_id": page_id, "first": first, "last": last}
    return list(_saved(session.execute(_BETWEEN, values)))


def past(session: Session, page_id: int, first: int, last: int) -> list[tuple[int, bytes]]:
    """Return what is kept of a page's states at the revisions from `first` to `last`."""
    values = {"page_id": page_id, "first": first, "last": last}
    return [(row[0], row[1]) for row in session.execute(_CHAIN, values)]


def drawers(session: Session, page_id: int, numbers: Sequence[int]) -> dict[int, bytes]:
    """Return these drawers of a page's memory, as far as there are any."""
    found: dict[int, bytes] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        values = {"page_id": page_id, "drawers": numbers[start : start + _AT_ONCE]}
        found |= {row[0]: row[1] for row in session.execute(_DRAWERS, values)}
    return found


def sources(session: Session, page_id: int, origins: Iterable[int]) -> dict[int, Source]:
    """Return who is credited with each of these origins of a page."""
    wanted = set(origins)
    if not wanted:
        return {}
    values = {"page_id": page_id, "numbers": sorted({number_of(origin) for origin in wanted})}
    made = {row[0]: Source(row[1], row[2]) for row in session.execute(_AUTHORS, values)}
    credited: dict[int, int] = {}
    if any(slot_of(origin) for origin in wanted):
        for number, slot, person_id in session.execute(_CREDITED, values):
            credited[origin_of(number, slot)] = person_id
    return {
        origin: Source(credited.get(origin, of.person_id), of.is_imported)
        for origin in wanted
        if (of := made.get(number_of(origin)))
    }


def _saved(rows: Iterable[Any]) -> Iterator[Saved]:
    for _, some in groupby(rows, itemgetter(0, 1)):
        listed = list(some)
        owed = [row for row in listed if row.slot is not None]
        row = listed[0]
        yield Saved(
            row.page_id,
            row.number,
            row.author_id,
            row.made_at,
            row.is_minor,
            row.is_imported,
            row.sitting,
            row.text_sha,
            tuple(Credit(row.text, origin_of(row.number, row.slot)) for row in owed),
            tuple((origin_of(row.number, row.slot), row.person_id) for row in owed),
        )

"""Writing into the tables what following pages adds to them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from itertools import chain
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.authorship.models import (
    AuthorshipLedger,
    AuthorshipMemory,
    AuthorshipPast,
    AuthorshipState,
    AuthorshipTotal,
)
from wiki.authorship.queries.state import VERSION
from wiki.authorship.service.following import Followed, Row, Sums
from wiki.storage.dialect import bare, upsert_all
from wiki.text.authorship import packed_head

_DERIVED = (
    AuthorshipLedger,
    AuthorshipMemory,
    AuthorshipPast,
    AuthorshipState,
    AuthorshipTotal,
)
_Key: TypeAlias = tuple[int, int, bool]  # page, person, imported or not
_TOTAL = bare(AuthorshipTotal).c
# Statements are made once: to make one takes longer than the database works on it.
_TOTALS = sa.select(bare(AuthorshipTotal)).where(
    _TOTAL.page_id.in_(sa.bindparam("page_ids", expanding=True)),
    _TOTAL.person_id.in_(sa.bindparam("person_ids", expanding=True)),
)
_INSERTS = {
    "past": sa.insert(bare(AuthorshipPast)),
    "ledger": sa.insert(bare(AuthorshipLedger)),
}
_NOTHING: Row = {one.name: 0 for one in fields(Sums)} | {"first_at": None, "last_at": None}


def keep(session: Session, some: Sequence[Followed]) -> None:
    """Add to the tables what following these pages adds; nobody else may write them meanwhile."""
    for name, statement in _INSERTS.items():
        rows: list[Row] = list(chain.from_iterable(getattr(one, name) for one in some))
        if rows:
            session.execute(statement, rows)
    memory = list(chain.from_iterable(one.memory for one in some))
    upsert_all(session, AuthorshipMemory, ["page_id", "drawer"], memory)
    states = [state_row(one) for one in some]
    upsert_all(session, AuthorshipState, ["page_id"], states)
    key = ["page_id", "person_id", "is_imported"]
    upsert_all(session, AuthorshipTotal, key, list(total_rows(some, _stored_totals(session, some))))


def forget(session: Session, page_id: int) -> None:
    """Take everything about a page out of the tables that can be made anew."""
    for table in _DERIVED:
        session.execute(sa.delete(bare(table)).where(bare(table).c.page_id == page_id))


def state_row(one: Followed) -> Row:
    """Return the state that a page has come to."""
    return {
        "page_id": one.page_id,
        "number": one.end.number,
        "version": VERSION,
        "is_due": one.is_due,
        "data": packed_head(one.end.head),
    }


def total_rows(some: Sequence[Followed], stored: Mapping[_Key, Row]) -> Iterable[Row]:
    """Yield the totals of these pages, with what is stored of them already."""
    for one in some:
        for source, sums in one.sums.items():
            key = (one.page_id, source.person_id, source.is_imported)
            yield {
                "page_id": one.page_id,
                "person_id": source.person_id,
                "is_imported": source.is_imported,
                **sums.onto(stored.get(key, _NOTHING)),
            }


def _stored_totals(session: Session, some: Sequence[Followed]) -> dict[_Key, Row]:
    # Pages that were not followed before have none.
    page_ids = [one.page_id for one in some if one.start]
    people: set[int] = {source.person_id for one in some for source in one.sums}
    if not page_ids:
        return {}
    values = {"page_ids": page_ids, "person_ids": sorted(people)}
    found = [dict(row) for row in session.execute(_TOTALS, values).mappings()]
    return {(row["page_id"], row["person_id"], row["is_imported"]): row for row in found}

"""Writing into the tables what following pages adds to them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from itertools import chain
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.authorship.models import (
    AuthorshipKeyframe,
    AuthorshipLedger,
    AuthorshipMemory,
    AuthorshipState,
    AuthorshipTotal,
)
from wiki.authorship.queries.state import VERSION
from wiki.authorship.service.following import Followed, Row, Sums
from wiki.storage.dialect import bare, upsert_all
from wiki.text.authorship import packed_head

_DERIVED = (
    AuthorshipKeyframe,
    AuthorshipLedger,
    AuthorshipMemory,
    AuthorshipState,
    AuthorshipTotal,
)
_TOTAL = bare(AuthorshipTotal).c
# Statements are made once: to make one takes longer than the database works on it.
_TOTALS = sa.select(bare(AuthorshipTotal)).where(
    _TOTAL.page_id.in_(sa.bindparam("page_ids", expanding=True)),
    _TOTAL.person_id.in_(sa.bindparam("person_ids", expanding=True)),
)
_INSERTS = {
    "keyframes": sa.insert(bare(AuthorshipKeyframe)),
    "memory": sa.insert(bare(AuthorshipMemory)),
    "ledger": sa.insert(bare(AuthorshipLedger)),
}
_NOTHING: Row = {one.name: 0 for one in fields(Sums)} | {"first_at": None, "last_at": None}


def keep(session: Session, some: Sequence[Followed]) -> None:
    """Add to the tables what following these pages adds; nobody else may write them meanwhile."""
    for name, statement in _INSERTS.items():
        rows: list[Row] = list(chain.from_iterable(getattr(one, name) for one in some))
        if rows:
            session.execute(statement, rows)
    states = [_state_row(one) for one in some]
    upsert_all(session, AuthorshipState, ["page_id"], states)
    key = ["page_id", "person_id", "is_imported"]
    upsert_all(session, AuthorshipTotal, key, list(_total_rows(session, some)))


def forget(session: Session, page_id: int) -> None:
    """Take everything about a page out of the tables that can be made anew."""
    for table in _DERIVED:
        session.execute(sa.delete(bare(table)).where(bare(table).c.page_id == page_id))


def _state_row(one: Followed) -> Row:
    return {
        "page_id": one.page_id,
        "number": one.end.number,
        "version": VERSION,
        "is_due": one.is_due,
        "data": packed_head(one.end.head),
    }


def _total_rows(session: Session, some: Sequence[Followed]) -> Iterable[Row]:
    stored = _stored_totals(session, some)
    for one in some:
        for source, sums in one.sums.items():
            key = (one.page_id, source.person_id, source.is_imported)
            yield {
                "page_id": one.page_id,
                "person_id": source.person_id,
                "is_imported": source.is_imported,
                **sums.onto(stored.get(key, _NOTHING)),
            }


def _stored_totals(
    session: Session, some: Sequence[Followed]
) -> dict[tuple[int, int, bool], Mapping[str, Any]]:
    # Pages that were not followed before have none.
    page_ids = [one.page_id for one in some if one.start]
    people: set[int] = {source.person_id for one in some for source in one.sums}
    if not page_ids:
        return {}
    values = {"page_ids": page_ids, "person_ids": sorted(people)}
    found = [dict(row) for row in session.execute(_TOTALS, values).mappings()]
    return {(row["page_id"], row["person_id"], row["is_imported"]): row for row in found}

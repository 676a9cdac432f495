"""Whether what is kept of a page's authorship is what it would be, were it made anew."""

import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.authorship.models import (
    AuthorshipLedger,
    AuthorshipMemory,
    AuthorshipPast,
    AuthorshipState,
    AuthorshipTotal,
)
from wiki.authorship.queries import state
from wiki.authorship.queries.walking import Point
from wiki.authorship.rules.chain import heads
from wiki.authorship.service.following import Followed, Row, followed
from wiki.authorship.service.storing import state_row, total_rows
from wiki.storage.dialect import bare
from wiki.text.authorship import unpacked_head

_TABLES: tuple[type[Any], ...] = (
    AuthorshipState,
    AuthorshipMemory,
    AuthorshipPast,
    AuthorshipLedger,
    AuthorshipTotal,
)
_Rows = list[Row]


def differences(session: Session, page_id: int) -> list[str]:
    """Return the names of what is kept of a page otherwise than its revisions say.

    For pages that are not behind.
    """
    (standing,) = state.standings(session, [page_id])
    saved = state.saved_between(session, page_id, 1, standing.head_number)
    wanted = _wanted(followed(session, page_id, Point(), saved, is_due=standing.is_due))
    return [
        table.__tablename__.removeprefix("authorship_")
        for table, rows in wanted.items()
        if not _are_same(table, _stored(session, table, page_id), _sorted(table, rows))
    ]


def _wanted(anew: Followed) -> Mapping[type[Any], Iterable[Row]]:
    rows = ([state_row(anew)], anew.memory, anew.past, anew.ledger, total_rows([anew], {}))
    return dict(zip(_TABLES, rows, strict=True))


def _stored(session: Session, table: type[Any], page_id: int) -> _Rows:
    query = sa.select(bare(table)).where(bare(table).c.page_id == page_id)
    return _sorted(table, (dict(row) for row in session.execute(query).mappings()))


def _sorted(table: type[Any], rows: Iterable[Row]) -> _Rows:
    keys = [column.name for column in bare(table).primary_key]
    return sorted(rows, key=lambda row: [row[key] for key in keys])


def _are_same(table: type[Any], stored: _Rows, told: _Rows) -> bool:
    if stored == told:
        return True
    if table not in _UNPACKED or _without_data(stored) != _without_data(told):
        return False
    try:
        # Another version of a library may pack the same into other bytes.
        return _UNPACKED[table](stored) == _UNPACKED[table](told)
    except (ValueError, zlib.error):
        return False


def _without_data(rows: _Rows) -> _Rows:
    return [{name: value for name, value in row.items() if name != "data"} for row in rows]


def _state(rows: _Rows) -> list[object]:
    return [unpacked_head(row["data"]) for row in rows]


def _past(rows: _Rows) -> list[object]:
    return list(heads((row["number"], row["data"]) for row in rows))


_UNPACKED: dict[type[Any], Callable[[_Rows], list[object]]] = {
    AuthorshipState: _state,
    AuthorshipPast: _past,
}

"""Whether what is kept of a page's authorship is what it would be, were it made anew."""

from collections.abc import Iterable, Mapping
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
from wiki.authorship.service.following import Followed, Row, followed
from wiki.authorship.service.storing import state_row, total_rows
from wiki.storage.dialect import bare

_TABLES: tuple[type[Any], ...] = (
    AuthorshipState,
    AuthorshipMemory,
    AuthorshipPast,
    AuthorshipLedger,
    AuthorshipTotal,
)


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
        if _stored(session, table, page_id) != _told(table, rows)
    ]


def _wanted(anew: Followed) -> Mapping[type[Any], Iterable[Row]]:
    rows = ([state_row(anew)], anew.memory, anew.past, anew.ledger, total_rows([anew], {}))
    return dict(zip(_TABLES, rows, strict=True))


def _stored(session: Session, table: type[Any], page_id: int) -> list[tuple[Any, ...]]:
    columns = bare(table).c
    found = session.execute(sa.select(bare(table)).where(columns.page_id == page_id))
    return sorted((tuple(row) for row in found), key=repr)


def _told(table: type[Any], rows: Iterable[Row]) -> list[tuple[Any, ...]]:
    names = [column.name for column in bare(table).c]
    return sorted((tuple(row[name] for name in names) for row in rows), key=repr)

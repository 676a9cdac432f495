"""Bringing rows up to what they should be: few of those derived from a page change with it."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.storage.dialect import upsert_all


def put_rows(
    session: Session,
    table: Any,  # noqa: ANN401  # a mapped class
    column: str,
    owners: Sequence[Any],
    rows: Sequence[dict[str, Any]],
) -> None:
    """Let `rows`, each with all columns, be those of `table` whose `column` is one of `owners`.

    Rows that are so already are left alone.
    """
    keys = [column.name for column in table.__table__.primary_key]
    names = [column.name for column in table.__table__.columns]
    stored = {tuple(row) for row in session.execute(_owned(table, column), {"owners": owners})}
    wanted = {tuple(row[name] for name in names): row for row in rows}
    places = [names.index(key) for key in keys]
    kept = {tuple(row[place] for place in places) for row in wanted}
    gone = {tuple(row[place] for place in places) for row in stored} - kept
    if gone:
        where = [table.__table__.c[key] == sa.bindparam(f"old_{key}") for key in keys]
        old = [
            {f"old_{key}": value for key, value in zip(keys, one, strict=True)}
            for one in sorted(gone)
        ]
        session.connection().execute(sa.delete(table.__table__).where(*where), old)
    upsert_all(session, table, keys, [row for told, row in wanted.items() if told not in stored])


@cache
def _owned(table: Any, column: str) -> sa.Select[Any]:  # noqa: ANN401  # a mapped class
    is_owned = table.__table__.c[column].in_(sa.bindparam("owners", expanding=True))
    return sa.select(table.__table__).where(is_owned)

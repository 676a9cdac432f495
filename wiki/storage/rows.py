"""Bringing rows up to what they should be: few of those derived from a page change with it."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.storage.dialect import insert_or_ignore, upsert_all


def put_rows(
    session: Session,
    table: type[Any],
    belongs: sa.ColumnElement[bool],
    rows: Sequence[dict[str, Any]],
) -> None:
    """Let `rows`, each with all columns, be those of `table` for which `belongs` holds.

    Rows that are so already are left alone.
    """
    columns = table.__table__.columns
    keys = [column.name for column in table.__table__.primary_key]
    names = [column.name for column in columns]
    stored = {tuple(row) for row in session.execute(sa.select(*columns).where(belongs))}
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
    changed = [row for told, row in wanted.items() if told not in stored]
    if len(keys) == len(names):
        insert_or_ignore(session, table, changed)
    else:
        upsert_all(session, table, keys, changed)

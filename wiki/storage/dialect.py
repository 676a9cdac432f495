"""Every difference between SQLite and PostgreSQL that is not the engine's own."""

import importlib
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session


def is_sqlite(session: Session) -> bool:
    """Return whether this session talks to SQLite."""
    return session.get_bind().dialect.name == "sqlite"


def insert_or_ignore(session: Session, table: Any, rows: list[dict[str, Any]]) -> None:  # noqa: ANN401  # a mapped class or table
    """Insert the rows that break no uniqueness."""
    if not rows:
        return
    statement = _insert(session, table).on_conflict_do_nothing()
    session.execute(statement, rows)


def upsert(session: Session, table: Any, key: list[str], row: dict[str, Any]) -> None:  # noqa: ANN401  # a mapped class or table
    """Insert `row`, or set its other columns where the columns `key` already stand."""
    upsert_all(session, table, key, [row])


def upsert_all(
    session: Session,
    table: Any,  # noqa: ANN401  # a mapped class or table
    key: list[str],
    rows: list[dict[str, Any]],
    *,
    where: sa.ColumnElement[bool] | None = None,
    **values: sa.ColumnElement[Any],
) -> None:
    """Insert the rows; where one's `key` stands already, set its other columns if `where` holds.

    They are set to what could not be inserted, or to one of `values`.

    Rows that stand already are locked on PostgreSQL, whether they are set or not.
    """
    if not rows:
        return
    statement = _insert(session, table)
    others = {name: statement.excluded[name] for name in rows[0] if name not in key}
    session.execute(
        statement.on_conflict_do_update(index_elements=key, set_=others | values, where=where),
        rows,
    )


def _insert(session: Session, table: Any) -> Any:  # noqa: ANN401  # a mapped class; either insert
    # Loaded when needed: the other database's dialect takes its time.
    dialect = importlib.import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}")
    return dialect.insert(bare(table))


def bare(table: Any) -> Any:  # noqa: ANN401  # a mapped class or table
    """Return the table without its class: the mapper looks at each value of each row once more."""
    return sa.inspect(table).local_table if isinstance(table, type) else table


def locked(query: sa.Select[Any]) -> sa.Select[Any]:
    """Return `query` so that it locks its rows on PostgreSQL; SQLite holds its one lock already."""
    return query.with_for_update()


def free_ones_locked(query: sa.Select[Any]) -> sa.Select[Any]:
    """Return `query` so that it locks its rows on PostgreSQL and leaves out those others hold."""
    return query.with_for_update(skip_locked=True)


def one_at_a_time(session: Session, name: str) -> None:
    """Let transactions that name the same thing wait for each other, as all do on SQLite."""
    if not is_sqlite(session):
        number = sa.func.hashtextextended(name, 0)
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))

"""Every difference between SQLite and PostgreSQL that is not the engine's own."""

import importlib
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session


def is_sqlite(session: Session) -> bool:
    """Return whether this session talks to SQLite."""
    return _dialect(session) == "sqlite"


def insert_or_ignore(session: Session, table: Any, rows: list[dict[str, Any]]) -> None:  # noqa: ANN401  # a mapped class or table
    """Insert the rows that break no uniqueness."""
    if not rows:
        return
    session.execute(_unless_there(_dialect(session), table), rows)


def inserted(session: Session, table: Any, row: dict[str, Any]) -> int | None:  # noqa: ANN401  # a mapped class
    """Insert the row and return its number, or None where it would break a uniqueness."""
    number: int | None = session.scalar(_numbered_unless_there(_dialect(session), table), row)
    return number


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

    They are set to what could not be inserted, or to one of `values`. `where` and `values` are made
    once, as the statement is kept for them; what they are bound to stands in the rows.

    Rows that stand already are locked on PostgreSQL, whether they are set or not.
    """
    if not rows:
        return
    names = tuple(rows[0])
    statement = _or_set(_dialect(session), table, tuple(key), names, where, **values)
    session.execute(statement, rows)


# Statements are made once: to make one takes longer than the database works on it.
@cache
def _unless_there(dialect: str, table: Any) -> Any:  # noqa: ANN401  # see _insert
    return _insert(dialect, table).on_conflict_do_nothing()


@cache
def _numbered_unless_there(dialect: str, table: Any) -> Any:  # noqa: ANN401  # see _insert
    return _unless_there(dialect, table).returning(bare(table).c.id)


@cache
def _or_set(
    dialect: str,
    table: Any,  # noqa: ANN401  # see _insert
    key: tuple[str, ...],
    names: tuple[str, ...],
    where: sa.ColumnElement[bool] | None,
    **values: sa.ColumnElement[Any],
) -> Any:  # noqa: ANN401  # see _insert
    made = _insert(dialect, table)
    columns = [name for name in names if name not in key and name in made.excluded]
    others = {name: made.excluded[name] for name in columns} | values
    if not others:
        return made.on_conflict_do_nothing()
    return made.on_conflict_do_update(index_elements=key, set_=others, where=where)


def _insert(dialect: str, table: Any) -> Any:  # noqa: ANN401  # a mapped class; either insert
    # Loaded when needed: the other database's dialect takes its time.
    return importlib.import_module(f"sqlalchemy.dialects.{dialect}").insert(bare(table))


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


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

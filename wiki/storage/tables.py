"""Tables row by row, out of one database and into another, whatever kind each is."""

import base64
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.storage.archive import Row
from wiki.storage.base import Base, UTCDateTime
from wiki.storage.dialect import is_sqlite
from wiki.storage.engine import Database

# What is of this moment and place, or made anew: it is in no backup.
NOT_KEPT = (
    "authorship_ledger",
    "authorship_memory",
    "authorship_past",
    "authorship_state",
    "authorship_total",
    "change_count",
    "lease",
    "search_text",
)
_AT_ONCE = 500
_AT_ONCE_LENGTH = 4_000_000

_Change: TypeAlias = Callable[[Any], Any]


def _same(value: Any) -> Any:  # noqa: ANN401  # whatever a column holds
    return value


# Each kind of column: its type here, how a value becomes JSON, and how it comes back.
_KINDS: Mapping[str, tuple[Any, _Change, _Change]] = {
    "moment": (UTCDateTime, datetime.isoformat, datetime.fromisoformat),
    "bytes": (sa.LargeBinary, lambda data: base64.b64encode(data).decode(), base64.b64decode),
    "json": (sa.JSON, _same, _same),
    "truth": (sa.Boolean, _same, _same),
    "number": (sa.Integer, _same, _same),
    "text": (sa.String, _same, _same),
}


def kept_tables() -> list[sa.Table]:
    """Return the tables of a backup, each after those it refers to.

    Only those whose models were loaded are known; see `strange_tables`.
    """
    return [table for table in Base.metadata.sorted_tables if table.name not in NOT_KEPT]


def strange_tables(connection: sa.Connection) -> list[str]:
    """Return the tables of this database that no loaded model describes."""
    known = {*Base.metadata.tables, "alembic_version"}
    names = sa.inspect(connection).get_table_names()
    return sorted(
        name for name in names if name not in known and not name.startswith("search_terms")
    )


def columns_of(table: sa.Table) -> list[tuple[str, str]]:
    """Return name and kind of each column; raise TypeError for a kind that is not known."""
    return [(column.name, _kind(column.type)) for column in table.columns]


def _kind(type_: sa.types.TypeEngine[Any]) -> str:
    for kind, (python_type, _, _) in _KINDS.items():
        if isinstance(type_, python_type):
            return kind
    raise TypeError(f"Nobody said how {type_!r} is written into a backup.")


@contextmanager
def snapshot(database: Database) -> Iterator[sa.Connection]:
    """Give a connection that sees all that was committed when it was given, and nothing later.

    Nobody waits for it, and it waits for nobody.
    """
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            connection.execution_options(**options)
        # Both databases look at the clock when the first table is read.
        connection.execute(sa.text("SELECT version_num FROM alembic_version"))
        yield connection


def rows_of(connection: sa.Connection, table: sa.Table) -> Iterator[Row]:
    """Yield the rows of a table as they are written into a backup."""
    changes = [_KINDS[kind][1] for _, kind in columns_of(table)]
    result = connection.execution_options(yield_per=_AT_ONCE).execute(sa.select(table))
    for row in result:
        yield _changed(row, changes)


def put_rows(
    session: Session, name: str, columns: list[tuple[str, str]], rows: Iterable[Row]
) -> Iterator[int]:
    """Insert rows of a backup into the table `name`; yield how many at a time."""
    changes = [_KINDS[kind][2] for _, kind in columns]
    names = [column for column, _ in columns]
    statement = sa.insert(sa.table(name, *(_described(*column) for column in columns)))
    for batch in _batches(rows):
        values = [dict(zip(names, _changed(row, changes), strict=True)) for row in batch]
        session.execute(statement, values)
        yield len(batch)


def set_sequences(session: Session, names: Iterable[str]) -> None:
    """Let new rows of these tables, which have an `id`, be numbered on from the highest."""
    if is_sqlite(session):
        return
    for name in names:
        number = sa.column("id", sa.Integer)
        highest = sa.select(sa.func.max(number)).select_from(sa.table(name))
        sequence = sa.func.pg_get_serial_sequence(name, "id")
        session.execute(sa.select(sa.func.setval(sequence, highest.scalar_subquery())))


def _described(name: str, kind: str) -> sa.ColumnClause[Any]:
    if kind == "json":
        return sa.column(name, sa.JSON(none_as_null=True))
    return sa.column(name, _KINDS[kind][0]())


def _changed(values: Iterable[Any], changes: list[_Change]) -> Row:
    pairs = zip(values, changes, strict=True)
    return [None if value is None else change(value) for value, change in pairs]


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    length = 0
    for row in rows:
        batch.append(row)
        length += sum(len(value) for value in row if isinstance(value, str))
        if len(batch) >= _AT_ONCE or length > _AT_ONCE_LENGTH:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch

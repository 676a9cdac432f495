"""Everything in one file."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TypeAlias

import sqlalchemy as sa

from wiki.activity.service import record
from wiki.errors import Busy
from wiki.mail.letters import Letter
from wiki.storage import archive, tables
from wiki.storage.archive import Manifest, Row
from wiki.storage.engine import Database
from wiki.storage.files import whole_file
from wiki.transfer.service.everything import all_tables

Progress: TypeAlias = Callable[[str, int, int], None]
BACKED_UP = "wiki.backed_up"
_TELL_EVERY = 500


@dataclass(frozen=True, slots=True)
class Backup:
    """What is in a backup that was made; `length` in bytes."""

    file: Path
    length: int
    pages: int
    revisions: int
    rows: int


def backup(
    database: Database, file: Path, *, now: datetime, replace: bool, progress: Progress
) -> Backup:
    """Write the whole wiki into `file` while people go on writing, and return what is in it.

    Everything that was committed before this began is in it, everything of one moment. The file
    gets its name when it is whole. Raises Invalid when it cannot be written or is there already.
    """
    with whole_file(file, replace=replace) as out, archive.Writer(out) as writer:
        with tables.snapshot(database) as connection:
            schema = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
            kept = all_tables(connection)
            told = _Told(progress, sum(_count(connection, table) for table in kept))
            for table in kept:
                rows = told.while_reading(tables.rows_of(connection, table))
                if table.name == Letter.__tablename__:
                    rows = _without_ways_in(table, rows)
                writer.add(table.name, tables.columns_of(table), rows)
        manifest = Manifest(
            format=archive.FORMAT,
            version=version("manyhands"),
            schema=str(schema),
            database="sqlite" if database.is_sqlite else "postgresql",
            made_at=now.isoformat(),
            parts=writer.parts,
        )
        writer.finish(manifest)
        length = out.tell()
    _note(database, now, length)
    pages, revisions = manifest.count("page"), manifest.count("revision")
    return Backup(file, length, pages, revisions, manifest.rows)


def _without_ways_in(letters: sa.Table, rows: Iterator[Row]) -> Iterator[Row]:
    """Yield letters, those that hold a way in without their text: a restore ends it anyway."""
    names = list(letters.columns.keys())
    is_secret, *texts = (names.index(name) for name in ("is_secret", "text", "html"))
    for row in rows:
        if row[is_secret]:
            for place in texts:
                row[place] = ""
        yield row


class _Told:
    """Tells how many rows were read so far."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def while_reading(self, rows: Iterator[Row]) -> Iterator[Row]:
        for row in rows:
            yield row
            self._done += 1
            if self._done % _TELL_EVERY == 0 or self._done == self._total:
                self._progress("rows", self._done, self._total)


def _count(connection: sa.Connection, table: sa.Table) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def _note(database: Database, now: datetime, length: int) -> None:
    # The backup is good, whether or not somebody else writes at the moment.
    with suppress(Busy), database.begin(quiet=True) as session:
        record(session, BACKED_UP, at=now, length=length)

"""The database by its own word, how it is set, and the disk it lies on."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from wiki.storage.engine import BUSY_TIMEOUT_MS
from wiki.transfer.service.checking.findings import FROM_BACKUP, Finding, Look

MIB = 1 << 20
LOG_LIMIT = 64 * MIB
SPACE_LIMIT = 200 * MIB
# SQLite tells two of them as numbers.
_SQLITE = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
_POSTGRESQL = ("fsync", "full_page_writes", "synchronous_commit")
_DOUBTED = (
    "SELECT conname FROM pg_constraint WHERE NOT convalidated UNION ALL "
    "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"
)


def database_itself(look: Look) -> Iterator[Finding]:
    """Ask the database whether it is whole."""
    session = look.session
    if not look.database.is_sqlite:
        for name in session.scalars(sa.text(_DOUBTED)):
            sentence = f"PostgreSQL does not vouch for {name}."
            yield Finding("database", sentence, f"Ask its administrator to REINDEX {name}.")
        return
    look.progress("checks of the file", 0, 2)
    for (said,) in session.execute(sa.text("PRAGMA integrity_check")):
        if said != "ok":
            yield Finding("database", f"The database file is damaged: {said}.", FROM_BACKUP)
    look.progress("checks of the file", 1, 2)
    for table, row, parent, _ in session.execute(sa.text("PRAGMA foreign_key_check")):
        sentence = f"Row {row} of {table} belongs to a row of {parent} that is not there."
        yield Finding("reference", sentence, FROM_BACKUP)
    look.progress("checks of the file", 2, 2)


def settings(look: Look) -> Iterator[Finding]:
    """Look whether the database keeps what it has acknowledged, even if the power fails."""
    if look.database.is_sqlite:
        for name, wanted in _SQLITE.items():
            value = look.session.scalar(sa.text(f"PRAGMA {name}"))
            if value != wanted:
                yield _loose(name, value, "Move the data folder to a disk of this machine.")
        timeout = look.session.scalar(sa.text("PRAGMA busy_timeout")) or 0
        if timeout < BUSY_TIMEOUT_MS:
            yield _loose("busy_timeout", timeout, "Install the program again.")
        return
    for name in _POSTGRESQL:
        value = look.session.scalar(sa.text(f"SHOW {name}"))
        if value == "off":
            yield _loose(name, value, f"Set {name} = on in postgresql.conf and restart it.")


def disk(look: Look) -> Iterator[Finding]:
    """Look whether there is room to go on writing."""
    folder = _folder(look)
    free, size = shutil.disk_usage(folder).free, _size(look)
    if free < max(SPACE_LIMIT, size):
        sentence = f"Only {free // MIB:,} MiB are free where the wiki lies."
        yield Finding("disk", sentence, "Make room; a full disk lets nobody save.")
    log = _log(look)
    if log is not None and log.exists() and log.stat().st_size > LOG_LIMIT:
        sentence = f"The log beside the database has grown to {log.stat().st_size // MIB:,} MiB."
        yield Finding("disk", sentence, "Some program reads without end: restart the service.")


def _loose(name: str, value: object, remedy: str) -> Finding:
    sentence = f"The database is set to {name} = {value}, so a power cut may lose what was saved."
    return Finding("settings", sentence, remedy)


def _file(look: Look) -> Path | None:
    name = look.database.engine.url.database
    return Path(name) if look.database.is_sqlite and name else None


def _folder(look: Look) -> Path:
    file = _file(look)
    folder = file.parent if file else look.database.settings.data_dir
    return folder if folder.exists() else Path.cwd()


def _log(look: Look) -> Path | None:
    file = _file(look)
    return file.with_name(f"{file.name}-wal") if file else None


def _size(look: Look) -> int:
    file = _file(look)
    return file.stat().st_size if file and file.exists() else 0

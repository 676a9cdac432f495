"""A backup becomes a wiki again, in an empty place.

In order: the file is checked whole; the tables get the shape they had; all rows, and what must
change in them, go in as one transaction, with a mark that there is more to do; the tables get the
shape of today, the search is made anew, the mark goes. A kill before the transaction leaves an
empty place, one after it a wiki that the same command finishes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.activity.service import record
from wiki.authorship import service as authorship
from wiki.errors import Invalid, Misconfigured
from wiki.mail.outbox import HELD
from wiki.people.models import WikiSetting
from wiki.search import service as search
from wiki.storage import tables
from wiki.storage.archive import Archive, Manifest
from wiki.storage.base import UTCDateTime
from wiki.storage.dialect import one_at_a_time
from wiki.storage.engine import Database
from wiki.storage.migrations import current, migrate, newest
from wiki.transfer.service.backup import Progress

MARK = "restoring"
_NOT_EMPTY = (
    "There is a wiki in this place already. A backup is restored into an empty place: name another "
    "one with MANYHANDS_DATA_DIR or MANYHANDS_DATABASE_URL."
)
_SETTING = sa.table("wiki_setting", sa.column("key", sa.String), sa.column("value", sa.String))
_LETTER = sa.table(
    "letter",
    sa.column("state", sa.String),
    sa.column("is_secret", sa.Boolean),
    sa.column("text", sa.String),
    sa.column("html", sa.String),
    sa.column("trouble", sa.String),
)
_LINK = sa.table("sign_in_link", sa.column("spent_at", UTCDateTime))
_SIGN_IN = sa.table("sign_in")
_SIGN_UP = sa.table(
    "sign_up",
    sa.column("outcome", sa.String),
    sa.column("proven_at", UTCDateTime),
    sa.column("decided_at", UTCDateTime),
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: of which moment, and how many letters are held."""

    made_at: datetime
    pages: int
    revisions: int
    rows: int
    held: int


def restore(database: Database, file: Path, *, now: datetime, progress: Progress) -> Restored:
    """Bring the backup in `file` back into an empty place, or finish doing so; return what came.

    Nobody is signed in afterwards, links in letters and invitations are over, mail is switched off
    and letters that waited are held. Raises Invalid when the file is no whole backup or the place
    is not empty, Misconfigured when the backup was made by a newer program.
    """
    with Archive.opened(file) as archive:
        manifest = archive.manifest
        _refuse_newer(manifest)
        for number, _ in enumerate(archive.check(), start=1):
            progress("parts checked", number, len(manifest.parts))
        if _mark(database) != manifest.name:
            _refuse_taken(database)
            migrate(database, manifest.schema)
            _load(database, archive, now, progress)
    _finish(database, now, progress)
    with database.reading() as session:
        held = sa.select(sa.func.count()).select_from(_LETTER).where(_LETTER.c.state == HELD)
        return Restored(
            made_at=datetime.fromisoformat(manifest.made_at),
            pages=manifest.count("page"),
            revisions=manifest.count("revision"),
            rows=manifest.rows,
            held=session.scalar(held) or 0,
        )


def unfinished(session: Session) -> bool:
    """Return whether a restore was cut short here."""
    return session.get(WikiSetting, MARK) is not None


def _refuse_newer(manifest: Manifest) -> None:
    if manifest.schema > newest():
        raise Misconfigured(
            "The backup was made by Manyhands {version}, which is newer (its tables are at "
            "{number}, this program knows {newest}). Install that version and try again.",
            version=manifest.version,
            number=manifest.schema,
            newest=newest(),
        )


def _mark(database: Database) -> str | None:
    """Return the name of the backup whose restore was cut short here, if any."""
    if current(database) is None:
        return None
    with database.reading() as session:
        return session.scalar(sa.select(_SETTING.c.value).where(_SETTING.c.key == MARK))


def _refuse_taken(database: Database) -> None:
    with database.engine.connect() as connection:
        if next(_filled(connection), None) is not None:
            raise Invalid(_NOT_EMPTY)


def _filled(connection: sa.Connection) -> Iterator[str]:
    """Yield the tables that hold anything; a lease or a count is nothing."""
    for name in sa.inspect(connection).get_table_names():
        if name in tables.NOT_KEPT or name == "alembic_version" or name.startswith("search_terms"):
            continue
        table = sa.table(name)
        if connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
            yield name


def _load(database: Database, archive: Archive, now: datetime, progress: Progress) -> None:
    manifest = archive.manifest
    done = 0
    # Quiet, as the tables may have a shape that knows of no changes to be counted.
    with database.begin(quiet=True) as session:
        one_at_a_time(session, MARK)
        if next(_filled(session.connection()), None) is not None:
            raise Invalid(_NOT_EMPTY)
        for part in manifest.parts:
            for count in tables.put_rows(session, part.table, part.columns, archive.rows(part)):
                done += count
                progress("rows", done, manifest.rows)
        numbered = [part.table for part in manifest.parts if ("id", "number") in part.columns]
        tables.set_sequences(session, numbered)
        _make_quiet(session, now)
        _set(session, MARK, manifest.name)


def _make_quiet(session: Session, now: datetime) -> None:
    """End what must not go on from where the backup left it: ways in, letters."""
    session.execute(sa.delete(_SIGN_IN))
    session.execute(sa.update(_LINK).where(_LINK.c.spent_at.is_(None)).values(spent_at=now))
    if sa.inspect(session.connection()).has_table(_SIGN_UP.name):
        # Who proved an address waits for an administrator, who may not have decided yet.
        is_open = sa.and_(_SIGN_UP.c.outcome == "", _SIGN_UP.c.proven_at.is_(None))
        withdrawn = {"outcome": "withdrawn", "decided_at": now}
        session.execute(sa.update(_SIGN_UP).where(is_open).values(withdrawn))
    waits = _LETTER.c.state.in_(("waiting", "taken"))
    useless: dict[str, Any] = {"state": "failed", "text": "", "html": ""}
    useless["trouble"] = "The wiki was restored, and the way in that it held was closed."
    session.execute(sa.update(_LETTER).where(waits, _LETTER.c.is_secret).values(useless))
    session.execute(sa.update(_LETTER).where(waits).values(state=HELD))
    _set(session, "mail", "off")


def _set(session: Session, key: str, value: str) -> None:
    session.execute(sa.delete(_SETTING).where(_SETTING.c.key == key))
    session.execute(sa.insert(_SETTING).values(key=key, value=value))


def _finish(database: Database, now: datetime, progress: Progress) -> None:
    migrate(database)
    search.rebuild(database, lambda done, total: progress("pages to be found", done, total))
    with database.begin() as session:
        session.execute(sa.delete(WikiSetting).where(WikiSetting.key == MARK))
        record(session, "wiki.restored", at=now)
    # The wiki is whole by now: who is in a hurry may stop this, and pages are followed when seen.
    authorship.rebuild(database, lambda done, total: progress("revisions followed", done, total))

"""All that a wiki tells of its history, whatever its records are numbered."""

import os
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests import make
from wiki.pages.models import Page, Revision
from wiki.people.models import Person
from wiki.storage.engine import Database
from wiki.transfer import service
from wiki.transfer.rules.tally import Report
from wiki.transfer.service import Wanted

# The numbers of records differ between wikis, and what was imported says that it was.
_APART = {"id", "page_id", "author_id", "is_imported"}
LATER = make.NOON + timedelta(days=900)
_COLUMNS = [column for column in Revision.__table__.columns if column.name not in _APART]


def told(database: Database, *, by: str = "email") -> list[tuple[Any, ...]]:
    """Return every revision in the order of time: its page, its author `by` name or address."""
    query = (
        sa.select(Revision.page_id, getattr(Person, by), *_COLUMNS)
        .join(Person, Person.id == Revision.author_id)
        .order_by(Revision.made_at, Revision.id)
    )
    seen: dict[int, int] = {}
    with database.reading() as session:
        rows = [tuple(row) for row in session.execute(query)]
    return [(seen.setdefault(row[0], len(seen)), *row[1:]) for row in rows]


def living(database: Database) -> dict[str, int]:
    """Return where pages stand and the numbers of their heads."""
    query = sa.select(Page.path, Page.head_number).where(Page.deleted_at.is_(None))
    with database.reading() as session:
        return {row[0]: row[1] for row in session.execute(query)}


def names(database: Database) -> dict[str, str]:
    """Return the names of people by address."""
    with database.reading() as session:
        rows = session.execute(sa.select(Person.email, Person.name))
        return {row[0]: row[1] for row in rows}


def bring_into(database: Database, source: Path) -> Report:
    """Import a history and return what was taken."""
    return service.import_git(
        database, Wanted(source=str(source)), now=LATER, progress=lambda *_: None
    )


def git(folder: Path, *arguments: str) -> str:
    """Return what git prints; raise if it fails."""
    plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "PATH": os.defpath}
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(command, env=plain, capture_output=True, check=True)
    return done.stdout.decode()


def tip(folder: Path) -> str:
    """Return the last commit of an export, or "" if there is none yet."""
    if not folder.exists():
        return ""
    return git(folder, "for-each-ref", "--format=%(objectname)", "refs/heads/main").strip()


def files_at_the_end(folder: Path) -> dict[str, str]:
    """Return what the files of the last commit hold."""
    listed = git(folder, "ls-tree", "-r", "-z", "--name-only", "main").split("\0")
    return {name: git(folder, "show", f"main:{name}") for name in listed if name}

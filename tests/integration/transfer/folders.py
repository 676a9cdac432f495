"""Files written into a folder to be imported, and what somebody writes in the wiki meanwhile."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests import make
from wiki.pages.models import Page
from wiki.storage.engine import Database


def write(folder: Path, name: str, text: str | bytes) -> None:
    """Write a file of the folder."""
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text.encode() if isinstance(text, str) else text)


def write_here(database: Database, at: str, text: str | None, **changes: Any) -> None:
    """Let somebody save a page in the wiki."""
    with database.begin() as session:
        page = session.scalars(sa.select(Page).where(Page.path == at)).one()
        author = make.person(session)
        changes.setdefault("made_at", page.changed_at + timedelta(minutes=5))
        make.revision(session, page, text, author=author, **changes)  # type: ignore[arg-type]

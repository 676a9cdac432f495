"""A history to import, and the wiki it goes into."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests import make
from tests.conftest import settings_for
from tests.integration.transfer.histories import History
from wiki.pages import service as pages
from wiki.pages.models import Page, Revision
from wiki.people.models import Person
from wiki.storage.engine import Database
from wiki.storage.migrations import migrate
from wiki.transfer import service
from wiki.transfer.rules.folder_report import FolderReport
from wiki.transfer.rules.tally import Report
from wiki.transfer.service import GitExport, Wanted, WantedFolder

Bring = Callable[..., Report]
Take = Callable[..., FolderReport]
Export = Callable[..., GitExport]
Story = Callable[[], dict[str, list[tuple[Any, ...]]]]


@pytest.fixture
def history(tmp_path: Path) -> History:
    """Return an empty history."""
    return History(tmp_path / "history")


@pytest.fixture
def bring(database: Database, history: History) -> Bring:
    """Return a function that imports the history, or another source."""

    def bring(source: Path | str = "", **wanted: str) -> Report:
        known = Wanted(source=str(source or history.folder), **wanted)
        now = make.NOON + timedelta(days=30)
        return service.import_git(database, known, now=now, progress=lambda *_: None)

    return bring


@pytest.fixture
def story(database: Database) -> Story:
    """Return a function that tells of each living page its revisions: kind, path, author, text."""

    def story() -> dict[str, list[tuple[Any, ...]]]:
        query = (
            sa.select(Page.path, Revision, Person.email)
            .join(Revision, Revision.page_id == Page.id)
            .join(Person, Person.id == Revision.author_id)
            .where(Page.deleted_at.is_(None))
            .order_by(Page.path, Revision.number)
        )
        told: dict[str, list[tuple[Any, ...]]] = {}
        with database.reading() as session:
            for path, revision, email in session.execute(query):
                lines = told.setdefault(path, [])
                assert revision.number == len(lines) + 1
                text = pages.text_of(session, revision.text_sha)
                lines.append((revision.kind, revision.path, email, text))
        return told

    return story


@pytest.fixture
def export(database: Database, tmp_path: Path) -> Export:
    """Return a function that exports the wiki, by default into the folder `out`."""

    def export(folder: Path | None = None, *, has_addresses: bool = True) -> GitExport:
        return service.export_git(
            database,
            folder or tmp_path / "out",
            has_addresses=has_addresses,
            progress=lambda *_: None,
        )

    return export


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Database]:
    """Return another wiki, empty."""
    home = tmp_path / "second"
    home.mkdir()
    database = Database(settings_for(f"sqlite:///{home / 'wiki.db'}", home))
    migrate(database)
    yield database
    database.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder."""
    made = tmp_path / "strategy"
    made.mkdir()
    return made


@pytest.fixture
def admin(database: Database) -> Person:
    """Return the administrator."""
    with database.begin() as session:
        return make.person(session, name="Ada", email="ada@example.org", role="admin")


@pytest.fixture
def take(database: Database, folder: Path, admin: Person) -> Take:
    """Return a function that imports the folder, each time an hour later."""
    assert admin.role == "admin"
    times: list[int] = []

    def take(**wanted: Any) -> FolderReport:
        times.append(len(times))
        known = WantedFolder(folder=folder, **wanted)
        now = make.NOON + timedelta(days=1, hours=2 * len(times))
        return service.import_markdown(database, known, now=now, progress=lambda *_: None)

    return take

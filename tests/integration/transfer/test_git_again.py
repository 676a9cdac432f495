"""Importing again, going on after a stop, and histories that went another way."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests import make
from tests.conftest import settings_for
from tests.integration.transfer.conftest import Bring, Story
from tests.integration.transfer.histories import History, long_text
from wiki.activity.models import Event
from wiki.errors import Busy, Invalid
from wiki.pages import service as pages
from wiki.pages.models import FormerPath, Page, PageLink, Revision
from wiki.search.models import SearchText
from wiki.storage.engine import Database
from wiki.storage.migrations import migrate
from wiki.transfer import service
from wiki.transfer.models import ImportedCommit, ImportedFile
from wiki.transfer.service import Wanted
from wiki.transfer.service import history as importing

A, B = long_text("apple"), long_text("bread")


def test_importing_twice_adds_nothing(
    history: History, bring: Bring, story: Story, database: Database
) -> None:
    history.save("aims.md", A)
    history.save("aims.md", B)
    bring()
    before = story()
    report = bring()
    assert (story(), report.revisions, report.commits) == (before, 0, 0)
    with database.reading() as session:
        kinds = list(session.scalars(sa.select(Event.kind)))
    assert kinds.count("history.imported") == 1


def test_only_what_is_new_is_added(history: History, bring: Bring, story: Story) -> None:
    history.save("aims.md", A)
    bring()
    history.move("aims.md", "goals.md")
    history.save("goals.md", f"{A}More.\n")
    history.save("means.md", B)
    report = bring()
    assert (report.commits, report.revisions, report.pages_made) == (2, 2, 1)
    assert [line[0] for line in story()["goals"]] == ["create", "rename"]


def test_a_bundle_a_bare_repository_and_a_folder_are_the_same_history(
    history: History, bring: Bring, story: Story
) -> None:
    history.save("aims.md", A)
    bring(history.bundle())
    history.save("aims.md", B)
    assert bring(history.bare()).revisions == 1
    assert bring().revisions == 0
    assert [line[3] for line in story()["aims"]] == [A, B]


def test_a_branch_of_another_name_goes_on_with_the_same_pages(
    history: History, bring: Bring, story: Story
) -> None:
    history.save("aims.md", A)
    bring()
    history.git("branch", "-m", "main", "trunk")
    history.save("aims.md", B)
    assert bring(branch="trunk").revisions == 1
    assert len(story()["aims"]) == 2


def test_a_rewritten_history_is_refused_and_changes_nothing(
    history: History, bring: Bring, story: Story
) -> None:
    history.save("aims.md", A)
    history.save("aims.md", B)
    bring()
    before = story()
    history.git("reset", "-q", "--hard", "HEAD~1")
    history.save("aims.md", "Something else\n")
    with pytest.raises(Invalid, match="the history was rewritten"):
        bring()
    assert story() == before


def test_two_folders_of_one_history_are_imported_apart(
    history: History, bring: Bring, story: Story
) -> None:
    history.write("en/aims.md", A)
    history.write("fr/buts.md", B)
    history.commit()
    bring(under="en")
    bring(under="fr")
    assert set(story()) == {"aims", "buts"}


def test_words_that_somebody_wrote_here_stay_on_top(
    history: History, bring: Bring, story: Story, database: Database
) -> None:
    history.write("aims.md", A)
    history.write("goals.md", A.replace("apple", "pear"))
    history.write("means.md", B)
    history.commit()
    bring()
    with database.begin() as session:
        for page in session.scalars(sa.select(Page).where(Page.path != "means")):
            make.revision(session, page, "Written here\n", author=make.person(session))
    history.write("aims.md", f"{A}New\n")
    history.write("means.md", f"{B}New\n")
    history.remove("goals.md")
    history.commit()
    report = bring()
    told = story()
    assert [told[path][-1][3] for path in ("aims", "goals")] == ["Written here\n"] * 2
    assert told["means"][-1][3] == f"{B}New\n"
    assert (report.reasons, report.revisions) == ({"edited-here": 2}, 1)


def test_two_imports_of_one_history_at_once_do_not_take_it_twice(
    history: History, story: Story, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        history.save("aims.md", f"{A}{number}\n")
    monkeypatch.setattr(importing, "BATCH", 1)
    wanted = Wanted(source=str(history.folder))
    now = make.NOON + timedelta(days=30)

    def overtake(*_: object) -> None:
        service.import_git(database, wanted, now=now, progress=lambda *_: None)

    with pytest.raises(Busy):
        service.import_git(database, wanted, now=now, progress=overtake)
    assert len(story()["aims"]) == 4


def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Return what an import writes, without the moments at which it ran."""
    kept: list[tuple[str, sa.Select[*tuple[Any, ...]]]] = [
        ("revisions", sa.select(*_columns(Revision, "id")).order_by("page_id", "number")),
        ("pages", sa.select(*_columns(Page, "head_id")).order_by("id")),
        ("former", sa.select(FormerPath.path, FormerPath.page_id).order_by("path")),
        ("links", sa.select(*_columns(PageLink)).order_by("page_id", "target", "fragment")),
        ("commits", sa.select(*_columns(ImportedCommit)).order_by("commit_id")),
        ("files", sa.select(ImportedFile.file, ImportedFile.page_id).order_by("file")),
        ("search", sa.select(*_columns(SearchText)).order_by("page_id")),
    ]
    with database.reading() as session:
        return {name: [tuple(row) for row in session.execute(query)] for name, query in kept}


def _columns(table: Any, *without: str) -> list[sa.Column[Any]]:
    return [column for column in table.__table__.columns if column.name not in without]


def busy_history(folder: Path, *, commits: int = 120) -> History:
    """Return a history in which pages change, move, go and come back."""
    history = History(folder)
    texts = {f"{name}.md": long_text(name, 30) for name in ("aims", "goals", "means", "ends")}
    for file, text in texts.items():
        history.write(file, f"# {file}\n\n[[goals]]\n\n{text}")
    history.commit()
    for number in range(commits):
        file = f"{('aims', 'goals', 'means')[number % 3]}.md"
        history.write(file, f"# {file}\n\n[[page {number}]]\n\n{texts[file]}{number}\n")
        if number % 40 == 17:
            history.move("ends.md", "moved.md")
        if number % 40 == 20:
            history.move("moved.md", "ends.md")
        if number % 40 == 30:
            history.remove("ends.md")
        if number % 40 == 35:
            history.write("ends.md", texts["ends.md"])
        author = f"Author {number % 7} <author{number % 7}@example.org>"
        history.commit(f"Step {number}", author=author)
    return history


def test_an_import_that_stops_after_any_stretch_goes_on_to_the_same_end(
    tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = busy_history(tmp_path / "busy", commits=60)
    wanted = Wanted(source=str(history.folder))
    now = make.NOON + timedelta(days=30)
    monkeypatch.setattr(importing, "BATCH", 7)

    class Stopped(Exception):
        pass

    def stop(*_: object) -> None:
        raise Stopped

    for _ in range(100):
        try:
            service.import_git(database, wanted, now=now, progress=stop)
            break
        except Stopped:
            continue
    broken = everything(database)
    whole = fresh_database(tmp_path)
    service.import_git(whole, wanted, now=now, progress=lambda *_: None)
    assert {name: len(rows) for name, rows in broken.items()}["revisions"] > 60
    assert broken == everything(whole)
    whole.close()


def fresh_database(folder: Path, name: str = "fresh") -> Database:
    """Return another empty wiki, on SQLite."""
    home = folder / name
    home.mkdir()
    database = Database(settings_for(f"sqlite:///{home / 'wiki.db'}", home))
    migrate(database)
    return database


PROGRAM = """
import sys
from wiki.transfer.service import history
history.BATCH = 10
from wiki.cli import main
sys.argv = ["manyhands", "import", "git", sys.argv[1]]
main()
"""


@pytest.mark.slow
def test_an_import_that_is_killed_again_and_again_ends_like_one_that_is_not(tmp_path: Path) -> None:
    history = busy_history(tmp_path / "busy")
    killed, whole = fresh_database(tmp_path, "killed"), fresh_database(tmp_path, "whole")
    done = [0]
    for _ in range(8):
        process = _importing(killed, history)
        _kill_after_progress(process, killed, done[-1])
        done.append(_count(killed))
    assert _importing(killed, history).wait(120) == 0
    assert _importing(whole, history).wait(120) == 0
    assert 0 < done[1] < _count(whole)
    assert everything(killed) == everything(whole)
    with killed.reading() as session:
        assert pages.stale_count(session) == 0
        assert session.scalar(sa.text("PRAGMA integrity_check")) == "ok"
    killed.close()
    whole.close()


def _importing(database: Database, history: History) -> subprocess.Popen[bytes]:
    env = {
        **os.environ,  # noqa: TID251  # what a shell would hand on
        "MANYHANDS_DATA_DIR": str(database.settings.data_dir),
        "MANYHANDS_DATABASE_URL": database.settings.database_url,
    }
    root = Path(__file__).resolve().parents[3]
    command = [sys.executable, "-c", PROGRAM, str(history.folder)]
    return subprocess.Popen(command, env=env, cwd=root, stderr=subprocess.DEVNULL)


def _kill_after_progress(
    process: subprocess.Popen[bytes], database: Database, before: int, patience: float = 60
) -> None:
    """Kill the import as soon as it has written something more."""
    until = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < until:
        if _count(database) > before:
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.001)
    process.wait(patience)


def _count(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(sa.select(sa.func.count(Revision.id))) or 0

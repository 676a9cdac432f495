"""The command that follows pages anew: what it says, and that it may be killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from tests import make
from tests.conftest import settings_for
from tests.histories import history
from wiki.authorship.models import AuthorshipLedger, AuthorshipState
from wiki.authorship.queries import state
from wiki.authorship.service import differences, rebuild, rebuilding
from wiki.cli import main
from wiki.errors import NotFound
from wiki.pages.models import Page
from wiki.storage.engine import Database

PROGRAM = [sys.executable, "-c", "from wiki.cli import main; main(prog_name='manyhands')"]
ROOT = Path(__file__).parents[3]
PAGES = 4

Run = Callable[..., Result]


def fill(database: Database) -> list[int]:
    """Make pages with histories that nobody followed; return their ids."""
    ids = []
    with database.begin() as session:
        people = [make.person(session) for _ in range(3)]
        for number in range(PAGES):
            texts = history(number, 12)[0]
            page = make.page(session, path=f"page-{number}", text=texts[0], author=people[0])
            for place, text in enumerate(texts[1:]):
                make.revision(session, page, text, author=people[place % 3])
            ids.append(page.id)
    return ids


def assert_all_is_followed(database: Database, page_ids: list[int]) -> None:
    with database.reading() as session:
        assert state.behind(session) == []
        assert [differences(session, page_id) for page_id in page_ids] == [[]] * len(page_ids)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that calls the program over the wiki in `tmp_path`."""

    def called(*words: str) -> Result:
        env = {"MANYHANDS_DATA_DIR": str(tmp_path)}
        return CliRunner(env=env).invoke(main, list(words), prog_name="manyhands")

    return called


@pytest.fixture
def wiki(run: Run, tmp_path: Path) -> Database:
    """Return a wiki with pages that nobody followed, which `run` knows."""
    run("migrate")
    database = Database(settings_for(f"sqlite:///{tmp_path}/wiki.db", tmp_path))
    fill(database)
    return database


def test_the_command_follows_what_waits_and_says_how_much_that_was(
    run: Run, wiki: Database
) -> None:
    first = run("rebuild", "authorship")
    assert first.exit_code == 0, first.output
    assert first.output.splitlines()[-1] == "48 revisions of 4 pages were followed."
    assert run("rebuild", "authorship").output == "0 revisions of 0 pages were followed.\n"
    again = run("rebuild", "authorship", "--all")
    assert again.output.splitlines()[-1] == "48 revisions of 4 pages were followed."
    with wiki.begin() as session:
        session.execute(sa.update(AuthorshipLedger).values(added=1000))
    assert run("rebuild", "authorship", "page-2").output == (
        "12 revisions of /page-2 were followed anew.\n"
    )
    missing = run("rebuild", "authorship", "nowhere")
    assert (missing.exit_code, "nowhere" in missing.output) == (1, True)
    with wiki.reading() as session:
        query = sa.select(Page.path).join(AuthorshipLedger, AuthorshipLedger.page_id == Page.id)
        wrong = session.scalars(query.where(AuthorshipLedger.added == 1000).distinct())
        assert set(wrong) == {"page-0", "page-1", "page-3"}


def test_a_deleted_page_can_be_rebuilt_and_one_that_never_was_cannot(database: Database) -> None:
    fill(database)
    with database.begin() as session:
        page = session.scalars(sa.select(Page).where(Page.path == "page-1")).one()
        make.revision(session, page, "Gone.\n", kind="delete")
    assert rebuilding.rebuild_page(database, "page-1") == 13
    with pytest.raises(NotFound, match="page-9"):
        rebuilding.rebuild_page(database, "page-9")


def test_several_processes_make_the_same_of_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "WORTH_PROCESSES", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    page_ids = fill(database)
    told: list[int] = []
    done = rebuild(database, lambda done, _total: told.append(done))
    assert (done.pages, done.revisions, told) == (4, 48, [12, 24, 36, 48])
    assert_all_is_followed(database, page_ids)


@pytest.mark.slow
def test_killed_at_any_moment_it_goes_on_and_ends(database: Database) -> None:
    page_ids = fill(database)
    rebuild(database, lambda *_: None)
    url = database.engine.url.render_as_string(hide_password=False)
    env = {
        "MANYHANDS_DATABASE_URL": url,
        "MANYHANDS_DATA_DIR": str(database.settings.data_dir),
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
    }
    for word in ("--all", "--all", "--all"):
        program = subprocess.Popen(
            [*PROGRAM, "rebuild", "authorship", word],
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while program.poll() is None and not _is_half_done(database):
            time.sleep(0.005)
        program.send_signal(signal.SIGKILL)
        program.wait()
    done = rebuild(database, lambda *_: None)
    assert done.pages < PAGES
    assert_all_is_followed(database, page_ids)


def _is_half_done(database: Database) -> bool:
    with database.reading() as session:
        waiting = session.scalar(sa.select(sa.func.count()).where(AuthorshipState.is_due.is_(True)))
    return waiting in range(1, PAGES)

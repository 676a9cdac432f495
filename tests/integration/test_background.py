"""The work behind the pages goes on by itself, whatever happens, until it is told to stop."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests import make
from tests.conftest import settings_for
from wiki import background
from wiki.background import Chore, work_until
from wiki.clock import utc_now
from wiki.mail.letters import Envelope, Letter, Words, queue
from wiki.pages.models import TextBlob
from wiki.people import service as people
from wiki.storage.engine import Database
from wiki.storage.leases import take_lease

PATIENCE_SECONDS = 30


def _queue(database: Database, key: str = "welcome:1") -> None:
    envelope = Envelope(key=key, kind="welcome", recipient="ana@example.org")
    with database.begin() as session:
        queue(session, envelope, Words("Welcome", f"Hello {key}\n"), now=utc_now())


def _state(database: Database) -> str | None:
    with database.reading() as session:
        return session.scalar(sa.select(Letter.state))


def _codecs(database: Database) -> set[str]:
    with database.reading() as session:
        return set(session.scalars(sa.select(TextBlob.codec)))


def _an_old_page(database: Database) -> None:
    with database.begin() as session:
        page = make.page(session, text="# Aims\n\n" + "We listen to everybody. " * 50)
        for number in range(5):
            make.revision(session, page, "# Aims\n\n" + f"We listen {number} times. " * 50)


def _comes_true(is_so: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_so() and time.monotonic() < until:
        time.sleep(0.05)
    return is_so()


@contextmanager
def _at_work(database: Database, *chores: Chore) -> Iterator[threading.Thread]:
    stop = threading.Event()
    thread = threading.Thread(target=work_until, args=(stop, database, chores))
    thread.start()
    try:
        yield thread
    finally:
        stop.set()
        thread.join(timeout=3)


def test_a_letter_leaves_by_itself_and_the_work_stops_when_told(database: Database) -> None:
    folder = database.settings.data_dir / "mail" / "new"
    before = set(folder.glob("*"))
    with _at_work(database) as thread:
        _queue(database)
        assert _comes_true(lambda: _state(database) == "sent")
    assert not thread.is_alive()
    (file,) = set(folder.glob("*")) - before
    assert b"Hello welcome:1" in file.read_bytes()


def test_older_texts_are_chained_by_themselves(database: Database) -> None:
    _an_old_page(database)
    with _at_work(database):
        assert _comes_true(lambda: _codecs(database) == {"zstd", "zstd-dict"})


def test_letters_leave_after_trouble(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(background, "AFTER_TROUBLE_SECONDS", 0.1)
    _run(database, "ALTER TABLE letter RENAME TO hidden")
    with _at_work(database):
        try:
            assert _comes_true(lambda: "could not work on letters" in caplog.text)
        finally:
            _run(database, "ALTER TABLE hidden RENAME TO letter")
        _queue(database)
        assert _comes_true(lambda: _state(database) == "sent")


def test_one_chore_in_trouble_does_not_hold_up_the_others(database: Database) -> None:
    done: list[str] = []

    def fail(_database: Database, _holder: str) -> bool:
        done.append("tried")
        raise ValueError

    def work(_database: Database, _holder: str) -> bool:
        done.append("done")
        return len(done) < 9

    with _at_work(database, Chore("bad", 1, fail), Chore("good", 60, work)):
        assert _comes_true(lambda: len(done) >= 9)
    assert done.count("tried") == 1


def test_no_letter_leaves_while_mail_is_switched_off(database: Database) -> None:
    _queue(database)
    with database.begin() as session:
        people.set_wiki(session, "mail", "off", now=utc_now())
    (letters, *_) = background.chores(database)
    letters.work(database, "a")
    assert _state(database) == "waiting"
    with database.begin() as session:
        people.set_wiki(session, "mail", "on", now=utc_now())
    letters.work(database, "a")
    assert _state(database) == "sent"


def test_looking_for_old_texts_writes_nothing_while_there_are_none(database: Database) -> None:
    with database.begin() as session:
        make.page(session)
    assert not background.chain_texts(database, "a")
    with database.reading() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM lease")) == 0


def test_only_who_holds_the_lease_chains_texts(database: Database) -> None:
    _an_old_page(database)
    soon = utc_now() + timedelta(seconds=1)
    assert take_lease(database, "texts", "a", now=soon)
    assert not background.chain_texts(database, "b")
    assert _codecs(database) == {"zstd"}
    assert background.chain_texts(database, "a")
    assert _codecs(database) == {"zstd", "zstd-dict"}


def test_chaining_texts_empties_nothing_that_is_kept(database: Database) -> None:
    _an_old_page(database)
    before = database.version()
    assert background.chain_texts(database, "a")
    assert database.version() == before


def _run(database: Database, statement: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(sa.text(statement))


@pytest.mark.slow
def test_a_worker_of_its_own_does_the_work_until_it_is_told_to_end(tmp_path: Path) -> None:
    program = [sys.executable, "-c", "from wiki.cli import main; main(prog_name='manyhands')"]
    env = {
        "MANYHANDS_DATA_DIR": str(tmp_path),
        "MANYHANDS_MAIL_TRANSPORT": "file",
        "PATH": os.defpath,
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    subprocess.run([*program, "migrate"], env=env, check=True, capture_output=True)
    with subprocess.Popen([*program, "worker"], env=env) as process:
        database = Database(settings_for(f"sqlite:///{tmp_path / 'wiki.db'}", tmp_path))
        _queue(database)
        is_sent = _comes_true(lambda: _state(database) == "sent")
        database.close()
        process.terminate()
        assert process.wait(timeout=PATIENCE_SECONDS) == 0
    assert is_sent

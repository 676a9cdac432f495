"""That no other user of the machine reads what a wiki keeps on SQLite."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from tests.conftest import settings_for
from wiki.people.models import Team
from wiki.settings import Settings
from wiki.storage.engine import Database
from wiki.storage.migrations import migrate

_NUMBERS = count(1)


@pytest.fixture(autouse=True)
def usual_mask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def rights(place: Path) -> int:
    return stat.S_IMODE(place.stat().st_mode)


@contextmanager
def written(folder: Path) -> Iterator[dict[str, int]]:
    """Give the rights of each file of a wiki in `folder` while somebody is connected to it."""
    database = Database(settings_for(f"sqlite:///{folder / 'wiki.db'}", folder))
    try:
        migrate(database)
        with database.begin() as session:
            session.add(Team(name=f"Team {next(_NUMBERS)}"))
        database.version()
        yield {file.name: rights(file) for file in folder.glob("wiki.db*")}
    finally:
        database.close()


def test_a_new_wiki_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with written(folder) as found:
        assert found == {"wiki.db": 0o600, "wiki.db-wal": 0o600, "wiki.db-shm": 0o600}
    assert rights(folder) == 0o700


def test_a_wiki_that_everybody_could_read_is_closed_when_it_is_opened(tmp_path: Path) -> None:
    file = tmp_path / "wiki.db"
    with written(tmp_path):
        for open_file in tmp_path.glob("wiki.db*"):
            open_file.chmod(0o644)
        with written(tmp_path) as found:
            assert set(found.values()) == {0o600}
    file.chmod(0o644)
    with written(tmp_path) as found:
        assert set(found.values()) == {0o600}


def test_a_group_that_may_write_keeps_its_rights(tmp_path: Path) -> None:
    with written(tmp_path):
        pass
    (tmp_path / "wiki.db").chmod(0o664)
    with written(tmp_path) as found:
        assert found["wiki.db"] == 0o660


def test_a_folder_that_was_there_stays_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with written(tmp_path):
        assert rights(tmp_path) == 0o755


def test_the_data_folder_is_private_whoever_makes_it_first(tmp_path: Path) -> None:
    env = {"MANYHANDS_DATA_DIR": str(tmp_path / "data")}
    Settings.from_env(env, trial_url="http://127.0.0.1:8000")
    assert rights(tmp_path / "data") == 0o700


def test_looking_at_the_rights_ends_no_lock_of_another_thread(tmp_path: Path) -> None:
    """A file that is opened and closed beside SQLite would lose its locks."""
    url = f"sqlite:///{tmp_path / 'wiki.db'}"
    database = Database(settings_for(url, tmp_path))
    migrate(database)
    with database.begin() as session:
        session.add(Team(name="Housing"))
        session.flush()
        before = _locks_on(tmp_path / "wiki.db-shm") | _locks_on(tmp_path / "wiki.db")
        second = Database(settings_for(url, tmp_path))
        with second.reading() as other:
            assert other.query(Team).count() == 0
            after = _locks_on(tmp_path / "wiki.db-shm") | _locks_on(tmp_path / "wiki.db")
        second.close()
    database.close()
    assert before
    assert before <= after


def _locks_on(file: Path) -> set[str]:
    """Return the locks that the system knows on this file."""
    number = f":{file.stat().st_ino} "
    lines = Path("/proc/locks").read_text("ascii").splitlines()
    return {line.split(": ", 1)[1] for line in lines if number in line}

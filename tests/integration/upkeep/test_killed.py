"""A program that is killed leaves a whole backup or none, a whole wiki or an empty place."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import KINDS
from tests.integration.upkeep.conftest import Place
from tests.integration.upkeep.lived_in import CHANGED, LATER, all_rows, found, live_in
from wiki.errors import Invalid
from wiki.pages.service.texts import sha_of, store
from wiki.storage.archive import Archive
from wiki.storage.engine import Database
from wiki.storage.migrations import migrate
from wiki.transfer.service.backup import backup
from wiki.transfer.service.restore import restore

PROGRAM = [sys.executable, "-c", "from wiki.cli import main; main(prog_name='manyhands')"]
ROOT = Path(__file__).parents[3]
KILLS = 3

pytestmark = pytest.mark.slow


def started(database: Database, *words: str) -> subprocess.Popen[bytes]:
    url = database.engine.url.render_as_string(hide_password=False)
    env = {
        "MANYHANDS_DATABASE_URL": url,
        "MANYHANDS_DATA_DIR": str(database.settings.data_dir),
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.Popen(
        [*PROGRAM, *words], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def fill(database: Database) -> None:
    """Let the wiki be so large that its backup takes a moment."""
    live_in(database)
    chance = random.Random(2)  # noqa: S311  # no secret
    with database.begin() as session:
        texts = [chance.randbytes(9000).hex() for _ in range(1000)]
        store(session, {sha_of(text): text for text in texts})


class Killer:
    """Starts a program again and again, and kills it at some moment of its usual time."""

    def __init__(self, usual_seconds: float) -> None:
        self._usual_seconds = usual_seconds
        self._chance = random.Random(3)  # noqa: S311  # no secret
        self.kills = self.tries = 0

    def goes_on(self) -> bool:
        """Return whether it was killed too seldom yet; machines may be slow, then quick again."""
        return self.kills < KILLS and self.tries < 5 * KILLS

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        self.tries += 1
        start = time.monotonic()
        try:
            process.wait(timeout=self._usual_seconds * self._chance.uniform(0.3, 1))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            self.kills += 1
            return
        assert process.returncode == 0
        self._usual_seconds = time.monotonic() - start


def usual_seconds(database: Database, *words: str) -> float:
    start = time.monotonic()
    assert started(database, *words).wait(timeout=60) == 0
    return time.monotonic() - start


def test_a_backup_that_is_killed_leaves_a_whole_file_or_none(
    database: Database, tmp_path: Path
) -> None:
    fill(database)
    folder = tmp_path / "backups"
    folder.mkdir()
    took = usual_seconds(database, "backup", str(folder / "first.zip"))
    killer = Killer(took)
    file = folder / "wiki.zip"
    while killer.goes_on():
        file.unlink(missing_ok=True)
        killer.kill(started(database, "backup", str(file)))
        if file.exists():
            with Archive.opened(file) as archive:
                assert len(list(archive.check())) == len(archive.manifest.parts)
        assert {one.name for one in folder.iterdir()} <= {
            "first.zip",
            "wiki.zip",
            "wiki.zip.unfinished",
        }
    assert killer.kills
    backup(database, file, now=LATER, replace=True, progress=lambda *_: None)
    assert {one.name for one in folder.iterdir()} == {"first.zip", "wiki.zip"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_restore_that_is_killed_leaves_an_empty_place_or_a_whole_wiki(
    tmp_path: Path, place: Place, kind: str
) -> None:
    source = place("sqlite")
    migrate(source)
    fill(source)
    file = tmp_path / "wiki.zip"
    backup(source, file, now=LATER, replace=False, progress=lambda *_: None)
    before, words = all_rows(source, but=CHANGED), found(source)
    took = usual_seconds(place(kind), "restore", str(file))
    killer = Killer(took)
    while killer.goes_on():
        target = place(kind)
        killer.kill(started(target, "restore", str(file)))
        try:
            restore(target, file, now=LATER, progress=lambda *_: None)
        except Invalid:
            # It was done already, to the end.
            assert found(target) == words
        assert all_rows(target, but=CHANGED) == before
        assert found(target) == words
    assert killer.kills

"""The commands that keep a wiki safe, called in this process."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from tests.conftest import settings_for
from tests.integration.upkeep.lived_in import live_in
from wiki.cli import main
from wiki.pages.models import Page
from wiki.storage.engine import Database

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that calls the program over the wiki in the folder `data`."""

    def called(*words: str, place: str = "data") -> Result:
        env = {"MANYHANDS_DATA_DIR": str(tmp_path / place)}
        return CliRunner(env=env).invoke(main, list(words), prog_name="manyhands")

    return called


@pytest.fixture
def wiki(run: Run, tmp_path: Path) -> Database:
    """Return a wiki that was lived in, in the folder `data`."""
    run("migrate")
    folder = tmp_path / "data"
    database = Database(settings_for(f"sqlite:///{folder}/wiki.db", folder))
    live_in(database)
    database.close()
    return database


@pytest.mark.usefixtures("wiki")
def test_a_wiki_is_saved_restored_and_found_well(run: Run, tmp_path: Path) -> None:
    file = str(tmp_path / "wiki.zip")
    saved = run("backup", file)
    assert saved.exit_code == 0, saved.output
    assert f"{file} holds everything: 4 pages, 42 revisions, " in saved.output
    again = run("backup", file)
    assert (again.exit_code, "--replace" in again.output) == (1, True)
    assert run("backup", file, "--replace").exit_code == 0
    restored = run("restore", file, place="other")
    assert restored.exit_code == 0, restored.output
    assert "1 letters that waited are held." in restored.output
    assert restored.output.splitlines()[-1].endswith("manyhands wiki set mail on")
    checked = run("check", "--deep", place="other")
    assert checked.exit_code == 0, checked.output
    assert "Note: Mail is switched off." in checked.output
    assert checked.output.splitlines()[-1] == "All is well: 4 pages, 42 revisions, 40 texts."
    refused = run("restore", file)
    assert (refused.exit_code, "already" in refused.output) == (1, True)


@pytest.mark.usefixtures("wiki")
def test_what_a_program_reads(run: Run, tmp_path: Path) -> None:
    file = str(tmp_path / "wiki.zip")
    made = json.loads(run("backup", file, "--json").stdout)
    assert (made["file"], made["revisions"]) == (file, 42)
    came = json.loads(run("restore", file, "--json", place="other").stdout)
    assert (came["pages"], came["held"]) == (4, 1)
    told = json.loads(run("check", "--json", place="other").stdout)
    assert (told["is_well"], told["findings"]) == (True, [])
    assert json.loads(run("letters", "show", "--json", place="other").stdout)["held"] == 1


def test_a_check_that_finds_something_ends_with_one(wiki: Database, run: Run) -> None:
    with wiki.begin() as session:
        session.execute(sa.update(Page).where(Page.path == "part/page-2").values(words=1))
    wiki.close()
    checked = run("check")
    assert checked.exit_code == 1
    assert "- /part/page-2 counts other words than its last revision.\n  Restore" in checked.output
    told = run("check", "--json")
    assert told.exit_code == 1
    assert json.loads(told.stdout)["findings"][0]["kind"] == "head"


@pytest.mark.usefixtures("wiki")
def test_held_letters_leave_or_are_given_up(run: Run, tmp_path: Path) -> None:
    file = str(tmp_path / "wiki.zip")
    run("backup", file)
    for place, word, counts in (
        ("one", "send", "1 waiting, 0 taken, 0 held, 1 sent, 1 failed"),
        ("two", "drop", "0 waiting, 0 taken, 0 held, 1 sent, 2 failed"),
    ):
        run("restore", file, place=place)
        assert "1 held" in run("letters", "show", place=place).output
        assert run("letters", word, place=place).exit_code == 0
        assert run("letters", "show", place=place).output == f"Letters: {counts}.\n"


def test_older_texts_are_made_small_by_command(wiki: Database, run: Run) -> None:
    with wiki.begin() as session:
        session.execute(sa.update(Page).values(chained_number=0))
    wiki.close()
    done = run("rebuild", "texts")
    assert done.exit_code == 0
    assert "The texts of 42 revisions take" in done.output.splitlines()[-1]


def test_what_cannot_be_done_is_said_in_a_sentence(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("Bread, milk")
    run("migrate")
    for words in (("restore", str(file)), ("backup", str(tmp_path / "no" / "wiki.zip"))):
        result = run(*words)
        assert result.exit_code == 1
        assert result.output.startswith("Error: ")
        assert "Traceback" not in result.output

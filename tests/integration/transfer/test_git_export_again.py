"""Exporting into a folder again, after a stop, and into folders that are no export."""

import json
import time
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from tests import make
from tests.integration.transfer import eventful
from tests.integration.transfer.conftest import Export
from tests.integration.transfer.telling import bring_into, git, living, tip, told
from wiki.errors import Busy, Invalid, Misconfigured
from wiki.pages.models import Page
from wiki.storage.engine import Database
from wiki.transfer import service
from wiki.transfer.commands import take_out
from wiki.transfer.service import export_place, git_export


def test_only_what_is_new_is_added(
    database: Database, export: Export, second: Database, tmp_path: Path
) -> None:
    eventful.fill(database)
    export()
    before = tip(tmp_path / "out")
    bring_into(second, tmp_path / "out")
    assert export().revisions_new == 0
    with database.begin() as session:
        page = session.scalars(sa.select(Page).where(Page.path == "goals")).one()
        make.revision(session, page, "Said later\n", path="goals/later")
        # Somebody who brought in an old history: it happened before what is exported already.
        make.page(session, path="old", made_at=make.NOON - timedelta(days=400))
    assert export().revisions_new == 2
    assert git(tmp_path / "out", "merge-base", before, "main").strip() == before
    assert bring_into(second, tmp_path / "out").revisions == 2
    assert sorted(told(second), key=str) != []
    assert living(second) == living(database)


def test_locks_that_a_killed_export_left_do_not_stop_the_next(
    database: Database, export: Export, tmp_path: Path
) -> None:
    eventful.fill(database)
    export()
    with database.begin() as session:
        make.page(session, path="one-more")
    (tmp_path / "out" / "HEAD.lock").touch()
    (tmp_path / "out" / "refs" / "heads" / "main.lock").touch()
    before = tip(tmp_path / "out")
    export()
    assert tip(tmp_path / "out") != before


def test_an_export_that_is_stopped_is_completed_by_the_next(
    database: Database,
    export: Export,
    second: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    eventful.fill(database)
    monkeypatch.setattr(git_export, "AT_ONCE", 3)
    monkeypatch.setattr(git_export, "STRETCH", 2)

    class Stopped(Exception):
        pass

    def stop_when_git_has_some(_what: str, done: int, total: int) -> None:
        deadline = time.monotonic() + 10
        while done < total and time.monotonic() < deadline:
            tips.append(tip(tmp_path / "out"))
            if tips[-1] != tips[0]:
                raise Stopped

    tips: list[str] = []
    rounds = 0
    for _ in range(40):
        rounds += 1
        tips[:] = [tip(tmp_path / "out")]
        try:
            service.export_git(
                database, tmp_path / "out", has_addresses=True, progress=stop_when_git_has_some
            )
            break
        except Stopped:
            continue
    assert rounds > 3
    whole = export(tmp_path / "whole")
    assert tip(tmp_path / "out") == tip(tmp_path / "whole")
    bring_into(second, tmp_path / "out")
    assert len(told(second)) == whole.revisions


def test_a_folder_with_anything_else_in_it_is_refused_and_left_alone(
    database: Database, export: Export, tmp_path: Path
) -> None:
    eventful.fill(database)
    out = tmp_path / "out"
    out.mkdir()
    (out / "letter.txt").write_text("Dear all")
    with pytest.raises(Invalid, match="not exported from here"):
        export()
    assert [file.name for file in out.iterdir()] == ["letter.txt"]
    with pytest.raises(Invalid, match="cannot be written"):
        export(out / "letter.txt")


def test_an_export_with_somebodys_own_commits_on_it_is_refused(
    database: Database, export: Export, second: Database, tmp_path: Path
) -> None:
    eventful.fill(database)
    export()
    work = tmp_path / "work"
    git(tmp_path, "clone", "-q", str(tmp_path / "out"), str(work))
    (work / "own.md").write_text("My own page\n")
    git(work, "mv", "aims.md", "targets.md")
    git(work, "add", "-A")
    who = ["-c", "user.name=Di", "-c", "user.email=di@example.org"]
    git(work, *who, "commit", "-q", "-m", "By hand")
    git(work, "push", "-q")
    with pytest.raises(Invalid, match="a commit of their own"):
        export()
    bring_into(second, tmp_path / "out")
    assert told(second)[:-2] == told(database)
    assert living(second).keys() == (living(database).keys() - {"aims"}) | {"own", "targets"}


def test_the_export_of_another_wiki_is_refused(
    database: Database, export: Export, second: Database, tmp_path: Path
) -> None:
    eventful.fill(database)
    export()
    before = tip(tmp_path / "out")
    with second.begin() as session:
        make.page(session)
    with pytest.raises(Invalid, match="export of another wiki"):
        service.export_git(second, tmp_path / "out", has_addresses=True, progress=lambda *_: None)
    assert tip(tmp_path / "out") == before


def test_an_export_is_not_taken_back_by_the_wiki_it_comes_from(
    database: Database, export: Export, tmp_path: Path
) -> None:
    eventful.fill(database)
    export()
    before = told(database)
    with pytest.raises(Invalid, match="in the wiki already"):
        bring_into(database, tmp_path / "out")
    assert told(database) == before


def test_two_exports_into_one_folder_wait_for_each_other(export: Export, tmp_path: Path) -> None:
    with export_place.claimed(tmp_path / "out", git_export.MARKER), pytest.raises(Busy):
        export()
    assert export().revisions == 0


def run(database: Database, *arguments: str) -> Result:
    return CliRunner().invoke(take_out, ["git", *arguments], obj=database)


def test_the_command_says_that_addresses_are_in_it_and_what_it_did(
    database: Database, tmp_path: Path
) -> None:
    eventful.fill(database)
    result = run(database, str(tmp_path / "out"))
    assert result.exit_code == 0
    addresses, last = result.stdout.splitlines()
    assert addresses.startswith("It holds the e-mail addresses")
    assert last.startswith(f"{len(told(database))} new revisions written in ")
    assert "revisions" in result.stderr
    again = run(database, str(tmp_path / "bare"), "--no-addresses")
    assert "e-mail" not in again.stdout


def test_a_program_reads_what_was_exported(database: Database, tmp_path: Path) -> None:
    eventful.fill(database)
    facts = json.loads(run(database, str(tmp_path / "out"), "--json").stdout)
    assert facts["revisions"] == facts["revisions_new"] == len(told(database))
    assert facts["has_addresses"]


def test_without_git_nothing_is_exported_and_the_sentence_says_what_to_install(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Misconfigured, match="git is not installed"):
        service.export_git(database, tmp_path / "out", has_addresses=True, progress=lambda *_: None)


def test_a_link_in_the_place_of_the_mark_is_no_mark(export: Export, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (tmp_path / "precious").write_text("Precious")
    (out / git_export.MARKER).symlink_to(tmp_path / "precious")
    with pytest.raises(Invalid, match="not exported from here"):
        export()
    assert (tmp_path / "precious").read_text() == "Precious"

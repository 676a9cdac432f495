"""Where a history may lie, and what is said when there is none."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import settings_for
from tests.integration.transfer.conftest import Bring, Story
from tests.integration.transfer.histories import History, long_text
from wiki.cli import main
from wiki.errors import Invalid
from wiki.storage.engine import Database
from wiki.transfer.commands import bring_in

A, B = long_text("apple"), long_text("bread")


def no_history(folder: Path) -> Path:
    folder.mkdir()
    (folder / "aims.md").write_text(A)
    return folder


def no_file(folder: Path) -> Path:
    return folder / "nowhere"


def empty_repository(folder: Path) -> Path:
    return History(folder).folder


def text_file(folder: Path) -> Path:
    file = folder.with_suffix(".bundle")
    file.write_text("# v2 of the strategy\n")
    return file


def cut_bundle(folder: Path) -> Path:
    history = History(folder)
    history.save("aims.md", A)
    file = history.bundle()
    file.write_bytes(file.read_bytes()[:-200])
    return file


def half_bundle(folder: Path) -> Path:
    history = History(folder)
    history.save("aims.md", A)
    history.save("aims.md", B)
    return history.bundle("main~1..main")


def damaged(folder: Path) -> Path:
    history = History(folder)
    history.save("aims.md", A)
    blob = history.git("rev-parse", "HEAD:aims.md")
    (folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    return folder


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (no_history, "holds no git history"),
        (no_file, "There is nothing at"),
        (empty_repository, "is empty"),
        (text_file, "neither a folder with a git history nor a git bundle"),
        (cut_bundle, "cannot be read as a git bundle"),
        (half_bundle, "cannot be read as a git bundle"),
        (damaged, "could not be read|cannot be read"),
    ],
)
def test_what_is_no_history_is_refused_with_a_sentence(
    bring: Bring, tmp_path: Path, made: Callable[[Path], Path], sentence: str
) -> None:
    with pytest.raises(Invalid) as refused:
        bring(made(tmp_path / "odd"))
    assert re.search(sentence, str(refused.value))
    assert "fatal" not in str(refused.value)


@pytest.mark.parametrize("name", ["nope", "--upload-pack=touch pwned", "-x", "a b", "main^{/x}"])
def test_a_branch_that_is_not_there_is_said_with_those_that_are(
    history: History, bring: Bring, name: str
) -> None:
    history.save("aims.md", A)
    with pytest.raises(Invalid, match=r"There is no branch .* There are: main"):
        bring(branch=name)


def test_another_branch_can_be_taken(history: History, bring: Bring, story: Story) -> None:
    history.save("aims.md", A)
    history.git("checkout", "-q", "-b", "draft")
    history.save("aims.md", B)
    history.git("checkout", "-q", "main")
    assert bring(branch="draft").branch == "draft"
    assert story()["aims"][-1][3] == B


def test_a_bundle_without_a_branch_checked_out_gives_its_only_one(
    history: History, bring: Bring
) -> None:
    history.save("aims.md", A)
    history.git("branch", "-m", "main", "trunk")
    assert bring(history.bundle("trunk")).branch == "trunk"


def test_a_folder_that_never_was_is_said(history: History, bring: Bring) -> None:
    history.save("aims.md", A)
    with pytest.raises(Invalid, match="no folder docs"):
        bring(under="docs")


def test_a_second_work_tree_is_a_history_too(
    history: History, bring: Bring, tmp_path: Path
) -> None:
    history.save("aims.md", A)
    history.git("worktree", "add", "-q", str(tmp_path / "second"))
    assert bring(tmp_path / "second", branch="main").revisions == 1


def test_what_a_repository_says_is_never_run(
    history: History, bring: Bring, tmp_path: Path
) -> None:
    history.save(".gitattributes", "*.md diff=evil filter=evil\n")
    history.save("aims.md", A)
    history.save("aims.md", B)
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path / 'sprung'}\ncat\n")
    trap.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "diff.external",
        "diff.evil.command",
        "diff.evil.textconv",
        "filter.evil.smudge",
        "gpg.program",
        "pager.log",
        "uploadpack.packObjectsHook",
    ):
        history.git("config", key, str(trap))
    history.git("config", "core.hooksPath", str(tmp_path))
    history.git("config", "log.showSignature", "true")
    for name in ("post-checkout", "reference-transaction", "post-index-change"):
        (tmp_path / name).write_text(trap.read_text())
        (tmp_path / name).chmod(0o755)
    assert bring().revisions == 2
    assert not (tmp_path / "sprung").exists()


def test_a_missing_piece_is_never_fetched(history: History, bring: Bring, tmp_path: Path) -> None:
    history.save("aims.md", A)
    blob = history.git("rev-parse", "HEAD:aims.md")
    (history.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    sprung = tmp_path / "sprung"
    for key, value in (
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", f"ext::sh -c touch% {sprung}"),
        ("protocol.ext.allow", "always"),
    ):
        history.git("config", key, value)
    with pytest.raises(Invalid):
        bring()
    assert not sprung.exists()


def run(database: Database, *arguments: str) -> Result:
    return CliRunner().invoke(bring_in, ["git", *arguments], obj=database)


def test_the_command_ends_with_what_it_did(
    history: History, database: Database, tmp_path: Path
) -> None:
    history.save("aims.md", A)
    history.save("odd.md", b"\xff")
    people = tmp_path / "people"
    people.write_text("Dr Patel <ada@example.org>\n")
    result = run(database, str(history.folder), "--people", str(people))
    assert result.exit_code == 0
    said = result.stdout.splitlines()
    assert said[-1].startswith("1 revision by 1 person taken from 2 commits of main in ")
    assert any("no UTF-8 text" in line and "odd.md in " in line for line in said)
    assert "2 of 2 commits" in result.stderr


def test_the_summary_can_be_read_by_a_program(history: History, database: Database) -> None:
    history.save("aims.md", A)
    result = run(database, str(history.folder), "--json")
    facts = json.loads(result.stdout)
    assert (facts["revisions"], facts["branch"], facts["reasons"]) == (1, "main", {})


def test_without_git_the_sentence_says_what_to_install(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    settings = settings_for(f"sqlite:///{home / 'wiki.db'}", home)
    monkeypatch.setenv("MANYHANDS_DATA_DIR", str(home))
    monkeypatch.setenv("MANYHANDS_DATABASE_URL", settings.database_url)
    assert CliRunner().invoke(main, ["migrate"]).exit_code == 0
    history.save("aims.md", A)
    monkeypatch.setenv("PATH", str(tmp_path))
    result = CliRunner().invoke(main, ["import", "git", str(history.folder)])
    assert (result.exit_code, "git is not installed" in result.output) == (1, True)
    with closing(sqlite3.connect(home / "wiki.db")) as connection:
        assert connection.execute("SELECT count(*) FROM page").fetchone() == (0,)

"""A folder of Markdown files brought into the wiki."""

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from tests import make
from tests.integration.transfer.conftest import Story, Take
from tests.integration.transfer.folders import write
from wiki.activity.models import Event
from wiki.errors import Invalid, NotFound
from wiki.pages.models import Page, Revision
from wiki.pages.queries.sight import EVERYTHING
from wiki.people.models import Person
from wiki.search.queries.finding import search
from wiki.storage.engine import Database
from wiki.transfer import service
from wiki.transfer.commands import bring_in
from wiki.transfer.service import WantedFolder, markdown_folder


def test_every_file_becomes_a_page_that_can_be_found(
    folder: Path, take: Take, story: Story, database: Database
) -> None:
    front = "---\ntitle: Our aims\ntags: [one]\n---\n\nHear everybody.\r\n"
    write(folder, "Aims.md", front)
    write(folder, "aims/First Steps.markdown", "Walk\n")
    write(folder, "aims/README.md", "\ufeffRead\n")
    report = take()
    told = story()
    assert {path: lines[0][::3] for path, lines in told.items()} == {
        "aims": ("create", front),
        "aims/first-steps": ("create", "Walk\n"),
        "aims/readme": ("create", "\ufeffRead\n"),
    }
    assert (report.acts, report.notes) == ({"create": 3}, [])
    with database.reading() as session:
        page = session.scalars(sa.select(Page).where(Page.path == "aims")).one()
        revision = session.scalars(sa.select(Revision).where(Revision.page_id == page.id)).one()
        assert (page.title, page.derived_number) == ("Our aims", 1)
        assert revision.note == "Taken from the file Aims.md"
        kinds = list(session.scalars(sa.select(Event.kind)))
        assert kinds.count("page.created") == 3
        assert kinds.count("folder.imported") == 1


def test_what_did_not_change_makes_nothing(folder: Path, take: Take, story: Story) -> None:
    write(folder, "aims.md", "One\n")
    write(folder, "means.md", "Two\n")
    take()
    write(folder, "aims.md", "One and more\n")
    assert take(note="Said more").acts == {"edit": 1, "same": 1}
    assert [line[0] for line in story()["aims"]] == ["create", "edit"]
    assert len(story()["means"]) == 1
    assert take().acts == {"same": 2}


def test_pages_without_a_file_are_left_alone(
    folder: Path, take: Take, story: Story, database: Database
) -> None:
    with database.begin() as session:
        make.page(session, path="other", text="Stays\n")
    write(folder, "aims.md", "One\n")
    take()
    (folder / "aims.md").unlink()
    take()
    assert {path: len(lines) for path, lines in story().items()} == {"aims": 1, "other": 1}


def test_the_author_is_who_is_named_else_the_first_administrator(
    folder: Path, take: Take, story: Story, database: Database
) -> None:
    with database.begin() as session:
        make.person(session, name="Bo", email="bo@example.org")
    write(folder, "aims.md", "One\n")
    take()
    write(folder, "aims.md", "Two\n")
    take(author="Bo@example.org")
    assert [line[2] for line in story()["aims"]] == ["ada@example.org", "bo@example.org"]
    with pytest.raises(NotFound, match="no active member"):
        take(author="nobody@example.org")


def test_without_anybody_to_be_the_author_nothing_is_taken(
    folder: Path, database: Database, story: Story
) -> None:
    write(folder, "aims.md", "One\n")
    wanted = WantedFolder(folder=folder)
    with pytest.raises(Invalid, match="no administrator yet"):
        service.import_markdown(database, wanted, now=make.NOON, progress=lambda *_: None)
    assert story() == {}


def test_pages_can_be_put_under_another(folder: Path, take: Take, story: Story) -> None:
    write(folder, "aims.md", "One\n")
    write(folder, "/".join("abcdefg") + "/deep.md", "Deep\n")
    report = take(under="Plans/2026")
    assert set(story()) == {"plans/2026/aims"}
    assert report.notes == [("a/b/c/d/e/f/g/deep.md", "file-name")]
    with pytest.raises(Invalid, match="meaning of its own"):
        take(under="edit")


def test_files_that_cannot_be_pages_are_named_and_the_rest_goes_on(
    folder: Path, tmp_path: Path, take: Take, story: Story
) -> None:
    write(folder, "good.md", "Good\n")
    write(folder, "latin.md", b"caf\xe9\n")
    write(folder, "zero.md", b"a\0b\n")
    write(folder, "large.md", "x" * 500_001)
    write(folder, "largest.md", "x" * 500_000)
    write(folder, "Good.markdown", "The same page\n")
    write(folder, "edit.md", "A door\n")
    write(folder, "---.md", "No name\n")
    write(folder, ".hidden.md", "Hidden\n")
    write(folder, ".git/inside.md", "Hidden deeper\n")
    write(folder, "picture.png", b"\x89PNG")
    (folder / os.fsdecode(b"caf\xe9.md")).write_bytes(b"Odd name\n")
    (tmp_path / "secret.md").write_text("Secret\n")
    (folder / "out.md").symlink_to(tmp_path / "secret.md")
    (folder / "all").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.md")
    report = take()
    assert {path: lines[0][3][:9] for path, lines in story().items()} == {
        "good": "The same ",
        "largest": "xxxxxxxxx",
        "edit-page": "A door\n",
    }
    assert sorted(report.notes) == [
        ("---.md", "file-name"),
        (".hidden.md", "hidden"),
        ("all", "link"),
        ("caf?.md", "file-name"),
        ("edit.md is edit-page", "door"),
        ("good.md beside Good.markdown", "collides"),
        ("large.md", "size"),
        ("latin.md", "encoding"),
        ("out.md", "link"),
        ("pipe.md", "unreadable"),
        ("zero.md", "encoding"),
    ]
    assert report.other_files == {".png": 1}


def test_files_are_taken_in_stretches_and_a_stop_loses_only_the_last(
    folder: Path, take: Take, story: Story, monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    monkeypatch.setattr(markdown_folder, "AT_ONCE", 2)
    for number in range(5):
        write(folder, f"page-{number}.md", f"Number {number} zebra\n")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    wanted = WantedFolder(folder=folder)
    now = make.NOON + timedelta(days=1)
    with pytest.raises(KeyboardInterrupt):
        service.import_markdown(database, wanted, now=now, progress=stop)
    assert len(story()) == 2
    assert take().acts == {"create": 3, "same": 2}
    with database.reading() as session:
        assert search(session, "zebra", sight=EVERYTHING).total == 5


def test_there_must_be_a_folder(folder: Path, take: Take) -> None:
    folder.rmdir()
    with pytest.raises(Invalid, match="no folder"):
        take()


def run(database: Database, *arguments: str) -> Result:
    return CliRunner().invoke(bring_in, ["markdown", *arguments], obj=database)


def test_the_command_says_a_line_for_each_file_that_was_not_taken(
    folder: Path, database: Database, admin: Person
) -> None:
    write(folder, "aims.md", "One\n")
    write(folder, "latin.md", b"\xff")
    write(folder, "new.md", "A door\n")
    write(folder, "a.png", b"")
    result = run(database, str(folder), "--author", admin.email)
    assert result.exit_code == 3
    said = result.stdout.splitlines()
    assert said[:3] == [
        "Not taken: latin.md: the file is no UTF-8 text",
        "Named otherwise: new.md is new-page: the wiki itself uses that name",
        "Left where they are because they are no Markdown: 1 .png",
    ]
    assert said[3].startswith("3 files in ")
    assert said[3].endswith(" s: 2 made, 1 not taken.")
    assert "files" in result.stderr


def test_a_program_reads_what_was_taken(folder: Path, database: Database, admin: Person) -> None:
    write(folder, "aims.md", "One\n")
    facts = json.loads(run(database, str(folder), "--json", "--author", admin.email).stdout)
    assert (facts["files"], facts["acts"], facts["notes"]) == (1, {"create": 1}, [])
    (folder / "aims.md").write_bytes(b"\xff")
    refused = run(database, str(folder), "--json", "--author", admin.email)
    assert refused.exit_code == 3
    assert json.loads(refused.stdout)["notes"] == [["aims.md", "encoding"]]


def test_what_is_made_and_what_is_not_taken_are_all_the_files(
    folder: Path, database: Database, admin: Person
) -> None:
    for name in ("aims.md", "means.md", ".notes.md"):
        write(folder, name, "One\n")
    (folder / "elsewhere.md").symlink_to(folder / "aims.md")
    result = run(database, str(folder), "--author", admin.email)
    assert result.exit_code == 3
    said = result.stdout.splitlines()
    assert said[-1].startswith("4 files in ")
    assert said[-1].endswith(" s: 2 made, 2 not taken.")


def test_a_folder_that_was_taken_whole_is_a_success(
    folder: Path, database: Database, admin: Person
) -> None:
    write(folder, "new.md", "A door\n")
    result = run(database, str(folder), "--author", admin.email)
    assert "Named otherwise" in result.stdout
    assert result.exit_code == 0

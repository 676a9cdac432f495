"""The pages as files in a folder, kept up to date, and brought into a wiki again."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from tests import make
from tests.integration.transfer import eventful
from tests.integration.transfer.telling import living
from wiki.errors import Busy, Invalid
from wiki.pages import service as pages
from wiki.pages.models import Page, Revision
from wiki.storage.engine import Database
from wiki.transfer import service
from wiki.transfer.commands import take_out
from wiki.transfer.rules import manifest
from wiki.transfer.service import MarkdownExport, WantedFolder, export_place, markdown_export

Export = Callable[[], MarkdownExport]
LATER = make.NOON + timedelta(days=900)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return a folder that does not exist yet."""
    return tmp_path / "out"


@pytest.fixture
def export(database: Database, out: Path) -> Export:
    """Return a function that exports the pages into `out`, each time a day later."""
    days: list[int] = []

    def export() -> MarkdownExport:
        days.append(1)
        now = LATER + timedelta(days=len(days))
        return service.export_markdown(database, out, now=now, progress=lambda *_: None)

    return export


def texts(database: Database) -> dict[str, bytes]:
    query = sa.select(Page.path, Revision.text_sha).join(Revision, Revision.id == Page.head_id)
    with database.reading() as session:
        rows = session.execute(query.where(Page.deleted_at.is_(None))).all()
        return {path: pages.text_of(session, sha).encode() for path, sha in rows}


def files(folder: Path) -> dict[str, bytes]:
    return {
        place.relative_to(folder).as_posix(): place.read_bytes()
        for place in folder.rglob("*")
        if place.is_file() and not place.name.startswith(".")
    }


def change(database: Database, at: str, text: str | None, **changes: Any) -> None:
    with database.begin() as session:
        page = session.scalars(sa.select(Page).where(Page.path == at)).one()
        make.revision(session, page, text, **changes)  # type: ignore[arg-type]


def test_each_living_page_is_a_file_byte_for_byte(
    database: Database, export: Export, out: Path
) -> None:
    eventful.fill(database)
    with database.begin() as session:
        make.page(session, path="crlf", text="One\r\nTwo\rThree")
        make.page(session, path="crlf/below", text="")
    report = export()
    found = files(out)
    assert {
        name.removesuffix(".md").replace(".md-/", ".md/"): data for name, data in found.items()
    } == (texts(database))
    assert found["crlf.md"] == b"One\r\nTwo\rThree"
    assert found["crlf/below.md"] == b""
    assert (report.pages, report.written, report.removed) == (len(found), len(found), 0)


def test_importing_the_folder_gives_the_same_pages(
    database: Database, export: Export, out: Path, second: Database
) -> None:
    eventful.fill(database)
    export()
    with second.begin() as session:
        make.person(session, role="admin")
    taken = service.import_markdown(
        second, WantedFolder(folder=out), now=LATER, progress=lambda *_: None
    )
    assert taken.notes == []
    assert texts(second) == texts(database)


def test_what_was_changed_in_an_exported_folder_comes_back_beside_what_was_written_here(
    database: Database, export: Export, out: Path
) -> None:
    both = "# Aims\n\nHear everybody.\n\nTell them what became of it.\n"
    with database.begin() as session:
        author = make.person(session, role="admin")
        for path in ("aims", "means", "ends"):
            make.page(session, path=path, text=both, author=author)
    export()
    (out / "aims.md").write_text(both.replace("everybody", "everyone"))
    (out / "means.md").write_text(both.replace("everybody", "everyone"))
    change(database, "means", both.replace("became", "has come"))
    change(database, "ends", "Written here\n")
    wanted = WantedFolder(folder=out)
    taken = service.import_markdown(database, wanted, now=LATER, progress=lambda *_: None)
    assert taken.acts == {"edit": 1, "merge": 1, "same": 1}
    assert texts(database) == {
        "aims": both.replace("everybody", "everyone").encode(),
        "means": both.replace("everybody", "everyone").replace("became", "has come").encode(),
        "ends": b"Written here\n",
    }
    report = export()
    assert report.left == ["means.md: somebody has changed it or put it there since"]


def test_again_writes_what_changed_and_removes_what_is_gone(
    database: Database, export: Export, out: Path
) -> None:
    with database.begin() as session:
        for path in ("aims", "means", "deep/down/here", "deep"):
            make.page(session, path=path, text=f"{path}\n")
    export()
    untouched = (out / "means.md").stat().st_mtime_ns
    change(database, "aims", "Changed\n")
    change(database, "deep/down/here", None, kind="delete")
    report = export()
    assert (report.written, report.removed, report.left) == (1, 1, [])
    assert set(files(out)) == {"aims.md", "means.md", "deep.md"}
    assert not (out / "deep").exists()
    assert (out / "means.md").stat().st_mtime_ns == untouched
    report = export()
    assert (report.written, report.removed) == (0, 0)


def test_files_of_others_are_left_alone_and_named(
    database: Database, export: Export, out: Path
) -> None:
    with database.begin() as session:
        for path in ("aims", "means"):
            make.page(session, path=path, text=f"{path}\n")
    export()
    (out / "aims.md").write_text("My own\n")
    (out / "new-page.md").write_text("Mine too\n")
    (out / "letter.txt").write_text("Dear all\n")
    with database.begin() as session:
        make.page(session, path="new-page", text="Made in the wiki\n")
    change(database, "aims", None, kind="delete")
    for _ in range(2):
        assert sorted(export().left) == [
            "aims.md: somebody has changed it or put it there since",
            "new-page.md: somebody has changed it or put it there since",
        ]
    assert files(out) == {
        "aims.md": b"My own\n",
        "means.md": b"means\n",
        "new-page.md": b"Mine too\n",
        "letter.txt": b"Dear all\n",
    }
    (out / "new-page.md").unlink()
    assert export().written == 1


def test_nothing_outside_the_folder_is_touched(
    database: Database, export: Export, out: Path, tmp_path: Path
) -> None:
    with database.begin() as session:
        make.page(session, path="aims/first", text="First\n")
        make.page(session, path="means", text="Means\n")
    export()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "first.md").write_text("First\n")
    (outside / "means.md").write_text("Means\n")
    (out / "aims/first.md").unlink()
    (out / "aims").rmdir()
    (out / "aims").symlink_to(outside)
    (out / "means.md").unlink()
    (out / "means.md").symlink_to(outside / "means.md")
    (out / ".manyhands-part").symlink_to(outside / "means.md")
    marker = out / manifest.NAME
    facts = json.loads(marker.read_text())
    facts["files"]["../outside/first.md"] = facts["files"]["aims/first.md"]
    facts["files"][str(outside / "first.md")] = facts["files"]["aims/first.md"]
    marker.write_text(json.dumps(facts))
    change(database, "aims/first", "Changed\n")
    change(database, "means", None, kind="delete")
    assert len(export().left) == 2
    assert files(outside) == {"first.md": b"First\n", "means.md": b"Means\n"}


def test_an_export_that_is_stopped_is_completed_by_the_next(
    database: Database, export: Export, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.begin() as session:
        for number in range(5):
            make.page(session, path=f"page-{number}", text=f"{number}\n")
    export()
    for number in range(5):
        change(database, f"page-{number}", f"{number} changed\n")
    change(database, "page-4", None, kind="delete")
    monkeypatch.setattr(markdown_export, "AT_ONCE", 2)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        service.export_markdown(database, out, now=LATER, progress=stop)
    report = export()
    assert (report.written, report.left) == (2, [])
    assert files(out) == {
        f"page-{number}.md": f"{number} changed\n".encode() for number in range(4)
    }


def test_a_folder_that_is_no_export_is_refused(export: Export, out: Path) -> None:
    out.mkdir()
    (out / "letter.md").write_text("Dear all\n")
    with pytest.raises(Invalid, match="not exported from here"):
        export()
    assert set(files(out)) == {"letter.md"}


def test_two_exports_into_one_folder_wait_for_each_other(export: Export, out: Path) -> None:
    with export_place.claimed(out, manifest.NAME), pytest.raises(Busy):
        export()


def test_a_name_that_is_too_long_for_the_disk_is_named(
    database: Database, export: Export, out: Path
) -> None:
    with database.begin() as session:
        make.page(session, path="\u4e16" * 100, text="Long\n")
        make.page(session, path="short", text="Short\n")
    report = export()
    assert set(files(out)) == {"short.md"}
    assert "cannot be written" in report.left[0]


def test_a_file_where_a_folder_should_be_is_named(
    database: Database, export: Export, out: Path
) -> None:
    with database.begin() as session:
        make.page(session, path="short", text="Short\n")
    export()
    (out / "aims").write_text("A file\n")
    with database.begin() as session:
        make.page(session, path="aims/first", text="First\n")
    assert [line.partition(":")[0] for line in export().left] == ["aims/first.md"]
    assert files(out) == {"aims": b"A file\n", "short.md": b"Short\n"}


def test_the_command_says_what_it_did(database: Database, out: Path) -> None:
    with database.begin() as session:
        make.page(session, path="aims", text="One\n")
    CliRunner().invoke(take_out, ["markdown", str(out)], obj=database)
    (out / "aims.md").write_text("Mine\n")
    result = CliRunner().invoke(take_out, ["markdown", str(out)], obj=database)
    left, last = result.stdout.splitlines()
    assert left.startswith("Left alone: aims.md: somebody has changed it")
    assert last.startswith("out holds 1 page: 0 files written and 0 removed in ")
    facts = CliRunner().invoke(take_out, ["markdown", str(out), "--json"], obj=database)
    assert json.loads(facts.stdout)["pages"] == len(living(database))

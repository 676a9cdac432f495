"""What a file of a folder means for its page, and what an export remembers of its files."""

from datetime import UTC, datetime

import pytest

from wiki.transfer.rules import folder, folder_report, manifest
from wiki.transfer.rules.files import Place
from wiki.transfer.rules.folder import Decision, Found
from wiki.transfer.rules.folder_report import FolderReport
from wiki.transfer.rules.manifest import Manifest

BASE = "Hear everybody.\n\nAsk them twice.\n"
THEIRS = BASE.replace("twice", "three times")
MINE = BASE.replace("everybody", "everyone")
SHA, OTHER = "a" * 64, "b" * 64
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        (MINE, None, Decision("create", MINE)),
        (BASE, Found(head=BASE), Decision("same")),
        (MINE, Found(head=BASE, base=BASE), Decision("edit", MINE)),
        (BASE, Found(head=THEIRS, base=BASE, is_new=False), Decision("same")),
        (MINE, Found(head=THEIRS), Decision("skip", reason="other-text")),
        (
            MINE,
            Found(head=THEIRS, base=BASE),
            Decision("merge", MINE.replace("twice", "three times")),
        ),
        (BASE, Found(head=THEIRS, base=BASE), Decision("same")),
        ("Else\n", Found(head=THEIRS, base=BASE), Decision("skip", reason="clash")),
        (MINE, Found(head=BASE, is_deleted=True), Decision("skip", reason="deleted-here")),
    ],
)
def test_no_words_of_the_wiki_are_lost_to_a_file(
    text: str, found: Found | None, expected: Decision
) -> None:
    assert folder.decide(text, found, is_forced=False) == expected


def test_forced_a_file_goes_on_top_of_whatever_there_is() -> None:
    assert folder.decide(MINE, Found(head=THEIRS), is_forced=True) == Decision("edit", MINE)
    deleted = Found(head=THEIRS, is_deleted=True)
    assert folder.decide(MINE, deleted, is_forced=True) == Decision("undelete", MINE)
    assert folder.decide(MINE, Found(head=MINE), is_forced=True) == Decision("same")


def test_a_page_stands_under_another_one_or_nowhere() -> None:
    assert folder.place_under("Aims.md", "") == Place("aims")
    assert folder.place_under("Aims.md", "plans") == Place("plans/aims")
    assert folder.place_under("new.md", "plans") == Place("plans/new-page", "door")
    assert folder.place_under("---.md", "plans") is None
    assert folder.place_under("a/b/c/d/e/f/g/h.md", "plans") is None


def test_a_manifest_is_read_as_it_was_written() -> None:
    found = Manifest(NOON, {"aims.md": (SHA,), "caf\u00e9.md": (SHA, OTHER)})
    assert manifest.read(manifest.written(found)) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"files": {}}',
        '{"exported_at": 3, "files": {}}',
        '{"exported_at": "2026-03-02T12:00:00", "files": {}}',
        '{"exported_at": "2026-03-02T12:00:00+00:00", "files": []}',
        '{"exported_at": "2026-03-02T12:00:00+00:00", "files": {"a.md": 3}}',
        '{"exported_at": "2026-03-02T12:00:00+00:00", "files": {"a.md": ["x"]}}',
        '{"exported_at": "2026-03-02T12:00:00+00:00", "files": {"a.md": [3]}}',
    ],
)
def test_what_is_no_manifest_tells_of_nothing(text: str) -> None:
    assert manifest.read(text) == Manifest()


def test_while_an_export_runs_a_file_may_be_the_old_or_the_new_one() -> None:
    old = Manifest(NOON, {"aims.md": (OTHER,), "gone.md": (SHA,)})
    later = NOON.replace(year=2027)
    assert manifest.joined(old, {"aims.md": SHA, "new.md": SHA}, later) == Manifest(
        later, {"aims.md": (SHA, OTHER), "gone.md": (SHA,), "new.md": (SHA,)}
    )


def test_each_file_that_was_not_taken_has_its_sentence() -> None:
    report = FolderReport(files=9, other_files={".png": 2})
    for reason in folder_report.REASONS:
        report.note(reason, f"{reason}\udce9.md")
    report.note("door", "new.md is new-page")
    said = list(folder_report.lines(report))
    assert len(said) == len(folder_report.REASONS) + 2
    assert "Not taken: size?.md: the file holds more than 500 kB" in said
    assert "Named otherwise: new.md is new-page: the wiki itself uses that name" in said


def test_the_last_line_counts_what_was_done() -> None:
    report = FolderReport(files=6, other_files={}, seconds=1.25)
    assert folder_report.last_line(report) == "6 files in 1.2 s: no pages."
    for act in ("create", "create", "edit", "same", "skip"):
        report.count(act)
    report.note("clash", "aims.md")
    assert folder_report.last_line(report) == (
        "6 files in 1.2 s: 2 made, 1 changed, 1 already there, 1 not taken."
    )
    assert report.revisions() == 3
    assert folder_report.as_json(report)["acts"] == report.acts

"""Which pages a commit's files are, and where they stand."""

import pytest

from wiki.text.paths import PATH_LIMIT, SEGMENT_LIMIT, refusal
from wiki.transfer.rules import files
from wiki.transfer.rules.files import Place
from wiki.transfer.rules.git_log import Change


def changed(kind: str, file: str, old_file: str = "") -> Change:
    return Change(kind, file, "100644", "b", "a", old_file)


@pytest.mark.parametrize(
    ("file", "place"),
    [
        ("aims.md", Place("aims")),
        ("docs/First Steps.MARKDOWN", Place("docs/first-steps")),
        ("docs/README.md", Place("docs/readme")),
        ("docs/history.md", Place("docs/history-page", "door")),
        ("history/aims.md", Place("history-page/aims", "door")),
        ("/".join("abcdefghij") + ".md", Place("j", "name")),
        ("!!!.md", None),
    ],
)
def test_a_page_stands_where_its_file_lies(file: str, place: Place | None) -> None:
    assert files.place_of(file, "") == place


def test_a_folder_taken_alone_is_not_part_of_the_paths() -> None:
    assert files.place_of("docs/en/aims.md", "docs") == Place("en/aims")


def test_a_name_far_too_long_still_gives_a_path() -> None:
    place = files.place_of(f"{'long-' * 60}.md", "")
    assert place is not None
    assert refusal(place.path) is None


def test_taken_paths_get_the_next_number() -> None:
    assert files.numbered("aims", ["goals"]) == "aims"
    assert files.numbered("aims", ["aims", "aims-2"]) == "aims-3"


def test_a_number_fits_at_the_end_of_the_longest_path() -> None:
    path = "/".join(["a" * (SEGMENT_LIMIT - 1), "b" * SEGMENT_LIMIT, "c" * (PATH_LIMIT - 241)])
    assert refusal(path) is None
    assert refusal(files.numbered(path, [path])) is None
    assert files.numbered(path, [path]) != path


def test_files_that_are_no_markdown_or_lie_elsewhere_are_left_out() -> None:
    changes = [changed("M", "docs/a.md"), changed("M", "docs/a.txt"), changed("M", "b.md")]
    assert [one.file for one in files.pages_changed(changes, "docs")] == ["docs/a.md"]


def test_what_leaves_the_folder_is_gone_and_what_comes_in_is_new() -> None:
    changes = [changed("R", "old/a.md", "docs/a.md"), changed("R", "docs/b.md", "drafts/b.md")]
    found = [(one.kind, one.file, one.old_file) for one in files.pages_changed(changes, "docs")]
    assert found == [("D", "docs/a.md", ""), ("A", "docs/b.md", "")]


def test_pages_go_before_others_move_and_move_before_others_come() -> None:
    changes = [changed("A", "a.md"), changed("R", "b.md", "c.md"), changed("D", "d.md")]
    assert [one.kind for one in files.pages_changed(changes, "")] == ["D", "R", "A"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Café\r\n".encode(), ("", "Café\r\n")),
        ("Café".encode("latin-1"), ("encoding", None)),
        (b"a\0b", ("encoding", None)),
        (None, ("size", None)),
    ],
)
def test_only_utf8_of_a_fair_size_can_be_read(
    data: bytes | None, expected: tuple[str, str | None]
) -> None:
    assert files.readable(data) == expected


@pytest.mark.parametrize("written", ["docs", "docs/", "/docs", "./docs", "docs\\"])
def test_a_folder_may_be_written_with_slashes_around_it(written: str) -> None:
    assert files.checked_folder(written) == "docs"

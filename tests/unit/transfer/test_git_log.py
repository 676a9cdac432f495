"""Reading what git log prints."""

from collections.abc import Iterator

import pytest

from wiki.transfer.rules import git_log
from wiki.transfer.rules.git_log import Change, Commit

ZERO, OLD, NEW = "0" * 40, "a" * 40, "b" * 40


def printed(*changes: str, message: str = "Say more", commit: str = "c" * 40) -> bytes:
    header = f"{commit}\0Ada Patel\0ada@example.org\x001750000000\0{message}\n\0"
    return (header + ("\n" if changes else "") + "".join(changes)).encode(
        "utf-8", "surrogateescape"
    )


def change(status: str, *names: str, old: str = OLD, new: str = NEW) -> str:
    return f":100644 100644 {old} {new} {status}\0" + "".join(f"{name}\0" for name in names)


def read(data: bytes, *, at_once: int = 1 << 16) -> list[Commit]:
    def chunks() -> Iterator[bytes]:
        for start in range(0, len(data), at_once):
            yield data[start : start + at_once]

    return list(git_log.commits(chunks()))


@pytest.mark.parametrize("at_once", [1, 7, 1 << 16])
def test_commits_are_read_however_the_stream_is_cut(at_once: int) -> None:
    data = printed(change("A", "aims.md")) + printed() + printed(change("R090", "a.md", "b.md"))
    found = read(data, at_once=at_once)
    assert [[one.kind for one in commit.changes] for commit in found] == [["A"], [], ["R"]]
    assert found[2].changes[0] == Change("R", "b.md", "100644", NEW, OLD, "a.md")


def test_a_message_may_look_like_a_change() -> None:
    message = f"Sly\n\n:100644 100644 {OLD} {NEW} M"
    found = read(printed(change("M", "aims.md"), message=message) + printed())
    assert [commit.message for commit in found] == [message, "Say more"]


def test_names_that_are_no_utf8_are_found_out() -> None:
    found = read(printed(change("A", "caf\udce9.md")))
    assert not git_log.is_readable(found[0].changes[0].file)
    assert git_log.is_readable("café.md")


@pytest.mark.parametrize("seconds", ["-5", "99999999999999", "x"])
def test_a_clock_that_was_wrong_gives_a_moment_that_can_be_stored(seconds: str) -> None:
    found = read(printed().replace(b"1750000000", seconds.encode()))
    assert found[0].made_at.year == 1970


def test_a_file_copied_from_one_rewritten_is_that_file_moved() -> None:
    found = read(printed(change("M100", "a.md"), change("C100", "a.md", "b.md")))
    kinds = {(one.kind, one.old_file, one.file) for one in found[0].changes}
    assert kinds == {("R", "a.md", "b.md"), ("A", "", "a.md")}


def test_a_plain_copy_is_a_new_file() -> None:
    found = read(printed(change("R090", "a.md", "c.md"), change("C090", "a.md", "b.md")))
    kinds = {(one.kind, one.old_file, one.file) for one in found[0].changes}
    assert kinds == {("R", "a.md", "c.md"), ("A", "", "b.md")}


def test_a_stream_that_ends_early_gives_the_commits_that_are_whole() -> None:
    assert read(b"") == []
    whole = printed(change("A", "aims.md"))
    assert read(whole + printed()[:60]) == read(whole)


def test_the_last_commit_needs_no_zero_byte_at_its_end() -> None:
    assert read(printed()[:-1]) == read(printed())

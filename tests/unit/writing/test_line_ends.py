"""A browser sends every line end as CRLF; the page keeps its own."""

import pytest

from wiki.writing.rules.line_ends import as_in


def sent(text: str) -> str:
    """Return `text` as a browser sends it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")


@pytest.mark.parametrize(
    "page",
    [
        "one\ntwo\n",
        "one\r\ntwo\r\n",
        "one\r\ntwo\nthree\r\n",
        "one\r\n\r\ntwo\n\nthree",
        "one\rtwo\nthree\r\n",
        "",
        "no line end",
    ],
)
def test_a_page_sent_back_as_it_was_changes_no_byte(page: str) -> None:
    assert as_in(sent(page), page) == page


def test_only_the_line_that_was_touched_takes_the_usual_line_end() -> None:
    assert as_in("one\r\ntwo, more\r\nthree\r\n", "one\r\ntwo\nthree\r\n") == (
        "one\r\ntwo, more\nthree\r\n"
    )
    assert as_in("a\r\nnew\r\nb\r\nc\r\n", "a\nb\nc\r\n") == "a\nnew\nb\nc\r\n"
    assert as_in("a\r\nnew\r\nb\r\nc\r\n", "a\r\nb\r\nc\n") == "a\r\nnew\r\nb\r\nc\n"


def test_a_new_page_has_plain_line_ends() -> None:
    assert as_in("one\r\ntwo\r\n", "") == "one\ntwo\n"


def test_two_line_ends_never_become_one() -> None:
    assert as_in("one\r\n\r\n", "one\r") == "one\n\n"
    assert as_in("one\r\n\r\ntwo", "one\rx\ntwo") == "one\n\ntwo"

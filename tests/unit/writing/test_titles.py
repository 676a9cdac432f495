"""A title changed where it stands: the line of the title, and no other."""

from contextlib import suppress

import pytest

from wiki.errors import Invalid
from wiki.pages.rules import title as title_of
from wiki.writing.rules.titles import titled, with_title


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\ntitle: Aims\nlang: en\n---\nText\n", "---\ntitle: New\nlang: en\n---\nText\n"),
        ("---\nlang: en\ntitle: 'It''s'\n---\n", "---\nlang: en\ntitle: New\n---\n"),
        ('---\r\ntitle: "A: b"\r\n---\r\n# A: b\r\n', "---\r\ntitle: New\r\n---\r\n# A: b\r\n"),
        ("---\ntitle: >\n  A long\n  one\nlang: en\n---\n", "---\ntitle: New\nlang: en\n---\n"),
        ("---\ntags: [a]\n---\n\n# Aims #\n\nText", "---\ntags: [a]\n---\n\n# New #\n\nText"),
        ("# Aims\n\n# Aims\n", "# New\n\n# Aims\n"),
        ("  ##  Aims\r\nText", "  ##  New\r\nText"),
        ("Aims\n====\n\nText", "New\n====\n\nText"),
        ("Aims and\nmore\r\n---\r\nText", "New\r\n---\r\nText"),
        ("Text without a title.", "# New\n\nText without a title."),
        ("Text\r\nmore", "# New\r\n\r\nText\r\nmore"),
        ("---\ntitle: Aims\ntitle: Goals\n---\n", "---\ntitle: Aims\ntitle: New\n---\n"),
        ("---\n{title: Aims}\n---\n", "---\n{title: New}\n---\n"),
        ("---\nlang: en\n---\nText", "---\nlang: en\n---\n\n# New\n\nText"),
        ("\nText", "# New\n\nText"),
        ("", "# New\n"),
    ],
)
def test_only_the_line_of_the_title_changes(before: str, after: str) -> None:
    assert with_title(before, "New", "aims") == after


@pytest.mark.parametrize(
    "title", ["It's #1: *all*", "C #", "[draft] _x_ `y`", "Écoute & <b>", "12", "true", "- x"]
)
@pytest.mark.parametrize("text", ["---\ntitle: Aims\n---\n", "# Aims\n", "Aims\n====\n", "Text"])
def test_signs_in_a_title_are_words(text: str, title: str) -> None:
    assert title_of(with_title(text, title, "aims"), "aims") == title


def test_a_title_that_is_there_already_changes_nothing() -> None:
    assert with_title("Text", "Our aims", "town/our-aims") == "Text"


@pytest.mark.parametrize("title", ["", "x" * 301])
def test_a_title_of_no_use_is_refused(title: str) -> None:
    with pytest.raises(Invalid, match="Give the page a title"):
        with_title("Text", title, "aims")


@pytest.mark.parametrize(
    "text",
    [
        "---\n{title: {a: b}, c: d}\n---\n",
        "---\nkey: a?: b\ntitle: Aims: more\n---\n",
        "---\ntitle: Aims\nkey: a\t: b, 'c\n---\n",
        "---\ntitle: Aims, [or]: 'so\nkey: a\n---\n",
        "---\ntitle: Aims\n---key: a\n---\n",
        "---\nkey: a\ntitle: a\u00a0b\u2003&c *d\n---\n",
    ],
)
def test_an_odd_block_of_fields_is_changed_rightly_or_refused(text: str) -> None:
    with suppress(Invalid):
        assert title_of(with_title(text, "New", "aims"), "aims") == "New"


def test_a_field_that_no_program_can_find_again_is_left_to_its_writer() -> None:
    with pytest.raises(Invalid, match="unusual way"):
        with_title("---\ntitle: Aims\nkey: a, 'b: c\nother: e\n---\n", "a\nb", "aims")


@pytest.mark.parametrize(
    ("typed", "called"),
    [
        ("Some words.\n", "# Café öffnung: what's next\n\nSome words.\n"),
        ("- a list\n", "# Café öffnung: what's next\n\n- a list\n"),
        ("# Another name\n\nWords.\n", "# Another name\n\nWords.\n"),
        ("---\ntitle: Another\n---\nWords.\n", "---\ntitle: Another\n---\nWords.\n"),
        ("\n", "\n"),
    ],
)
def test_a_new_page_keeps_the_name_it_was_given_unless_its_text_says_one(
    typed: str, called: str
) -> None:
    assert titled(typed, "Café öffnung: what's next", "cafe-offnung") == called


def test_a_new_page_without_a_fitting_name_is_called_after_its_address() -> None:
    assert titled("Words.\n", "", "aims") == "Words.\n"
    assert titled("Words.\n", "a" * 301, "aims") == "Words.\n"

"""Fields at the top of a page: taken apart, refused, written."""

import pytest

from wiki.text.frontmatter import SIZE_LIMIT, FieldValue, join, split


def test_fields_and_text_are_taken_apart() -> None:
    text = '---\ntitle:  "1. Our aims"\nlang: en\n---\nWords.\n'
    front = split(text)
    assert dict(front.fields) == {"title": "1. Our aims", "lang": "en"}
    assert front.body == "Words.\n"
    assert front.source + front.body == text


def test_known_fields_can_be_asked_for() -> None:
    front = split(
        "---\ntitle: Aims\nproblem: Nobody\n  writes\nowner: Housing\ntags: [a b, c, a b]\n"
        "nav_order: 2.5\nlang: fr\n---\n"
    )
    assert front.title == "Aims"
    assert front.problem == "Nobody writes"
    assert front.owner == "Housing"
    assert front.tags == ("a b", "c")
    assert front.order == 2.5
    assert front.lang == "fr"


def test_tags_may_stand_between_commas() -> None:
    assert split("---\ntags: open data,  trust ,\n---\n").tags == ("open data", "trust")


def test_order_goes_before_nav_order_and_must_be_a_number() -> None:
    assert split("---\nnav_order: 1\norder: 7\n---\n").order == 7
    assert split("---\norder: first\n---\n").order is None


def test_every_value_is_text() -> None:
    front = split("---\nmade: 2026-03-02\ndone: yes\nversion: 1.10\nnone: ~\nhex: 0x1F\n---\n")
    assert list(front.fields.values()) == ["2026-03-02", "yes", "1.10", "~", "0x1F"]


def test_parts_of_parts_become_words() -> None:
    front = split("---\npeople:\n  - name: Ana\n    role: [editor, member]\n---\n")
    assert front.fields["people"] == ("name: Ana, role: editor, member",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Words.",
        "---\n",
        "---\nWords.\n---\n",
        "---\n[never closed\n---\nWords.",
        "---\n\n---\nWords",
        "text\n---\ntitle: a\n---\n",
    ],
)
def test_text_without_fields_is_left_alone(text: str) -> None:
    front = split(text)
    assert (front.body, dict(front.fields), front.problem_sentence) == (text, {}, None)


@pytest.mark.parametrize(
    "block",
    [
        "title: [never closed",
        "title: 'never closed",
        "title: a: b: c",
        "a: &x [b]\nc: " + "[" + ", ".join(["*x"] * 600) + "]",
        "a: &a [*a]",
        "a: " + "[" * 5_000,
        "title: \x07",
    ],
)
def test_fields_that_cannot_be_read_are_shown_and_explained(block: str) -> None:
    text = f"---\n{block}\n---\nWords."
    front = split(text)
    assert front.body == text
    assert not front.fields
    assert "could not be read as fields" in (front.problem_sentence or "")


def test_objects_of_the_language_are_never_made() -> None:
    front = split("---\na: !!python/object/apply:os.system ['true']\n---\n")
    assert front.fields == {"a": ("true",)}


def test_a_block_that_is_too_long_is_text() -> None:
    text = "---\n" + "a: b\n" * SIZE_LIMIT + "---\nWords."
    assert split(text).body == text


def test_windows_line_ends_and_a_byte_order_mark_are_read() -> None:
    front = split("\ufeff---\r\ntitle: Aims\r\n---\r\nWords.\r\n")
    assert front.title == "Aims"
    assert front.body == "Words.\r\n"


def test_fields_are_written_in_a_fixed_order() -> None:
    fields: dict[str, FieldValue] = {
        "layout": "wide",
        "tags": ("a b", "c: d"),
        "title": "Aims: all",
        "owner": "",
    }
    assert join(fields, "Words.\n") == (
        '---\ntitle: "Aims: all"\ntags: [a b, "c: d"]\nlayout: wide\n---\nWords.\n'
    )


def test_no_fields_make_no_block() -> None:
    assert join({"title": ""}, "Words.") == "Words."

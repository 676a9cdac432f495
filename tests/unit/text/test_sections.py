"""Sections of a page, what they need, and the words of a page."""

import subprocess
from pathlib import Path

import pytest

from tests.shared_data import shared_data
from wiki.text import sections
from wiki.text.markdown import render

ENOUGH = "word " * sections.STUB_WORDS


def found(text: str) -> list[tuple[str, int, str | None]]:
    return [(part.heading, part.level, part.need) for part in sections.sections(text)]


def test_sections_are_told_with_their_place_in_the_text() -> None:
    text = f"---\ntitle: A\n---\nLead.\n\n## One\n{ENOUGH}\n\n### Two\n{ENOUGH}\n## Three\n{ENOUGH}"
    parts = sections.sections(text)
    assert [(part.heading, part.level, part.start, part.end) for part in parts] == [
        ("One", 2, 5, 10),
        ("Two", 3, 8, 10),
        ("Three", 2, 10, 12),
    ]
    assert [part.words for part in parts] == [25, 25, 25]
    assert [part.anchor for part in parts] == ["s-one", "s-two", "s-three"]


@pytest.mark.parametrize(
    ("below", "need"),
    [
        ("", "empty"),
        ("<div>\n\n<!-- words -->\n\n</div>", "empty"),
        ("**[TODO: Add introductory text]**", "placeholder"),
        ("**\\[TODO: Ajouter le texte\\]**", "placeholder"),
        (f"{ENOUGH}\n\nDate: TBC\n", "placeholder"),
        ("To be written.", "placeholder"),
        ("- *à compléter*", "placeholder"),
        ("[À FAIRE : le texte]", "placeholder"),
        ("Lorem ipsum dolor sit amet", "placeholder"),
        ("Only a few words.", "stub"),
        (ENOUGH, None),
        ("- a list\n- of two", None),
        ("|a|b|\n|-|-|\n|c|d|", None),
        ("a | b\n--|--\nc | d", None),
        ("### Below\n\n" + ENOUGH, None),
        (f"{ENOUGH} the report to be written by the team", None),
        (f"{ENOUGH} todo lists are fine", None),
        ("![a picture](a.png)", None),
    ],
)
def test_sections_that_need_words_are_known(below: str, need: str | None) -> None:
    assert sections.sections(f"x\n\n## Section\n\n{below}\n")[0].need == need


def test_a_section_whose_subsections_are_empty_is_empty_too() -> None:
    assert found("x\n\n## One\n\n### Two\n\n## Three\n") == [
        ("One", 2, "empty"),
        ("Two", 3, "empty"),
        ("Three", 2, "empty"),
    ]


def test_a_page_without_headings_is_one_section() -> None:
    assert found("Only a few words.") == [("", 0, "stub")]
    assert found("") == [("", 0, "empty")]


def test_a_placeholder_before_the_first_heading_is_found() -> None:
    assert found(f"[TODO: begin]\n\n## One\n\n{ENOUGH}") == [
        ("", 0, "placeholder"),
        ("One", 2, None),
    ]


def test_headings_of_both_kinds_are_found_and_others_are_not() -> None:
    text = (
        "One\n===\n\nTwo\nlines\n-----\n\n- item\n---\n\n> # quoted\n\n```\n# code\n```\n\n"
        "<!--\n# comment\n-->\n\n#tag\n\n    # indented\n\n####### seven\n\n### Three ###\n"
    )
    assert [(part.heading, part.level) for part in sections.sections(text)] == [
        ("One", 1),
        ("Two lines", 2),
        ("Three", 3),
    ]


@pytest.mark.parametrize("above", ["<div>", "Words.\n***", "<!-- a\ncomment -->"])
def test_an_underlined_heading_begins_below_what_ends_a_paragraph(above: str) -> None:
    text = f"{above}\nOur aims\n--------\n\n{ENOUGH}"
    (part,) = sections.sections(text)
    assert (part.heading, part.start) == ("Our aims", above.count("\n") + 1)
    assert [heading.text for heading in render(text, path="a").headings] == ["Our aims"]


def test_an_anchor_that_another_heading_took_is_not_given_again() -> None:
    text = "x\n\n## Aims\n\n## Aims 2\n\n## Aims\n"
    anchors = ["s-aims", "s-aims-2", "s-aims-3"]
    assert [part.anchor for part in sections.sections(text)] == anchors
    assert [heading.anchor for heading in render(text, path="a").headings] == anchors


def test_signs_without_width_leave_no_trace_in_an_anchor() -> None:
    (part,) = sections.sections(f"x\n\n## Où\u200c aller\u200b?\n\n{ENOUGH}")
    assert part.anchor == "s-où-aller"


def test_anchors_are_those_of_the_rendered_page() -> None:
    text = (
        "# Title\n\n## A *b* [c](d)\n\n## A b c\n\n## `x_y` &amp; z\n\n## 1.1 Où?\n\nText\n----\n"
    )
    rendered = [heading.anchor for heading in render(text, path="a").headings]
    assert [part.anchor for part in sections.sections(text)] == ["", *rendered]


def test_the_title_is_the_field_or_the_heading_that_opens_the_page() -> None:
    assert sections.title_of("---\ntitle: Aims\n---\n# Other\n") == "Aims"
    assert sections.title_of("<div>\n\n# Our *aims*\n") == "Our aims"
    assert sections.title_of("Words.\n\n# Later\n") is None
    assert sections.title_of("## Second level\n") is None


def test_plain_text_has_the_words_and_nothing_else() -> None:
    text = (
        "---\ntitle: T\n---\n# Our *aims*\n\n<div class=a>\n\n- [ ] **one** [two](http://x.org)\n"
        "> 3. `four` &amp; five[^1]\n\n|a|b|\n|-|-|\n|c|d|\n\n```py\ncode()\n```\n\n"
        "[^1]: note\n\n[ref]: http://y.org\n<!-- hidden\n\nwords -->\n"
        "{% tag %}\\*star\\* [[Page|six]]\n"
    )
    assert " ".join(sections.plain_text(text).split()) == (
        "Our aims one two four & five a b c d code() note *star* six"
    )


def test_the_summary_is_the_first_real_paragraph() -> None:
    text = "# T\n\n**Guidelines:**\n\n[TODO: a]\n\n- a list\n\nWe *listen* to [people](a).\n\nMore."
    assert sections.summary(text) == "We listen to people."
    assert sections.summary("# T\n\n- a\n") == ""


def test_a_long_summary_is_cut_at_a_word() -> None:
    summary = sections.summary("word, " * 100, limit=23)
    assert summary == "word, word, word…"
    assert len(summary) <= 23


@pytest.mark.parametrize("bundle", ["playbook.bundle", "open-data-policy.bundle"])
def test_anchors_agree_on_every_page_of_a_real_strategy(bundle: str, tmp_path: Path) -> None:
    source = shared_data(bundle, checks="anchors of real pages")
    subprocess.run(["git", "clone", "-q", source, tmp_path / "real"], check=True)  # noqa: S607
    pages = sorted((tmp_path / "real").rglob("*.md"))
    assert len(pages) > 20
    for page in pages:
        text = page.read_text()
        rendered = render(text, path="en/page")
        assert rendered.trouble is None
        anchors = [part.anchor for part in sections.sections(text) if part.anchor]
        assert anchors == [heading.anchor for heading in rendered.headings]

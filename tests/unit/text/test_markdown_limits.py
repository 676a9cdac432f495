"""No text keeps the renderer busy for long; what is too much is shown as it was typed."""

import sys
from collections.abc import Callable

import pytest

from tests.unit.text.markdown_corpus import CORPUS
from wiki.text import sections
from wiki.text.markdown import fragment, limits, render, to_html

SCANNERS: tuple[Callable[[str], object], ...] = (
    sections.sections,
    sections.plain_text,
    sections.summary,
    sections.title_of,
)
SENTENCES = {value for name, value in vars(limits).items() if name.endswith("_SENTENCE")}
# What full sizes take is measured by bench/markdown.py; here a size at which an explosion shows
# by the time limit of the whole test.
SIZE = 12_000


@pytest.mark.parametrize("name", CORPUS)
def test_an_odd_text_becomes_a_page_or_is_shown_as_typed_with_the_reason(name: str) -> None:
    text = CORPUS[name]()
    text = text[:SIZE] + text[-200:]
    rendered = render(text, path="a/b")
    assert rendered.trouble is None or rendered.trouble in SENTENCES
    assert (rendered.trouble is not None) == ('<div class="plain-text">' in rendered.html)
    assert isinstance(to_html(text), str)
    for scan in SCANNERS:
        scan(text)


def test_a_page_over_the_size_limit_is_shown_as_typed() -> None:
    rendered = render("**word** & <b>\n" * 50_000, path="a")
    assert rendered.trouble == limits.SIZE_SENTENCE
    assert rendered.html.startswith(
        '<div class="plain-text"><pre>**word** &amp; &lt;b&gt;\n**word**'
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("> " * 60 + "a", limits.NESTING_SENTENCE),
        ("- " * 60 + "a", limits.NESTING_SENTENCE),
        ("|a" * 101 + "\n" + "|-" * 101, limits.COLUMN_SENTENCE),
        ("|a" * 90 + "\n" + "|-" * 90 + "\n|a" * 200, limits.CELL_SENTENCE),
        ("*" * 3_000, limits.RUN_SENTENCE),
        ("[" * 200_000, limits.SECONDS_SENTENCE),
    ],
)
def test_each_limit_is_explained(text: str, sentence: str) -> None:
    rendered = render(text, path="a")
    assert rendered.trouble == sentence
    assert "so the page is shown as plain text" in sentence
    assert '<div class="plain-text">' in to_html(text)


def test_signs_that_cost_the_cleaner_much_are_counted() -> None:
    assert limits.whole("&<" * 30_000) == "&<" * 30_000
    with pytest.raises(limits.TooMuch, match="too long to lay out"):
        limits.whole("&<" * 30_000 + '"')


def test_a_page_that_needs_more_stack_than_is_left_is_shown_as_typed() -> None:
    text = "> " * 15 + "**deep**"
    assert "<strong>deep</strong>" in render(text, path="a").html
    usual, frame, depth = sys.getrecursionlimit(), sys._getframe(), 0  # noqa: SLF001 - no other way
    while frame := frame.f_back:  # type: ignore[assignment]
        depth += 1
    sys.setrecursionlimit(depth + 30)
    try:
        rendered, plain, part = render(text, path="a"), to_html(text), fragment(text, path="a")
    finally:
        sys.setrecursionlimit(usual)
    assert rendered.trouble == limits.NESTING_SENTENCE
    assert rendered.html == plain == part
    assert "&gt; **deep**</pre>" in plain


def test_ordinary_nesting_and_tables_are_within_the_limits() -> None:
    nested = "".join("  " * level + "- a\n" for level in range(12))
    table = "|a" * 30 + "\n" + "|-" * 30 + "\n" + ("|a" * 30 + "\n") * 200
    rendered = render(f"{nested}\n\n{table}", path="a")
    assert rendered.trouble is None
    assert rendered.html.count("<li>") == 12
    assert rendered.html.count("<td>") == 6_000


def test_halves_of_characters_and_zero_bytes_do_no_harm() -> None:
    assert "a" in to_html("a \ud800 \x00 b")
    assert "\x00" not in render("- " * 60 + "a \ud800 \x00 b", path="a").html

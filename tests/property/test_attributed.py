"""Laws of pages marked by who wrote their words."""

import html
import re
from collections import Counter
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from wiki.text.attributed import attribute, looks_of, marked, who_wrote
from wiki.text.markdown import render
from wiki.text.tokens import tokens, words

LINES = [
    "",
    "",
    "---",
    "## {}",
    "{} {} *{}* {}, {}.",
    "{} [{} {}](x/{} '{}') {}",
    "![{}](x.png) **{}{}**",
    "- {} {}",
    "    - [x] {}",
    "1. {}",
    "| {} | {} |",
    "| - | - |",
    "```{}",
    "> {} `{}`",
    "{}[^{}]",
    "[^a]: {} {}",
    "{}[^a]",
    "<b>{}</b> <!-- {} -->",
    "{}_{} 👍🏽 é{}",
]
WORDS = ["we", "ask", "all", "été", "中", "1", "résumé", "a_b"]
lines = st.tuples(st.sampled_from(LINES), st.lists(st.sampled_from(WORDS), min_size=6, max_size=6))
pages = st.lists(lines.map(lambda line: line[0].format(*line[1])), max_size=20).map("\n".join)
texts = pages | st.text(max_size=120)
INSERTED = re.compile(r'<a class="by-number.*?</a>|<span class="by [^>]*>')
WRAPPED = re.compile(r'<span class="by ([^" ]*)"[^>]*>(.*?)</span>', re.DOTALL)


class Written(NamedTuple):
    text: str
    origin: int


@st.composite
def histories(draw: st.DrawFn) -> list[Written]:
    parts = tokens(draw(texts))
    sizes = draw(st.lists(st.integers(1, 9), max_size=30))
    spans: list[Written] = []
    for size in [*sizes, len(parts)]:
        piece, parts = "".join(parts[:size]), parts[size:]
        if piece:
            spans.append(Written(piece, draw(st.integers(0, 3)) * 16))
    return spans


def page_of(spans: list[Written]) -> tuple[str, str]:
    page = render("".join(span.text for span in spans), path="p").html
    found = attribute(page, spans)
    return page, marked(
        found, looks_of(found.runs, {run.origin: run.origin + 1 for run in found.runs})
    )


@given(histories())
def test_without_the_marks_the_page_is_as_it_was(spans: list[Written]) -> None:
    page, result = page_of(spans)
    # A piece holds text only, so its end is the next end of a span.
    assert WRAPPED.sub(r"\2", re.sub(r'<a class="by-number.*?</a>', "", result)) == page


@given(histories())
def test_every_word_that_stands_in_the_source_is_wrapped(spans: list[Written]) -> None:
    page, result = page_of(spans)
    said = re.sub(r'<a class="(?:permalink|by-number).*?</a>|<sup class="foot.*?</sup>', "", result)
    said = html.unescape(re.sub(r"<[^>]*>", "\n", WRAPPED.sub("\n", said)))
    source = Counter(words("".join(span.text for span in spans)))
    del page
    assert not [word for word in words(said) if word in source and word.isascii()]


@given(histories())
def test_runs_follow_each_other_and_count_all_wrapped_words(spans: list[Written]) -> None:
    page = render("".join(span.text for span in spans), path="p").html
    found = attribute(page, spans)
    pairs = zip(found.runs, found.runs[1:], strict=False)
    assert all(one.origin != other.origin for one, other in pairs)
    assert [run.index for run in found.runs] == list(range(1, len(found.runs) + 1))
    ends = [0, *(piece.end for piece in found.pieces)]
    assert all(end <= one.start < one.end for end, one in zip(ends, found.pieces, strict=False))
    assert {piece.run for piece in found.pieces} == {run.index for run in found.runs}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 4)), max_size=40), st.randoms())
def test_words_that_stand_once_are_of_exactly_who_wrote_them(
    written: list[tuple[int, int]], random: object
) -> None:
    del random
    spans = [
        Written(" ".join(f"w{index}x{step}" for step in range(size)) + "\n\n- ", origin)
        for index, (origin, size) in enumerate(written)
    ]
    page, result = page_of(spans)
    truth = {word: span.origin for span in spans for word in words(span.text)}
    assert sorted(words(" ".join(text for _, text in WRAPPED.findall(result)))) == sorted(truth)
    found = attribute(page, spans)
    for run in found.runs:
        mine = [piece for piece in found.pieces if piece.run == run.index]
        said = [word for one in mine for word in words(page[one.start : one.end])]
        assert {truth[word] for word in said} == {run.origin}
        assert len(said) == run.words


@given(histories(), st.integers(0, 40), st.integers(1, 9))
def test_words_taken_from_a_page_are_found_with_their_writers(
    spans: list[Written], start: int, count: int
) -> None:
    source = "".join(span.text for span in spans)
    parts = tokens(source)
    wanted = "".join(parts[start : start + count])
    found = who_wrote(spans, wanted)
    assert (found is not None) == bool(words(wanted))
    for passage in found or ():
        assert "".join(text for _, text in passage.parts) == source[passage.start : passage.end]

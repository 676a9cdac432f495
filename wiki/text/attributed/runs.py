"""The runs of a rendered page, and the pieces of HTML that each is made of."""

from collections.abc import Iterator, Sequence
from html import unescape

from wiki.text.attributed.alignment import origins_of
from wiki.text.attributed.reading import Word, words_of
from wiki.text.attributed.source import words_of_source
from wiki.text.attributed.values import Attributed, Authored, Piece, Run

_OPENING_WORDS = 8

# The number of its run, or 0 for a word that the source does not say.
_Numbered = tuple[Word, int]


def attribute(html: str, spans: Sequence[Authored]) -> Attributed:
    """Return the runs of a page: `html` is its text as `wiki.text.markdown` rendered it.

    The spans cover the source of that same text, in order. Words that are not of the source belong
    to no run. Signs go with the word that they stand at, blanks with the words on both sides.
    """
    rendered = words_of(html)
    origins = origins_of(rendered, words_of_source(spans, html))
    numbered: list[_Numbered] = []
    counts: list[tuple[int, int]] = []
    for word, origin in zip(rendered, origins, strict=True):
        if origin is not None:
            is_same = counts and counts[-1][0] == origin
            before = counts.pop()[1] if is_same else 0
            counts.append((origin, before + 1))
        numbered.append((word, 0 if origin is None else len(counts)))
    pieces = list(_pieces(numbered, html))
    openings: dict[int, list[str]] = {}
    for piece in pieces:
        opening = openings.setdefault(piece.run, [])
        if len(opening) <= _OPENING_WORDS:
            opening += unescape(html[piece.start : piece.end]).split()
    return Attributed(
        html=html,
        runs=tuple(
            Run(index, origin, count, _opening(openings[index]))
            for index, (origin, count) in enumerate(counts, start=1)
        ),
        pieces=tuple(pieces),
    )


def _pieces(numbered: Sequence[_Numbered], html: str) -> Iterator[Piece]:
    """Yield the pieces: neighbours of one run in one text node, and the signs that touch them."""
    last = 0
    index = 0
    while index < len(numbered):
        first, run = numbered[index]
        begin, index = index, index + 1
        while index < len(numbered) and _goes_on(numbered[index], first, run):
            index += 1
        final = numbered[index - 1][0]
        if run:
            lowest = max(first.node.start, last, numbered[begin - 1][0].end if begin else 0)
            highest = final.node.end
            if index < len(numbered):
                highest = min(highest, numbered[index][0].start)
            start, end = _widened(html, (first.start, final.end), lowest, highest)
            yield Piece(run, start, end, max(end, first.node.link_end), first.node.block)
            last = end


def _goes_on(one: _Numbered, first: Word, run: int) -> bool:
    return one[1] == run and one[0].node is first.node


def _widened(html: str, place: tuple[int, int], lowest: int, highest: int) -> tuple[int, int]:
    start, end = place
    while start > lowest and not html[start - 1].isspace():
        start -= 1
    while end < highest and not html[end].isspace():
        end += 1
    return start, end


def _opening(parts: Sequence[str]) -> str:
    ending = "…" if len(parts) > _OPENING_WORDS else ""
    return " ".join(parts[:_OPENING_WORDS]) + ending

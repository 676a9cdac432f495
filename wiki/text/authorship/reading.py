"""A head read beside its text: the spans to show, and the words that stand for each origin."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from wiki.text import frontmatter
from wiki.text.authorship.values import Head, Run, Span
from wiki.text.tokens import counted_places, word_places

_BLANKS = re.compile(r"\s+")
# Otherwise no word that counts, and nothing that hides one, goes over the end of a line.
_TAG_OVER_LINES = re.compile(r"</?[A-Za-z][^<>\n]*\n[^<>]*>")
_USUAL_LINE = 4000
_NOBODY = Run(0, 0)
_OTHER_TEXT = "The head counts other words than this text has."


def spans(head: Head, text: str) -> list[Span]:
    """Return `text` cut where the origin changes; together the spans are the text.

    Blanks and symbols between two words go with the word before them, up to the last line end or
    the first blank; the rest goes with the word after. Raises ValueError for another text.
    """
    places = word_places(text)
    _check(head, places)
    if not head.runs:
        return [Span(text, head.latest)] if text else []
    ends = [*accumulate(run.length for run in head.runs)][:-1]
    cuts = [0, *(_cut(text, places[end - 1], places[end]) for end in ends), len(text)]
    return [
        Span(text[start:end], run.origin)
        for (start, end), run in zip(pairwise(cuts), head.runs, strict=True)
    ]


def _cut(text: str, last: int, following: int) -> int:
    """Return where the text between the words that begin at these two places is cut."""
    line_end = text.rfind("\n", last, following)
    if line_end >= 0:
        return line_end + 1
    blanks = _BLANKS.search(text, last, following)
    return blanks.end() if blanks else following


def standing(head: Head, text: str) -> dict[int, int]:
    """Return how many of the words that the page counts stand for each origin.

    Together they are the page's words. A counted word goes to the origin of its first part.
    Raises ValueError for a text that the head does not stand for.
    """
    body = frontmatter.split(text).body
    at = len(word_places(text[: len(text) - len(body)]))
    runs = iter(zip(accumulate(run.length for run in head.runs), head.runs, strict=True))
    words: Counter[int] = Counter()
    end, origin = 0, 0
    for line in [body] if _TAG_OVER_LINES.search(body) else body.split("\n"):
        length, counted = _counted(line) if len(line) < _USUAL_LINE else _counted_anew(line)
        if counted and at + counted[-1] < end:
            words[origin] += len(counted)
            counted = ()
        for number in counted:
            while at + number >= end:
                end, (_, origin) = next(runs, (len(text) + 1, _NOBODY))
            words[origin] += 1
        at += length
    if at != sum(head.sizes):
        raise ValueError(_OTHER_TEXT)
    return dict(words)


def _counted_anew(line: str) -> tuple[int, Sequence[int]]:
    """Return how many words a line has, and which of them begin a word that counts."""
    places = word_places(line)
    return len(places), [bisect_right(places, place) - 1 for place in counted_places(line)]


# One revision after another says the same lines.
_counted = lru_cache(maxsize=8192)(_counted_anew)


def _check(head: Head, places: list[int]) -> None:
    if len(places) != sum(head.sizes):
        raise ValueError(_OTHER_TEXT)

"""The changes of one side as edits of the base, each with the sentences of the base it alters.

A sentence ends at a line's end, or at . ! ? ; : before a blank; so headings, list items and table
rows stand alone. A sentence is altered if its words are, and also if it no longer begins or ends
where it did: "Please " before a sentence is part of it, a whole new sentence before it is not.
Blanks between words alter none. Where one of two like sentences was taken out or put in, nobody can
tell which, so both count as altered.
Cost: one pass over each text, a binary search an edit.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from wiki.text.diff import Hunk, compare
from wiki.text.engine import BEST, Engine
from wiki.text.matching import common_start

# Each begins with a plain sign or set, so that the engine skips to it several times faster.
_LINE_END = re.compile(r"\n")
_SENTENCE_ENDS = re.compile(r"[.!?;:][^\S\n]+"), re.compile(r"[。！？]")  # noqa: RUF001
_PARAGRAPH_ENDS = re.compile(r"\n(?=[^\S\n]*\n)")
_BLANKS = re.compile(r"[^\S\n]*")
_LINE_ENDS_HERE = re.compile(r"\r?(?:\n|\Z)")
# How far a repeated passage is followed; further copies than that are no neighbours.
_REACH = 20_000


@dataclass(frozen=True, slots=True)
class Edit:
    """What one side put in place of base[start:end].

    It alters the sentences from `low` to `high`, which are `start` and `end` where it alters none
    beyond them. A change of blanks parts and joins no words; a trim only takes blanks from the end
    of a line.
    """

    start: int
    end: int
    text: str
    low: int
    high: int
    of: Literal["words", "blanks", "trim"] = "words"

    @property
    def key(self) -> tuple[int, int, str]:
        """Return what makes it the same edit as one of the other side."""
        return self.start, self.end, self.text

    @property
    def growth(self) -> int:
        """Return by how many code points the text grows."""
        return len(self.text) - (self.end - self.start)


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Where sentences begin and end on both sides, and paragraphs of the base where needed."""

    old: list[int]
    new: set[int]
    paragraphs: list[int]


def edits_of(base: str, side: str, *, engine: Engine = BEST) -> list[Edit]:
    """Return the edits that make `side` of `base`, in order, with equal text between any two."""
    hunks = compare(base, side, engine=engine)
    bounds = _Bounds(
        sentence_bounds(base),
        set(sentence_bounds(side)),
        _paragraph_bounds(base) if any(hunk.is_coarse for hunk in hunks) else [],
    )
    around = [0, *(len(hunk.old) if hunk.kind == "equal" else 0 for hunk in hunks), 0]
    return [
        _with_likes(
            _edit(hunk, base, bounds), hunk, (base, side), bounds.old, around[index : index + 3 : 2]
        )
        for index, hunk in enumerate(hunks)
        if hunk.kind != "equal"
    ]


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with the edits made in it; these ascend and stand apart."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += text[at : edit.start], edit.text
        at = edit.end
    return "".join([*pieces, text[at:]])


def sentence_bounds(text: str) -> list[int]:
    """Return where sentences begin and end, ascending, with both ends of the text.

    A line end is a stretch of its own between two bounds.
    """
    bounds = {0, len(text)}
    for found in _LINE_END.finditer(text):
        start, end = found.span()
        bounds.update((start - (text[start - 1 : start] == "\r"), end))
    for ends in _SENTENCE_ENDS:
        bounds.update(found.end() for found in ends.finditer(text))
    return sorted(bounds)


def _paragraph_bounds(text: str) -> list[int]:
    return [0, *(found.end() for found in _PARAGRAPH_ENDS.finditer(text)), len(text)]


def _edit(hunk: Hunk, base: str, bounds: _Bounds) -> Edit:
    start, end = hunk.old_start, hunk.old_end
    if _changes_blanks_only(hunk, base):
        is_trim = len(hunk.new) < len(hunk.old) and _LINE_ENDS_HERE.match(base, end)
        return Edit(start, end, hunk.new, start, end, "trim" if is_trim else "blanks")
    low = _at_or_before(bounds.old, start, is_kept=hunk.new_start in bounds.new)
    high = _at_or_after(bounds.old, end, is_kept=hunk.new_end in bounds.new)
    if hunk.is_coarse:
        # Parts of it may in truth be equal, so nothing is known about its sentences.
        low = _at_or_before(bounds.paragraphs, low, is_kept=True)
        high = _at_or_after(bounds.paragraphs, high, is_kept=True)
    return Edit(start, end, hunk.new, low, high)


def _changes_blanks_only(hunk: Hunk, base: str) -> bool:
    if not (_BLANKS.fullmatch(hunk.old) and _BLANKS.fullmatch(hunk.new)):
        return False
    around = (
        base[max(hunk.old_start - 1, 0) : hunk.old_start],
        base[hunk.old_end : hunk.old_end + 1],
    )
    return bool(hunk.old and hunk.new) or not all(map(str.isalnum, around))


def _with_likes(
    edit: Edit, hunk: Hunk, texts: tuple[str, str], bounds: list[int], room: Sequence[int]
) -> Edit:
    """Return the edit with the sentences that it could as well have put in or taken out.

    Room is the equal text before and after it.
    """
    if hunk.old and hunk.new:
        return edit
    text, start = (texts[0], hunk.old_start) if hunk.old else (texts[1], hunk.new_start)
    end = start + len(hunk.old or hunk.new)
    back, on = (min(size, _REACH) for size in room)
    before = common_start(text[start - back : start][::-1], text[end - back : end][::-1])
    after = common_start(text[start : start + on], text[end : end + on])
    low = _at_or_after(bounds, edit.start - before, is_kept=True)
    high = _at_or_before(bounds, edit.end + after, is_kept=True)
    return replace(
        edit,
        low=min(low, edit.low) if _has_words(texts[0][low : edit.start]) else edit.low,
        high=max(high, edit.high) if _has_words(texts[0][edit.end : high]) else edit.high,
    )


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def _at_or_before(bounds: list[int], place: int, *, is_kept: bool) -> int:
    index = (bisect_right if is_kept else bisect_left)(bounds, place)
    return bounds[max(index - 1, 0)]


def _at_or_after(bounds: list[int], place: int, *, is_kept: bool) -> int:
    index = (bisect_left if is_kept else bisect_right)(bounds, place)
    return bounds[min(index, len(bounds) - 1)]

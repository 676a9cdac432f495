"""The changes of one side as edits of the base, each with the sentences of the base it alters.

A sentence ends at a line's end, or at . ! ? ; : before a blank; so headings, list items and table
rows stand alone. A sentence is altered if its words are, and also if it no longer begins or ends
where it did: "Please " before a sentence is part of it, a whole new sentence before it is not.
Cost: one pass over each text, a binary search an edit.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from wiki.text.diff import Hunk, compare

_ENDS = re.compile(r"(?P<line>\r?\n)|(?<=[.!?;:])[^\S\n]+|(?<=[。！？])")  # noqa: RUF001
_PARAGRAPH_ENDS = re.compile(r"\n(?=[^\S\n]*\n)")


@dataclass(frozen=True, slots=True)
class Edit:
    """What one side put in place of base[start:end].

    It alters the sentences from `low` to `high`, which are `start` and `end` where it alters none
    beyond them.
    """

    start: int
    end: int
    text: str
    low: int
    high: int

    @property
    def key(self) -> tuple[int, int, str]:
        """Return what makes it the same edit as one of the other side."""
        return self.start, self.end, self.text

    @property
    def growth(self) -> int:
        """Return by how many code points the text grows."""
        return len(self.text) - (self.end - self.start)


def edits_of(base: str, side: str) -> list[Edit]:
    """Return the edits that make `side` of `base`, in order, with equal text between any two."""
    hunks = [hunk for hunk in compare(base, side) if hunk.kind != "equal"]
    if not hunks:
        return []
    bounds, new_bounds = sentence_bounds(base), set(sentence_bounds(side))
    blocks = _paragraph_bounds(base) if any(hunk.is_coarse for hunk in hunks) else []
    return [_edit(hunk, bounds, new_bounds, blocks) for hunk in hunks]


def sentence_bounds(text: str) -> list[int]:
    """Return where sentences begin and end, ascending, with both ends of the text.

    A line end is a stretch of its own between two bounds.
    """
    bounds = {0, len(text)}
    for found in _ENDS.finditer(text):
        bounds.add(found.end())
        if found["line"]:
            bounds.add(found.start())
    return sorted(bounds)


def _paragraph_bounds(text: str) -> list[int]:
    return [0, *(found.end() for found in _PARAGRAPH_ENDS.finditer(text)), len(text)]


def _edit(hunk: Hunk, bounds: list[int], new_bounds: set[int], blocks: list[int]) -> Edit:
    low = _at_or_before(bounds, hunk.old_start, is_kept=hunk.new_start in new_bounds)
    high = _at_or_after(bounds, hunk.old_end, is_kept=hunk.new_end in new_bounds)
    if hunk.is_coarse:
        # Parts of it may in truth be equal, so nothing is known about its sentences.
        low = _at_or_before(blocks, low, is_kept=True)
        high = _at_or_after(blocks, high, is_kept=True)
    return Edit(hunk.old_start, hunk.old_end, hunk.new, low, high)


def _at_or_before(bounds: list[int], place: int, *, is_kept: bool) -> int:
    index = (bisect_right if is_kept else bisect_left)(bounds, place)
    return bounds[max(index - 1, 0)]


def _at_or_after(bounds: list[int], place: int, *, is_kept: bool) -> int:
    index = (bisect_left if is_kept else bisect_right)(bounds, place)
    return bounds[min(index, len(bounds) - 1)]

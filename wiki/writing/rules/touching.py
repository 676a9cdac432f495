"""Which of several changes, one after the other, touched certain places of a text.

Idea: two neighbouring texts are compared once, and every place is followed from text to text by
that; a change touches it when it alters words in it or puts words in or at its edge. A change
taken back later counts as well.
Rejected: whole lines (a change of another sentence of the line counted), difflib (quadratic in the
lines of a long page).
Cost: one comparison for each change, and for each place a look at what changed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from wiki.text.diff import compare
from wiki.text.merge import Choice, Clash

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Edit:
    """The code points from `first` to before `last` became `grown` more; none: words put in."""

    first: int
    last: int
    grown: int


def clashing_words(clash: Clash) -> list[list[Stretch]]:
    """Return for each choice where in the text that both started from its words clash."""
    found: list[list[Stretch]] = []
    at = 0
    for row in clash.rows:
        if isinstance(row, Choice):
            found.append([(at + start, at + end) for start, end in row.places])
        at += len(row.base)
    return found


def touched(texts: Sequence[str], places: Sequence[Sequence[Stretch]]) -> list[list[bool]]:
    """Return for each place, for each text but the first, whether a change touched it there.

    A place is some stretches of the first text, in code points, their ends exclusive.
    """
    found: list[list[bool]] = [[] for _ in places]
    now = [list(stretches) for stretches in places]
    for old, new in pairwise(texts):
        edits = [
            _Edit(hunk.old_start, hunk.old_end, len(hunk.new) - len(hunk.old))
            for hunk in compare(old, new)
            if hunk.kind != "equal"
        ]
        for index, stretches in enumerate(now):
            followed = [_followed(edits, stretch) for stretch in stretches]
            found[index].append(any(is_touched for is_touched, _ in followed))
            now[index] = [stretch for _, stretch in followed]
    return found


def _followed(edits: Sequence[_Edit], stretch: Stretch) -> tuple[bool, Stretch]:
    """Return whether an edit touches the stretch, and where it stands afterwards."""
    start, end = stretch
    first = bisect_left(edits, start, key=lambda edit: edit.last)
    last = bisect_right(edits, end, key=lambda edit: edit.first)
    hits = [edit for edit in edits[first:last] if _meets(edit, stretch)]
    moved = sum(edit.grown for edit in edits[:last] if edit.last <= start and edit not in hits)
    grown = sum(edit.grown for edit in hits)
    begin = min([start, *(edit.first for edit in hits[:1])])
    finish = max([end, *(edit.last for edit in hits[-1:])])
    return bool(hits), (begin + moved, finish + moved + grown)


def _meets(edit: _Edit, stretch: Stretch) -> bool:
    """Return whether an edit is inside the stretch; what only borders on it must put words in."""
    start, end = stretch
    is_put_in = edit.first == edit.last or start == end
    return is_put_in or (edit.first < end and start < edit.last)

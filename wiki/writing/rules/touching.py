"""Which of several changes, one after the other, touched a certain stretch of lines.

Idea: the stretch is followed from text to text by comparing lines; a change touches it when it
alters a line in it, or puts lines in or at its edge. A change taken back later counts as well.
Cost: one comparison of lines for each change.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from wiki.text.merge import Choice, Clash

Stretch = tuple[int, int]
Operation = tuple[str, int, int, int, int]


def clashing_lines(clash: Clash) -> list[Stretch]:
    """Return where the choices of a clash stand in the text that both sides started from."""
    found: list[Stretch] = []
    line = 0
    for row in clash.rows:
        after = line + row.base.count("\n")
        if isinstance(row, Choice):
            is_open = row.base != "" and not row.base.endswith("\n")
            found.append((line, after + is_open))
        line = after
    return found


def touched(texts: Sequence[str], stretch: Stretch) -> list[bool]:
    """Return for each text but the first whether it differs from the one before in the stretch.

    The stretch is the first line and the line after the last one, in the first text.
    """
    found: list[bool] = []
    for old, new in pairwise(texts):
        is_touched, stretch = _followed(old.split("\n"), new.split("\n"), stretch)
        found.append(is_touched)
    return found


def _followed(old: list[str], new: list[str], stretch: Stretch) -> tuple[bool, Stretch]:
    start, end = stretch
    operations = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changes: list[Operation] = [one for one in operations if one[0] != "equal"]
    hits = [one for one in changes if one[1] <= end and start <= one[2] and _meets(one, stretch)]
    moved = sum(_grown(one) for one in changes if one[2] <= start and one not in hits)
    first = min([start, *(one[1] for one in hits)])
    last = max([end, *(one[2] for one in hits)])
    grown = sum(_grown(one) for one in hits)
    return bool(hits), (first + moved, last + moved + grown)


def _meets(change: Operation, stretch: Stretch) -> bool:
    """Return whether a change is inside the stretch; what only borders on it must put lines in."""
    (_, first, last, _, _), (start, end) = change, stretch
    return first == last or start == end or (first < end and start < last)


def _grown(change: Operation) -> int:
    _, first, last, new_first, new_last = change
    return (new_last - new_first) - (last - first)

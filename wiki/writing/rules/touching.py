"""Which of several changes, one after the other, touched certain stretches of lines.

Idea: two neighbouring texts are compared once, and every stretch is followed from text to text by
that; a change touches it when it alters a line in it, or puts lines in or at its edge. A change
taken back later counts as well.
Rejected: difflib, quadratic in the lines of a long page.
Cost: one comparison for each change, and for each stretch a look at what changed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wiki.text.diff import Hunk, compare
from wiki.text.merge import Choice, Clash

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Edit:
    """The lines from `first` to before `last` became `grown` lines more; none: lines put in."""

    first: int
    last: int
    grown: int


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


def touched(texts: Sequence[str], stretches: Sequence[Stretch]) -> list[list[bool]]:
    """Return for each stretch, for each text but the first, whether a change touched it there.

    A stretch is the first line and the line after the last one, in the first text.
    """
    found: list[list[bool]] = [[] for _ in stretches]
    places = list(stretches)
    for old, new in pairwise(texts):
        edits = list(_edits(old, new))
        for index, place in enumerate(places):
            is_touched, places[index] = _followed(edits, place)
            found[index].append(is_touched)
    return found


def _edits(old: str, new: str) -> Iterator[_Edit]:
    """Yield the changes as lines, in order."""
    line = 0
    for hunk in compare(old, new):
        if hunk.kind != "equal":
            yield _edit(hunk, old, line)
        line += hunk.old.count("\n")


def _edit(hunk: Hunk, old: str, line: int) -> _Edit:
    """Return the change of a hunk that begins in this line."""
    grown = hunk.new.count("\n") - hunk.old.count("\n")
    starts_line = hunk.old_start == 0 or old[hunk.old_start - 1] == "\n"
    is_whole = all(side == "" or side.endswith("\n") for side in (hunk.old, hunk.new))
    if starts_line and is_whole:
        return _Edit(line, line + hunk.old.count("\n"), grown)
    ends_line = old[hunk.old_end : hunk.old_end + 1] in {"", "\n"}
    if ends_line and not starts_line and _starts_with_line_end(hunk):
        # Lines after this one, which stays as it is.
        return _Edit(line + 1, line + 1 + hunk.old.count("\n"), grown)
    return _Edit(line, line + hunk.old.count("\n") + 1, grown)


def _starts_with_line_end(hunk: Hunk) -> bool:
    return all(side == "" or side.startswith("\n") for side in (hunk.old, hunk.new))


def _followed(edits: Sequence[_Edit], stretch: Stretch) -> tuple[bool, Stretch]:
    start, end = stretch
    hits = [one for one in edits if one.first <= end and start <= one.last and _meets(one, stretch)]
    moved = sum(one.grown for one in edits if one.last <= start and one not in hits)
    first = min([start, *(one.first for one in hits)])
    last = max([end, *(one.last for one in hits)])
    grown = sum(one.grown for one in hits)
    return bool(hits), (first + moved, last + moved + grown)


def _meets(edit: _Edit, stretch: Stretch) -> bool:
    """Return whether a change is inside the stretch; what only borders on it must put lines in."""
    start, end = stretch
    is_put_in = edit.first == edit.last or start == end
    return is_put_in or (edit.first < end and start < edit.last)

"""Whole lines that one side moved: what the other side changed in them goes along.

A comparison sees a deletion here and an insertion there. Merged as such, an edit of a moved
paragraph would clash with its deletion, and whoever picked a side would keep the paragraph twice or
lose the edit. So an edit inside lines that the other side put elsewhere unchanged is made there.
Only where nothing is in doubt: the lines stand once in the base, and the edit begins and ends in
them. The same lines moved to two places, or moved and deleted, are a clash.
Cost: a search for each moved text that the other side changed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from wiki.text.merge.edits import Edit, apply
from wiki.text.tokens import words

Span = tuple[int, int]
Key = tuple[int, int, str]

_FEWEST_WORDS = 3
_LINE_ENDS = "\r\n"


@dataclass(frozen=True, slots=True)
class Move:
    """Lines taken out and put in again by one side; base[start:end] is what both have in common."""

    out: Edit
    back: Edit
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Carried:
    """Both sides' edits, those inside moved lines made at the new place, and these two places."""

    theirs: Sequence[Edit]
    mine: Sequence[Edit]
    places: Sequence[Span]


def carry(base: str, theirs: Sequence[Edit], mine: Sequence[Edit]) -> Carried:
    """Return the edits with each edit of moved lines carried along, in either direction."""
    moves = moves_of(base, theirs), moves_of(base, mine)
    bound = {edit.key for found in moves for move in found for edit in (move.out, move.back)}
    put: dict[Key, Edit] = {}
    gone: set[Key] = set()
    places: list[Span] = []
    for found, other in zip(moves, (mine, theirs), strict=True):
        for move in found:
            inside = _touching(move.out, other)
            is_only_one = inside and base.count(base[move.start : move.end]) == 1
            if is_only_one and _go_along(move, inside, bound):
                put[move.back.key] = _with_edits(base, move, inside)
                gone.update(edit.key for edit in inside)
                places += [(edit.start, edit.end) for edit in (move.out, move.back)]
    theirs, mine = (
        [put.get(edit.key, edit) for edit in side if edit.key not in gone]
        for side in (theirs, mine)
    )
    return Carried(theirs, mine, places)


def parted(base: str, theirs: Sequence[Edit], mine: Sequence[Edit]) -> list[Span]:
    """Return where both sides took out the same lines and do not agree where they went.

    Either both moved them, to two places, or one moved and the other deleted them.
    """
    sides = theirs, mine
    backs = [{move.out.key: move.back for move in moves_of(base, side)} for side in sides]
    spans: list[Span] = []
    for side, own, other in ((mine, backs[0], backs[1]), (theirs, backs[1], backs[0])):
        gone = {edit.key for edit in side if not edit.text}
        for key, back in own.items():
            also = other.get(key)
            if key in gone and (also is None or also.key != back.key):
                places = [place.start for place in (back, also) if place]
                spans.append((min(places), max(places)))
    return spans


def moves_of(base: str, edits: Sequence[Edit]) -> list[Move]:
    """Return the moves among the edits of one side, in the order of their old places."""
    outs = _by_text((base[edit.start : edit.end], edit) for edit in edits if not edit.text)
    backs = _by_text((edit.text, edit) for edit in edits if edit.start == edit.end)
    moves: list[Move] = []
    for text, out in outs.items():
        back = backs.get(text)
        if out and back and len(words(text)) >= _FEWEST_WORDS:
            start = base.index(text, out.start)
            move = Move(out, back, start, start + len(text))
            if _is_of_whole_lines(base, move):
                moves.append(move)
    return moves


def _by_text(found: Iterable[tuple[str, Edit]]) -> dict[str, Edit | None]:
    """Return the edits by their texts without line ends around, None for a text found twice."""
    texts: dict[str, Edit | None] = {}
    for text, edit in found:
        bare = text.strip(_LINE_ENDS)
        texts[bare] = None if bare in texts else edit
    return texts


def _is_of_whole_lines(base: str, move: Move) -> bool:
    before, _, after = move.back.text.partition(base[move.start : move.end])
    place = move.back.start
    around = (
        base[max(move.start - 1, 0) : move.start],
        base[move.end : move.end + 1],
        (base[max(place - 1, 0) : place] + before)[-1:],
        (after + base[place : place + 1])[:1],
    )
    return all(sign in _LINE_ENDS for sign in around)


def _touching(out: Edit, edits: Sequence[Edit]) -> Sequence[Edit]:
    first = bisect_left(edits, out.start, key=lambda edit: edit.end)
    return edits[first : bisect_right(edits, out.end, key=lambda edit: edit.start)]


def _go_along(move: Move, edits: Sequence[Edit], bound: set[Key]) -> bool:
    """Return whether all the edits change something in the moved lines and nothing about them."""
    return all(
        move.start <= edit.start
        and edit.end <= move.end
        and (edit.text or (edit.start, edit.end) != (move.start, move.end))
        and edit.key not in bound
        and ("\n" not in edit.text or move.start < edit.start < edit.end < move.end)
        for edit in edits
    )


def _with_edits(base: str, move: Move, edits: Iterable[Edit]) -> Edit:
    """Return the insertion of the moved lines with the edits made in them."""
    moved = [
        replace(edit, start=edit.start - move.start, end=edit.end - move.start) for edit in edits
    ]
    lines = base[move.start : move.end]
    return replace(move.back, text=move.back.text.replace(lines, apply(lines, moved)))

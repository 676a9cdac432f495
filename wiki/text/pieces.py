"""The pieces of a comparison in the making, and the best place for insertions and deletions.

An insertion next to text like it can be cut in several ways: "A. [B. ]C" or "A.[ B.] C". Each cut
is scored at both ends (line, sentence, blank, symbol), after the "lossless semantic clean-up" of
Neil Fraser's diff strategies, on tokens here.
Cost: linear in the size of the insertions and deletions.
"""

from collections.abc import Iterable
from typing import NamedTuple

from wiki.text.tokens import tokens

_CONTEXT = 300
_SECOND = _TWO = 2
_SENTENCE_ENDS = frozenset(".!?:;…。！？")  # noqa: RUF001


class Piece(NamedTuple):
    """A stretch: whether it is equal, and how many code points it has in old and in new."""

    is_equal: bool
    old: int
    new: int
    is_coarse: bool = False


_EMPTY = Piece(is_equal=True, old=0, new=0)


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces without empty ones, neighbours of one sort joined."""
    result: list[Piece] = []
    for piece in pieces:
        if not (piece.old or piece.new):
            continue
        if result and result[-1].is_equal == piece.is_equal:
            last = result[-1]
            sizes = last.old + piece.old, last.new + piece.new
            result[-1] = Piece(piece.is_equal, *sizes, last.is_coarse or piece.is_coarse)
        else:
            result.append(piece)
    return result


def settle(pieces: list[Piece], old: str, new: str) -> list[Piece]:
    """Return alternating `pieces` with each pure insertion or deletion moved to its best place."""
    settled = [_EMPTY, *pieces, _EMPTY]
    i = j = 0
    for index, piece in enumerate(pieces, start=1):
        if not piece.is_equal and not (piece.old and piece.new):
            text, start, size = (old, i, piece.old) if piece.old else (new, j, piece.new)
            room = settled[index - 1].old, settled[index + 1].old
            is_outermost = index == _SECOND, index == len(pieces) - 1
            shift = _best_shift(text, (start, start + size), room, is_outermost)
            settled[index - 1] = _lengthened(settled[index - 1], shift)
            settled[index + 1] = _lengthened(settled[index + 1], -shift)
            i, j = i + shift, j + shift
        i += settled[index].old
        j += settled[index].new
    return [piece for piece in settled if piece.old or piece.new]


def _lengthened(piece: Piece, by: int) -> Piece:
    return Piece(is_equal=True, old=piece.old + by, new=piece.new + by)


def _best_shift(
    text: str, edit: tuple[int, int], room: tuple[int, int], is_outermost: tuple[bool, bool]
) -> int:
    """Return by how many code points the edit text[start:end] had better stand later.

    Room is the equal text before and after it; it may be used up where it is outermost.
    """
    start, end = edit
    low, high = start - min(room[0], _CONTEXT), end + min(room[1], _CONTEXT)
    can_move_back = low < start and text[start - 1] == text[end - 1]
    can_move_on = end < high and text[start] == text[end]
    if not (can_move_back or can_move_on):
        return 0
    parts = tokens(text[low:start]), tokens(text[start:end]), tokens(text[end:high])
    line = [*parts[0], *parts[1], *parts[2]]
    first, size = len(parts[0]), len(parts[1])
    # The outermost tokens may be cut off words, and must stay to keep two changes apart.
    lowest = 0 if low == 0 and is_outermost[0] else 1
    highest = len(line) - size - (0 if high == len(text) and is_outermost[1] else 1)
    earliest = latest = first
    while earliest > lowest and line[earliest - 1] == line[earliest + size - 1]:
        earliest -= 1
    while latest < highest and line[latest] == line[latest + size]:
        latest += 1
    best = max(range(earliest, latest + 1), key=lambda at: (_edges(line, at, size), at))
    if best >= first:
        return sum(map(len, line[first:best]))
    return -sum(map(len, line[best:first]))


def _edges(line: list[str], at: int, size: int) -> int:
    return _edge(line, at) + _edge(line, at + size)


def _edge(line: list[str], at: int) -> int:
    """Return how good a place for a cut the one before the token at `at` is."""
    before, after = line[at - 1] if at else "\n", line[at] if at < len(line) else ""
    if before == "\n":
        is_after_blank_line = at < _TWO or line[at - 2] == "\n"
        return (7 if is_after_blank_line else 6) if after != "\n" else 4
    if after in ("\n", ""):
        return 4
    if before.isspace():
        is_new_sentence = at >= _TWO and line[at - 2] in _SENTENCE_ENDS
        return 5 if is_new_sentence else 3
    return 2 if after.isspace() else 1 - (before[0].isalnum() and after[0].isalnum())

"""Which edits of two sides clash: different ones that touch, or that alter one sentence.

Cost: a sweep of two pointers over either list.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from wiki.text.merge.edits import Edit

Span = tuple[int, int]


def clashing(theirs: Sequence[Edit], mine: Sequence[Edit]) -> list[Span]:
    """Return the stretches of the base in which different edits clash; they may overlap."""
    shared = {edit.key for edit in theirs} & {edit.key for edit in mine}
    own = [[edit for edit in side if edit.key not in shared] for side in (theirs, mine)]
    wordy = [[edit for edit in side if edit.of == "words"] for side in own]
    return [
        *_meetings(own, [_reaches(side) for side in own]),
        *_meetings(wordy, [_guards(side) for side in wordy]),
    ]


def _reaches(edits: Sequence[Edit]) -> list[Span]:
    """Return the edits' places, so much longer that those which touch overlap."""
    return [(edit.start, edit.end + 1) for edit in edits]


def _guards(edits: Sequence[Edit]) -> list[Span]:
    """Return the sentences that the edits alter, widened so that both ends ascend."""
    lows = accumulate((edit.low for edit in reversed(edits)), min)
    highs = accumulate((edit.high for edit in edits), max)
    return list(zip([*lows][::-1], highs, strict=True))


def _meetings(sides: Sequence[Sequence[Edit]], areas: Sequence[Sequence[Span]]) -> Iterator[Span]:
    """Yield for each edit of theirs whose area overlaps some of mine the stretch with all these.

    They are neighbours, because the areas ascend.
    """
    theirs, mine = sides
    first = last = 0
    for edit, (low, high) in zip(theirs, areas[0], strict=True):
        while first < len(mine) and areas[1][first][1] <= low:
            first += 1
        last = max(last, first)
        while last < len(mine) and areas[1][last][0] < high:
            last += 1
        if first < last:
            yield min(edit.start, mine[first].start), max(edit.end, mine[last - 1].end)

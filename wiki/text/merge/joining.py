"""The merge itself: which edits clash, and what is made of them."""

from collections.abc import Iterator, Sequence

from wiki.text.merge.checks import is_safe
from wiki.text.merge.edits import Edit, edits_of
from wiki.text.merge.parts import incoming_of, parts_of
from wiki.text.merge.rows import rows_of
from wiki.text.merge.values import Clash, Merged

Span = tuple[int, int]


def three_way(base: str, theirs: str, mine: str) -> Merged | Clash:
    """Return `base` with the changes of both sides, or where these clash.

    Swapping theirs and mine swaps them in the answer and changes nothing else. No word that a side
    put in is missing from a merged text.
    """
    if theirs == mine:
        return Merged(mine, ())
    return merge_edits(base, edits_of(base, theirs), edits_of(base, mine))


def merge_edits(base: str, theirs: Sequence[Edit], mine: Sequence[Edit]) -> Merged | Clash:
    """Return what `three_way` does, for sides that are given as edits of the base."""
    spans = _clashing(theirs, mine)
    parts = parts_of(base, theirs, mine, spans)
    if not spans:
        text = "".join(part.merged or "" for part in parts)
        if is_safe(base, theirs, mine, text):
            return Merged(text, tuple(incoming_of(parts)))
        parts = parts_of(base, theirs, mine, [(0, len(base))])
    return Clash(tuple(rows_of(parts)))


def _clashing(theirs: Sequence[Edit], mine: Sequence[Edit]) -> list[Span]:
    """Return the stretches of the base in which different edits clash, ascending, apart."""
    shared = {edit.key for edit in theirs} & {edit.key for edit in mine}
    sides = [[edit for edit in side if edit.key not in shared] for side in (theirs, mine)]
    spans: list[Span] = []
    for start, end in _clashes(*sides):
        if spans and start <= spans[-1][1]:
            before = spans.pop()
            spans.append((before[0], max(end, before[1])))
        else:
            spans.append((start, end))
    return spans


def _clashes(theirs: list[Edit], mine: list[Edit]) -> Iterator[Span]:
    """Yield for each edit of theirs that clashes the stretch with the edits it clashes with.

    Those are neighbours, as both lists and their sentences ascend: two pointers find them all.
    """
    first = last = 0
    for edit in theirs:
        while first < len(mine) and _is_before(mine[first], edit):
            first += 1
        last = max(last, first)
        while last < len(mine) and not _is_before(edit, mine[last]):
            last += 1
        if first < last:
            yield min(edit.start, mine[first].start), max(edit.end, mine[last - 1].end)


def _is_before(one: Edit, other: Edit) -> bool:
    """Return whether `one` ends before `other` begins, with a sentence's bound between them."""
    return one.end < other.start and one.high <= other.low

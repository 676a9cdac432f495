"""The merge itself: which edits clash, which give way, and what is made of them."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from wiki.text.merge.checks import is_safe, keeps_words
from wiki.text.merge.clashes import Span, clashing
from wiki.text.merge.edits import Edit, edits_of
from wiki.text.merge.moves import carry, parted
from wiki.text.merge.parts import Part, edits_within, incoming_of, parts_of, stretches
from wiki.text.merge.rows import rows_of
from wiki.text.merge.values import Clash, Merged

Sides = tuple[Sequence[Edit], Sequence[Edit]]


def three_way(base: str, theirs: str, mine: str) -> Merged | Clash:
    """Return `base` with the changes of both sides, or where these clash.

    Swapping theirs and mine swaps them in the answer and changes nothing else. No word that a side
    put in is missing from a merged text. Blanks trimmed from the end of a line that the other side
    changed there stay, as far as the other left them.
    """
    if theirs == mine:
        return Merged(mine, ())
    return merge_edits(base, edits_of(base, theirs), edits_of(base, mine))


def merge_edits(base: str, theirs: Sequence[Edit], mine: Sequence[Edit]) -> Merged | Clash:
    """Return what `three_way` does, for sides that are given as edits of the base."""
    carried = carry(base, theirs, mine)
    firm, clashes = _weighed(base, carried.theirs, carried.mine)
    if any(start <= to and at <= end for start, end in clashes for at, to in carried.places):
        # One of the two places is asked about, so the edit is better shown where it was made.
        firm, clashes = _weighed(base, theirs, mine)
    sides = theirs, mine
    spans = stretches(sides, clashes)
    parts = parts_of(base, sides, _once(firm), spans)
    if not _is_sound(base, sides, firm, spans, parts):
        parts = parts_of(base, sides, [], {(0, len(base)): True})
    if any(part.merged is None for part in parts):
        return Clash(tuple(rows_of(parts)))
    return Merged("".join(part.merged or "" for part in parts), tuple(incoming_of(parts)))


def _once(sides: Sides) -> list[Edit]:
    """Return the edits of both sides in order, those made by both once."""
    edits = {edit.key: edit for side in sides for edit in side}
    return sorted(edits.values(), key=lambda edit: (edit.start, edit.end))


def _is_sound(
    base: str, sides: Sides, firm: Sides, spans: Mapping[Span, bool], parts: Sequence[Part]
) -> bool:
    """Return whether the text is safe that keeps one side where they clash, for either side."""
    has_clash = any(spans.values())
    for index in (0, 1) if has_clash else (0,):
        text = "".join(
            [
                (part.theirs, part.mine)[index] if part.merged is None else part.merged
                for part in parts
            ]
        )
        within = edits_within(sides[index], spans, clash=True)
        own = _once((within, edits_within(firm[index], spans, clash=False)))
        other = edits_within(firm[1 - index], spans, clash=False)
        raw = edits_within(sides[1 - index], spans, clash=False)
        if not (is_safe(base, own, other, text) and keeps_words(base, sides[index], raw, text)):
            return False
    return True


def _weighed(
    base: str, theirs: Sequence[Edit], mine: Sequence[Edit]
) -> tuple[tuple[list[Edit], list[Edit]], list[Span]]:
    """Return the edits that hold on either side, and the stretches where they clash."""
    firm = _firm(theirs, mine), _firm(mine, theirs)
    return firm, [*clashing(*firm), *parted(base, theirs, mine)]


def _firm(side: Sequence[Edit], other: Sequence[Edit]) -> list[Edit]:
    """Return the edits of the side less the trims that give way to the other side.

    Nobody can see which blanks end a line, so nobody can be asked about them.
    """
    ends = [edit.end for edit in other]
    firm: list[Edit] = []
    for edit in side:
        first = last = bisect_left(ends, edit.start)
        while last < len(other) and other[last].start <= edit.end:
            last += 1
        touching = other[first:last] if edit.of == "trim" else []
        if not touching or not all(_is_stronger(found, edit) for found in touching):
            firm.append(edit)
    return firm


def _is_stronger(edit: Edit, trim: Edit) -> bool:
    return edit.of != "trim" or len(edit.text) > len(trim.text)

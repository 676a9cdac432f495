"""The base cut into parts: equal on all sides, changed by one or by both alike, or clashing."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wiki.text.merge.edits import Edit
from wiki.text.merge.values import Incoming

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch on the three sides, and merged; `merged` is None where it clashes."""

    base: str
    theirs: str
    mine: str
    merged: str | None


def parts_of(
    base: str,
    sides: tuple[Sequence[Edit], Sequence[Edit]],
    kept: Sequence[Edit],
    spans: Mapping[Span, bool],
) -> list[Part]:
    """Return the parts of the base, in order, gapless; each of the `stretches` is one of them.

    The sides are the edits that make theirs and mine of the base, kept those that are merged: they
    ascend and stand apart outside the stretches that clash. Where edits clash that make the same
    text of a stretch, as different edits of blanks may, there is nothing to ask.
    """
    texts = zip(*(_texts(base, edits, [*spans]) for edits in (*sides, kept)), strict=True)
    parts: list[Part] = []
    at = 0
    for ((start, end), is_clash), (theirs, mine, merged) in zip(spans.items(), texts, strict=True):
        equal = base[at:start]
        agreed = theirs if theirs == mine else None
        parts.append(Part(equal, equal, equal, equal))
        parts.append(Part(base[start:end], theirs, mine, agreed if is_clash else merged))
        at = end
    return [*parts, Part(base[at:], base[at:], base[at:], base[at:])]


def stretches(
    sides: tuple[Sequence[Edit], Sequence[Edit]], clashing: Sequence[Span]
) -> dict[Span, bool]:
    """Return the stretches that differ on some side, ascending, apart, and whether each clashes."""
    edited = [(edit.start, edit.end, False) for side in sides for edit in side]
    spans: dict[Span, bool] = {}
    for start, end, is_clash in sorted([*edited, *((*span, True) for span in clashing)]):
        before = next(reversed(spans), None)
        if before and start <= before[1]:
            was_clash = spans.pop(before)
            spans[before[0], max(end, before[1])] = is_clash or was_clash
        else:
            spans[start, end] = is_clash
    return spans


def edits_within(edits: Sequence[Edit], spans: Mapping[Span, bool], *, clash: bool) -> list[Edit]:
    """Return the edits that lie in stretches that clash, or those that lie in others."""
    starts = [start for start, _ in spans]
    flags = list(spans.values())
    return [edit for edit in edits if flags[bisect_right(starts, edit.start) - 1] is clash]


def _texts(base: str, edits: Sequence[Edit], spans: Sequence[Span]) -> Iterator[str]:
    """Yield what the side with these edits has in place of each of the spans."""
    index = 0
    for start, end in spans:
        pieces: list[str] = []
        at = start
        while index < len(edits) and edits[index].end <= end:
            pieces += base[at : edits[index].start], edits[index].text
            at = edits[index].end
            index += 1
        yield "".join([*pieces, base[at:end]])


def incoming_of(parts: Sequence[Part]) -> list[Incoming]:
    """Return the lines of the merged text that hold a change of theirs that mine has not."""
    found: list[Incoming] = []
    line = 0
    is_at_start = True
    for part in parts:
        text = part.merged or ""
        if part.merged != part.mine:
            new = _lines(part.base, text, line, is_at_start=is_at_start)
            if found and new.start < found[-1].end:
                new = Incoming(found[-1].start, max(found.pop().end, new.end))
            found.append(new)
        line += text.count("\n")
        is_at_start = text.endswith("\n") if text else is_at_start
    return found


def _lines(before: str, after: str, line: int, *, is_at_start: bool) -> Incoming:
    if not after and is_at_start and before.endswith("\n"):
        return Incoming(line, line)
    is_whole = after.endswith("\n")
    return Incoming(line, line + after.count("\n") + (not is_whole))

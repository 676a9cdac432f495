"""The base cut into parts: equal on all sides, changed by one or by both alike, or clashing."""

from collections.abc import Iterator, Sequence
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
    base: str, theirs: Sequence[Edit], mine: Sequence[Edit], clashing: Sequence[Span]
) -> list[Part]:
    """Return the parts of the base, in order, gapless; a clashing stretch is one part.

    Edits outside the clashing stretches, which ascend, may not clash.
    """
    spans = _spans(theirs, mine, clashing)
    clashes = set(clashing)
    texts = zip(_texts(base, theirs, spans), _texts(base, mine, spans), strict=True)
    parts: list[Part] = []
    at = 0
    for (start, end), (their, my) in zip(spans, texts, strict=True):
        equal, before = base[at:start], base[start:end]
        merged = my if their == before else their
        parts.append(Part(equal, equal, equal, equal))
        parts.append(Part(before, their, my, None if (start, end) in clashes else merged))
        at = end
    return [*parts, Part(base[at:], base[at:], base[at:], base[at:])]


def _spans(theirs: Sequence[Edit], mine: Sequence[Edit], clashing: Sequence[Span]) -> list[Span]:
    """Return the stretches that are not equal on all sides, ascending, apart."""
    edited = {(edit.start, edit.end) for side in (theirs, mine) for edit in side}
    spans: list[Span] = []
    for span in sorted([*edited, *clashing], key=lambda span: (span[0], -span[1])):
        if not spans or span[0] > spans[-1][1]:
            spans.append(span)
    return spans


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
        if part.theirs not in (part.base, part.mine):
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

"""The changes of one revision one by one, so that some of them can be taken back.

Idea: the hunks of `wiki.text.diff`, each widened to the whole lines it touches, which is how
people see a change: a paragraph, an item, a row. Taking some back gives a text that differs from
the revision by just these; merging that into the page as it stands undoes them there.
"""

from collections.abc import Collection
from dataclasses import dataclass

from wiki.text.diff import compare


@dataclass(frozen=True, slots=True)
class LineChange:
    """Some whole lines of one text that stand for some of another; `number` counts from 1."""

    number: int
    old_start: int
    new_start: int
    old: str
    new: str

    @property
    def new_end(self) -> int:
        """Return where the new side ends, exclusive."""
        return self.new_start + len(self.new)


def line_changes(old: str, new: str) -> list[LineChange]:
    """Return the changes from `old` to `new` in order, each of whole lines; equal lines between."""
    spans: list[list[int]] = []
    for hunk in compare(old, new):
        if hunk.kind == "equal":
            continue
        starts = _line_start(old, hunk.old_start), _line_start(new, hunk.new_start)
        back = max(hunk.old_start - starts[0], hunk.new_start - starts[1])
        span = [hunk.old_start - back, hunk.old_end, hunk.new_start - back, hunk.new_end]
        ahead = _missing(old, span[0], span[1]), _missing(new, span[2], span[3])
        longest = max(ahead)
        span[1], span[3] = span[1] + longest, span[3] + longest
        if spans and (span[0] < spans[-1][1] or span[2] < spans[-1][3]):
            spans[-1][1], spans[-1][3] = span[1], span[3]
        else:
            spans.append(span)
    return [
        LineChange(number, a, c, old[a:b], new[c:d])
        for number, (a, b, c, d) in enumerate(spans, start=1)
    ]


def taken_back(old: str, new: str, numbers: Collection[int]) -> str:
    """Return `new` with the changes of these numbers as they were in `old`."""
    parts: list[str] = []
    border = 0
    for change in line_changes(old, new):
        if change.number in numbers:
            parts += [new[border : change.new_start], change.old]
            border = change.new_end
    return "".join([*parts, new[border:]])


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _missing(text: str, start: int, end: int) -> int:
    """Return how many signs after `end` belong to the line that a stretch has begun."""
    is_whole = end == start or text[end - 1] == "\n"
    if is_whole:
        return 0
    line_end = text.find("\n", end)
    return (line_end + 1 if line_end >= 0 else len(text)) - end

"""A clashing merge as rows of whole lines, for choosing.

A row ends only where all three sides end a line. Two choices in one paragraph become one, with what
stands between them: half a paragraph, read on its own, says little. Items, headings, table rows and
fields are read on their own, so they stay apart. What is chosen there is less than a row: the
options of a row differ only in the parts that clash.
Cost: one pass over the parts.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby

from wiki.text.merge.parts import Part, Span
from wiki.text.merge.values import Choice, Options, Row, Same

_STARTS_ANEW = re.compile(
    r"[ \t]*(?:$|[-+*>#|]|\d{1,9}[.)][ \t]|```|~~~|[\w-]+:(?:\s|$))", re.MULTILINE
)


def rows_of(parts: Iterable[Part]) -> list[Row]:
    """Return the parts as rows, Same and Choice in turn, that hold every byte of all sides."""
    rows: list[list[Part]] = []
    for group in _joined(_whole_lines(parts)):
        if len(rows) > 1 and _has_clash(group) and _is_inside_paragraph(rows[-1], group):
            between = rows.pop()
            rows[-1] += [*between, *group]
        else:
            rows.append(group)
    return [_row(group) for group in rows]


def _whole_lines(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Yield the parts in groups, as small as can be, between line ends common to all sides."""
    group: list[Part] = []
    starts_line = [True, True, True]
    for part in _cut(parts):
        group.append(part)
        for index, text in enumerate((part.base, part.theirs, part.mine)):
            starts_line[index] = text.endswith("\n") if text else starts_line[index]
        if all(starts_line):
            yield group
            group = []
    if group:
        yield group


def _cut(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield the parts, those equal on all sides cut after their first and their last line end."""
    for part in parts:
        if not part.base == part.theirs == part.mine:
            yield part
            continue
        text = part.base
        first, last = text.find("\n") + 1, text.rfind("\n") + 1
        for piece in (text[:first], text[first:last], text[last:]):
            if piece:
                yield Part(piece, piece, piece, piece)


def _joined(groups: Iterable[list[Part]]) -> Iterator[list[Part]]:
    """Yield the groups, neighbours of one sort joined."""
    for _, run in groupby(groups, key=_has_clash):
        yield list(chain.from_iterable(run))


def _has_clash(group: Sequence[Part]) -> bool:
    return any(part.merged is None for part in group)


def _is_inside_paragraph(between: Sequence[Part], choice: Sequence[Part]) -> bool:
    """Return whether no line between two choices, nor the second's first, starts something new."""
    lines = _sides(between)[0].split("\n")[:-1]
    return not any(map(_STARTS_ANEW.match, [*lines, *_sides(choice)]))


def _row(group: Sequence[Part]) -> Row:
    sides = _sides(group)
    if _has_clash(group):
        options = Options(*_sides([_settled(part) for part in group]))
        return Choice(*sides, options, tuple(_places(group)))
    return Same("".join([part.merged or "" for part in group]), *sides)


def _sides(parts: Sequence[Part]) -> tuple[str, str, str]:
    return (
        "".join([part.base for part in parts]),
        "".join([part.theirs for part in parts]),
        "".join([part.mine for part in parts]),
    )


def _places(group: Sequence[Part]) -> Iterator[Span]:
    at = 0
    for part in group:
        end = at + len(part.base)
        if part.merged is None:
            yield at, end
        at = end


def _settled(part: Part) -> Part:
    """Return the part with what is merged on each of its sides, if it clashes with nothing."""
    text = part.merged
    return part if text is None else Part(text, text, text, text)

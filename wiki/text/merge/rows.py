"""A clashing merge as rows of whole lines, for choosing.

A row ends only where all three sides end a line. Two choices in one paragraph become one, with what
stands between them: half a paragraph, read on its own, says little. Items, headings, table rows and
fields are read on their own, so they stay apart.
Cost: one pass over the parts.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from wiki.text.merge.parts import Part
from wiki.text.merge.values import Choice, Row, Same

_STARTS_ANEW = re.compile(
    r"[ \t]*(?:$|[-+*>#|]|\d{1,9}[.)][ \t]|```|~~~|[\w-]+:(?:\s|$))", re.MULTILINE
)


def rows_of(parts: Iterable[Part]) -> list[Row]:
    """Return the parts as rows, Same and Choice in turn, that hold every byte of all sides."""
    rows: list[Row] = []
    for row in _joined(_row(group) for group in _whole_lines(parts)):
        if len(rows) > 1 and isinstance(row, Choice) and _is_inside_paragraph(rows[-1], row):
            between, before = rows.pop(), rows.pop()
            rows.append(_choice([before, between, row]))
        else:
            rows.append(row)
    return rows


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


def _row(group: Sequence[Part]) -> Row:
    sides = (
        "".join([part.base for part in group]),
        "".join([part.theirs for part in group]),
        "".join([part.mine for part in group]),
    )
    merged = [part.merged for part in group if part.merged is not None]
    return Same("".join(merged), *sides) if len(merged) == len(group) else Choice(*sides)


def _joined(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows, neighbours of one sort joined."""
    for _, run in groupby(rows, key=type):
        yield _one(list(run))


def _one(run: Sequence[Row]) -> Row:
    texts = [row.text for row in run if isinstance(row, Same)]
    choice = _choice(run)
    return Same("".join(texts), choice.base, choice.theirs, choice.mine) if texts else choice


def _choice(rows: Sequence[Row]) -> Choice:
    return Choice(
        "".join([row.base for row in rows]),
        "".join([row.theirs for row in rows]),
        "".join([row.mine for row in rows]),
    )


def _is_inside_paragraph(between: Row, choice: Choice) -> bool:
    """Return whether no line between two choices, nor the second's first, starts something new."""
    lines = between.base.split("\n")[:-1]
    return not any(map(_STARTS_ANEW.match, [*lines, choice.base, choice.theirs, choice.mine]))

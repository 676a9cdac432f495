"""Tables put together again from rows that were compared and marked one by one.

A row renders as a table of its own, under the head of its table: so a table that came as a whole
would be read as many. Neighbours under the same head become one table; the head of a row that
came or went alone is shown unmarked, for it stood there before. Frames of compared tables are
groups, not regions: a page may have any number of them, and none is a place to jump to.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_TABLE = re.compile(
    r'(?P<frame><div class="table-scroll"[^>]*>\s*<table>\s*)<thead>(?P<head>.*?)</thead>\s*'
    r"(?:<tbody>(?P<rows>.*?)</tbody>\s*)?</table>\s*</div>\s*",
    re.DOTALL,
)
_REGION = re.compile(r'role="region" aria-label="[^"]*"')
_GROUP = 'role="group" aria-label="Table"'
_MARK = re.compile(r"<(ins|del) class=")
_WRAPPING = re.compile(r'<span class="run__said">[^<]*</span>|</?(?:ins|del)[^>]*>')
_TAG = re.compile(r"<[^>]*>")


@dataclass(slots=True)
class _Open:
    frame: str
    head: str
    rows: str

    def whole(self) -> str:
        rows = f"<tbody>{self.rows}</tbody>\n" if self.rows else ""
        return f"{self.frame}<thead>{self.head}</thead>\n{rows}</table>\n</div>\n"


def with_whole_tables(parts: Iterable[str]) -> str:
    """Return the parts, the HTML of one block each, as one text with neighbouring rows together."""
    done: list[str] = []
    table: _Open | None = None
    for part in parts:
        found = _TABLE.fullmatch(part)
        if found and table and _plain(found["head"]) == _plain(table.head):
            table.rows += found["rows"] or ""
            continue
        if table:
            done.append(table.whole())
        table = _opened(found) if found else None
        if not found:
            done.append(part)
    if table:
        done.append(table.whole())
    return as_groups("".join(done))


def as_groups(html: str) -> str:
    """Return the HTML with the frames of its tables as groups, which are no landmarks."""
    return _REGION.sub(_GROUP, html)


def _opened(found: re.Match[str]) -> _Open:
    head = found["head"]
    is_marked_one_way = len(set(_MARK.findall(head))) == 1
    if found["rows"] and is_marked_one_way:
        head = _WRAPPING.sub("", head)
    return _Open(found["frame"], head, found["rows"] or "")


def _plain(html: str) -> str:
    return "".join(_TAG.sub("", _WRAPPING.sub("", html)).split())

"""The section that each block stands in, block after block in reading order."""

import re

from wiki.text.comparison.plain import plain
from wiki.text.comparison.units import Unit
from wiki.text.comparison.values import Section

_HASHES = re.compile(r"\s*(#{1,6})")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s[^()]*)?\)|\[[^\[\]]*\])")


class Sections:
    """Says the section of one block after another.

    A block of the new text stands under its heading there. One that was removed stands where it is
    read: under the heading above it on the screen, which may be a removed one.
    """

    def __init__(self, old: list[Unit], new: list[Unit]) -> None:
        self._old, self._new = old, new
        self._current = Section("", 0, 0)
        self._known: dict[int, Section] = {-1: self._current}

    def of(self, old: range, new: range) -> Section:
        """Return the section of the block with these units, given after all those above it."""
        if new:
            heading = self._new[new.start].heading
            if heading not in self._known:
                self._known[heading] = _section(self._new[heading], is_removed=False)
            self._current = self._known[heading]
        elif self._old[old.start].kind == "heading":
            self._current = _section(self._old[old.start], is_removed=True)
        return self._current


def _section(unit: Unit, *, is_removed: bool) -> Section:
    hashes = _HASHES.match(unit.text)
    level = len(hashes[1]) if hashes else 1 if unit.text.rstrip().endswith("=") else 2
    title = _LINK.sub(r"\1", plain(unit))
    return Section(title, level, unit.side.first_line, is_removed)

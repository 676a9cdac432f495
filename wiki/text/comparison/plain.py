"""What a unit says without its Markdown, to know a mere change of formatting, and likeness."""

import re
from itertools import pairwise

from wiki.text.comparison.units import Unit
from wiki.text.tokens import words

_ESCAPED_OR_MARK = re.compile(
    r"\\([!-/:-@\[-`{-~])"
    r"|(?<!\w)\*+(?=\S)|(?<=\S)\*+(?!\w)"
    r"|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)"
    r"|~~|`+"
)
_MARKS = "*_`~\\"
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LEADS = {
    "heading": re.compile(r"^\s*#{1,6}\s*|\s+#+\s*$|\n *(?:=+|-+)\s*$"),
    "item": re.compile(r"^\s*(?:[-*+:]|\d{1,9}[.)])(?:\s+|$)"),
    "quote": re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE),
}
_CELL_EDGE = re.compile(r"\s*\|\s*")


def plain(unit: Unit) -> str:
    """Return what `unit` says: without marks, blanks single. Equal for units that say the same.

    Code and fields are left as they are but for blanks at their ends: there every mark may matter.
    """
    if unit.kind in ("code", "field", "definition"):
        return "\n".join([unit.kind, *map(str.rstrip, unit.side.source.split("\n"))])
    if unit.kind == "rule":
        return "rule\n"
    text = unit.text
    if unit.kind in _LEADS:
        text = _LEADS[unit.kind].sub("", text)
    if unit.kind == "row":
        text = _CELL_EDGE.sub("|", text.partition("\n")[0]).strip().strip("|")
    if any(mark in text for mark in _MARKS):
        text = _ESCAPED_OR_MARK.sub(r"\1", text)
    if "<" in text:
        text = _TAG.sub(lambda tag: tag[0].lower(), text)
    return " ".join(text.split())


_SHORT = 3
_ALL_COUNT = 8


def features(text: str) -> frozenset[str]:
    """Return what makes `text` recognisable: its longer words and pairs of neighbouring words."""
    found = [word.casefold() for word in words(text)]
    pairs = map(" ".join, pairwise(found))
    return frozenset([*pairs, *(word for word in found if len(word) > _SHORT)]) or frozenset(found)


def likeness(old: frozenset[str], new: frozenset[str]) -> float:
    """Return from 0 to 1 how much two sets of features have in common.

    Text that is wholly part of a longer one counts as like it, at most 0.7.
    """
    if not (old and new):
        return 0.0
    shared = len(old & new)
    smaller = min(len(old), len(new))
    alike = 2 * shared / (len(old) + len(new))
    return max(alike, 0.7 * shared / smaller) if smaller >= _ALL_COUNT else alike

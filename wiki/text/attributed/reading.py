"""The words of sanitised HTML and where each stands in it.

The HTML is scanned by a pattern, not parsed: it comes from `wiki.text.markdown`, whose last gate
writes well-formed elements and quotes every attribute, and nothing of it may be written otherwise
afterwards. Left out are words that the renderer added itself: links to sections, numbers of notes
and the ways back from them, and what only screen readers are told.
"""

import re
from dataclasses import dataclass, field
from itertools import accumulate

from wiki.text.tokens import tokens, words

_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^<>"]|"[^"]*")*)>')
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})
_ADDED = re.compile(r'class="(?:permalink|footnote-ref|footnote-backref|visually-hidden)"')
_NOTES = 'class="footnotes"'
# Letters may be here that Python's tables of letters do not know yet.
_FIRST_UNSPACED = "\u0e00"
_ENTITY = re.compile(r"&(?:[a-z]+|#\d+);")


@dataclass(slots=True)
class Node:
    """A text node: its place in the HTML, its outermost element, and where its link ends, if any.

    `note` counts the notes at the foot of the page from 0, and is -1 in the text above them.
    """

    start: int
    end: int
    block: int
    note: int
    link_end: int = -1


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text node; `start` and `end` are places in the HTML."""

    text: str
    start: int
    end: int
    node: Node


def words_of(html: str) -> list[Word]:
    """Return the words of the HTML that can come from a page's source, in order."""
    return [word for node in _Scanner(html).nodes() for word in _words_in(node, html)]


def pieces_of_words(text: str) -> list[tuple[str, int]]:
    """Return the words of `text` and their starts, those joined by underscores apart.

    An underscore may have a backslash before it in the source and none in the page.
    """
    parts = tokens(text)
    starts = accumulate(map(len, parts), initial=0)
    found: list[tuple[str, int]] = []
    for part, start in zip(parts, starts, strict=False):
        if not (part[0].isalnum() or (part[0] >= _FIRST_UNSPACED and words(part))):
            continue
        if "_" not in part:
            found.append((part, start))
            continue
        within = accumulate((len(one) + 1 for one in part.split("_")), initial=start)
        found += [(one, at) for one, at in zip(part.split("_"), within, strict=False) if one]
    return found


def _words_in(node: Node, html: str) -> list[Word]:
    text = html[node.start : node.end]
    if "&" in text:  # no entity that the renderer writes is a letter
        text = _ENTITY.sub(lambda entity: "&" * len(entity[0]), text)
    at = node.start
    return [
        Word(word, at + start, at + start + len(word), node)
        for word, start in pieces_of_words(text)
    ]


@dataclass(slots=True)
class _Scanner:
    """Walks the tags; `added`, `link` and `notes` say at what depth such an element opened."""

    html: str
    depth: int = 0
    added: int = 0
    link: int = 0
    notes: int = 0
    note: int = -1
    block: int = 0
    in_link: list[Node] = field(default_factory=list)

    def nodes(self) -> list[Node]:
        found: list[Node] = []
        at = 0
        for tag in _TAG.finditer(self.html):
            self._take(at, tag.start(), found)
            at = tag.end()
            if tag[1]:
                self._close(at)
            elif tag[2] not in _VOID:
                self._open(tag[2], tag[3])
        self._take(at, len(self.html), found)
        return found

    def _take(self, start: int, end: int, found: list[Node]) -> None:
        if start < end and not self.added:
            node = Node(start, end, self.block, self.note if self.notes else -1)
            found.append(node)
            if self.link:
                self.in_link.append(node)

    def _open(self, name: str, attributes: str) -> None:
        self.depth += 1
        if self.depth == 1:
            self.block += 1
        if not self.added and _ADDED.search(attributes):
            self.added = self.depth
        if name == "a" and not self.link:
            self.link = self.depth
        if name == "section" and _NOTES in attributes:
            self.notes = self.depth
        elif name == "li" and self.notes and self.depth == self.notes + 2:
            self.note += 1

    def _close(self, end: int) -> None:
        if self.depth == self.added:
            self.added = 0
        if self.depth == self.link:
            self.link = 0
            for node in self.in_link:
                node.link_end = end
            self.in_link.clear()
        if self.depth == self.notes:
            self.notes = 0
        self.depth -= 1

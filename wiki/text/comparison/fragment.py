"""A small piece of sanitised HTML as words to compare and events to write it out again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Literal

from wiki.text.tokens import tokens

_BLOCKS = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "caption",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
        ),
        *("figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre"),
        *("section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_OBJECTS = frozenset(["img", "input"])
_VOID = frozenset([*_OBJECTS, "br", "hr", "wbr"])
BREAK = "\n"

EventKind = Literal["item", "blank", "closing", "tag"]


@dataclass(frozen=True, slots=True)
class Item:
    """A word, sign or image, or the border of two blocks or lines.

    The key is what is compared: a word in a link carries the target, so that a changed target
    shows. `lead` are the blanks before it.
    """

    key: str
    html: str
    lead: str

    @property
    def word(self) -> str:
        """Return the word or sign itself, whatever link it stands in."""
        return self.key.partition("\0")[0]

    @property
    def is_break(self) -> bool:
        """Return whether this is only where one block or line ends and another begins."""
        return self.key == BREAK


@dataclass(frozen=True, slots=True)
class Event:
    """One step of writing it out: an item (by index), blanks, an inline end tag or another tag."""

    kind: EventKind
    html: str = ""
    index: int = -1


@dataclass(slots=True)
class Fragment:
    """A parsed fragment: its items, its events in order, and the names of its block elements."""

    items: list[Item] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    @property
    def shape(self) -> frozenset[str]:
        """Return which sorts of block it has; paragraphs only count where there is nothing else."""
        return frozenset(self.names - {"p"} or self.names)

    @property
    def has_words(self) -> bool:
        """Return whether there is anything in it to read."""
        return any(not item.is_break for item in self.items)


def parse(html: str) -> Fragment:
    """Return the fragment; comments and declarations are left out."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.fragment


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.fragment = Fragment()
        self._lead = ""
        self._is_new_block = False
        self._targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raw = self.get_starttag_text() or ""
        if tag in _OBJECTS:
            self._add(raw, raw)
            return
        if tag == "a":
            self._targets.append(next((v or "" for k, v in attrs if k == "href"), ""))
        self._tag(tag, raw)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._targets:
            self._targets.pop()
        if tag not in _VOID:
            self._tag(tag, f"</{tag}>", is_end=True)

    def handle_data(self, data: str) -> None:
        for token in tokens(data):
            if token.isspace():
                self.fragment.events.append(Event("blank", token))
                self._lead += token
            else:
                target = "".join(f"\0{target}" for target in self._targets)
                self._add(token + target, escape(token, quote=False))

    def _tag(self, tag: str, raw: str, *, is_end: bool = False) -> None:
        if tag in _BLOCKS:
            self.fragment.names.add(tag)
        if tag in _BLOCKS or tag == "br":
            self._is_new_block = True
            self._lead = ""
        is_inline_end = is_end and tag not in _BLOCKS
        self.fragment.events.append(Event("closing" if is_inline_end else "tag", raw))

    def _add(self, key: str, html: str) -> None:
        items = self.fragment.items
        if self._is_new_block and items:
            items.append(Item(BREAK, "", " "))
            self._lead = " "
        items.append(Item(key, html, self._lead))
        self.fragment.events.append(Event("item", html, len(items) - 1))
        self._lead, self._is_new_block = "", False


def texts(items: Iterable[Item]) -> list[str]:
    """Return the keys of the items."""
    return [item.key for item in items]

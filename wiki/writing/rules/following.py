"""Links in a text that follow pages to their new places, and nothing else in it changed by a byte.

Idea: expressions find all that looks like the target of a link; those that have to change are
put in on trial, each as a word that stands nowhere else, and the page is rendered. A target is
real when that word comes out as an address while every other address, tag and word is as before;
so code, comments and brackets that only look like links are never touched, and the renderer has
the last word on what a link is. Rejected: positions from the parser, which keeps none inside a
paragraph, and rendering Markdown back from tokens, which would lay the page out anew.
Cost: a scan of the text, and two renderings of a page that has something to change; one more for
each target where they disturb each other.
"""

import html
import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from markdown_it.helpers import parseLinkDestination

from wiki.text import frontmatter
from wiki.text.markdown import render
from wiki.text.markdown.wikilinks import LINK
from wiki.writing.rules.aiming import Aim, aimed

_LONGEST = 2_000
_TRIED_ALONE = 40
_IN_BRACKETS = re.compile(r"\]\([ \t]{0,99}(?:\r?\n[ \t>]{0,99})?")
_DEFINED = re.compile(r"\]:[ \t]{0,99}(?:\r?\n[ \t>]{0,99})?")
_ATTRIBUTE = re.compile(
    r"\b(?:href|src)\s{0,9}=\s{0,9}"
    r"(?:\"(?P<double>[^\"]{1,2000})\"|'(?P<single>[^']{1,2000})'|(?P<bare>[^\s\"'>]{1,2000}))",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(/?[a-z][a-z0-9]*)(?:\s+[^\s=>]+(?:=\"[^\"]*\")?)*\s*/?>")
_ADDRESS = re.compile(r'<(?:a href|img src)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Edit:
    """A part of a text, and the address or name, with words for readers, that goes there."""

    start: int
    end: int
    address: str
    label: str = ""

    @property
    def new(self) -> str:
        """What shall stand there."""
        return self.address + self.label


@dataclass(frozen=True, slots=True)
class Followed:
    """A text whose links were changed, and the changes: the words before, the words after."""

    text: str
    changes: tuple[tuple[str, str], ...] = ()


def wanted(text: str, aim: Aim) -> list[Edit]:
    """Return what would change if all that looks like a link were one; cheap.

    Some may overlap; the one that is more often a link goes first.
    """
    start = len(frontmatter.split(text).source)
    return [
        *_addresses(_IN_BRACKETS, text, start, aim),
        *_names(text, start, aim),
        *_attributes(text, start, aim),
        *_addresses(_DEFINED, text, start, aim),
    ]


def followed(text: str, path: str, edits: Sequence[Edit]) -> Followed:
    """Return the text of the page at `path` with those `edits` made that are to real links."""
    real = _real(text, path, edits)
    changes = dict.fromkeys((_around(text, edit), _around(text, edit, edit.new)) for edit in real)
    return Followed(_applied(text, real, [edit.new for edit in real]), tuple(changes))


def _addresses(before: re.Pattern[str], text: str, start: int, aim: Aim) -> Iterator[Edit]:
    for opening in before.finditer(text, start):
        at = opening.end()
        found = parseLinkDestination(text, at, min(len(text), at + _LONGEST))
        if not found.ok or not found.str:
            continue
        is_bracketed = text[at] == "<"
        first, last = at + is_bracketed, found.pos - is_bracketed
        new = aimed(text[first:last], found.str, aim)
        if new is not None:
            yield Edit(first, last, new)


def _attributes(text: str, start: int, aim: Aim) -> Iterator[Edit]:
    for found in _ATTRIBUTE.finditer(text, start):
        kind = found.lastgroup or "bare"
        new = aimed(found[kind], html.unescape(found[kind]), aim)
        if new is not None:
            yield Edit(*found.span(kind), new)


def _names(text: str, start: int, aim: Aim) -> Iterator[Edit]:
    for found in LINK.finditer(text, start):
        # In a table the bar before the words has a backslash.
        written = found["page"].rstrip("\\").strip()
        new = aim.title_or_path(written) if written else None
        if new is None:
            continue
        name, needs_words = new
        first = found.start("page") + found["page"].index(written)
        label = ""
        if needs_words and not found["words"]:
            if found["section"]:
                continue  # the words would have to go behind the section
            bar = "\\|" if "|" in _line_around(text, found.start()) else "|"
            label = f"{bar}{written}"
        yield Edit(first, first + len(written), name, label)


def _line_around(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]


def _real(text: str, path: str, edits: Sequence[Edit]) -> list[Edit]:
    """Return those of `edits` that change where a link leads, and nothing besides, in order."""
    real: list[Edit] = []
    waiting = list(edits)
    while waiting:
        tried: list[Edit] = []
        for edit in waiting:
            if not _overlaps(edit, tried):
                insort(tried, edit, key=_start)
        real = sorted([*real, *_shown(text, path, tried)], key=_start)
        waiting = [edit for edit in waiting if edit not in tried and not _overlaps(edit, real)]
    return real


def _shown(text: str, path: str, edits: Sequence[Edit]) -> list[Edit]:
    seen = _Seen.of(text, path)
    together = seen.shown(text, path, edits)
    if together is not None:
        return [edit for index, edit in enumerate(edits) if index in together]
    return [edit for edit in edits[:_TRIED_ALONE] if seen.shown(text, path, [edit])]


def _overlaps(edit: Edit, edits: Sequence[Edit]) -> bool:
    at = bisect_left(edits, edit.end, key=_start)
    return at > 0 and edits[at - 1].end > edit.start


def _start(edit: Edit) -> int:
    return edit.start


@dataclass(frozen=True, slots=True)
class _Seen:
    """A rendered page: where its links lead, and everything else of it."""

    addresses: list[str]
    rest: str

    @classmethod
    def of(cls, text: str, path: str) -> "_Seen":
        rendered = render(text, path=path).html
        return cls(_ADDRESS.findall(rendered), html.unescape(_TAG.sub(r"<\1>", rendered)))

    def shown(self, text: str, path: str, edits: Sequence[Edit]) -> set[int] | None:
        """Return the indexes of the edits that show in an address; None if more would change."""
        word = _word_not_in(text)
        marks = [f"{word}{index}z" for index in range(len(edits))]
        on_trial = [mark + edit.label for mark, edit in zip(marks, edits, strict=True)]
        trial = _Seen.of(_applied(text, edits, on_trial), path)
        rest = trial.rest
        for edit, mark in zip(edits, marks, strict=True):
            written = html.unescape(text[edit.start : edit.end])
            for put_in in (mark + edit.label, mark + edit.label.removeprefix("\\"), mark):
                rest = rest.replace(put_in, written)
        pairs = list(zip_longest(self.addresses, trial.addresses, fillvalue=""))
        is_only_ours = all(was == is_now or word in is_now for was, is_now in pairs)
        if rest != self.rest or not is_only_ours:
            return None
        return {at for at, mark in enumerate(marks) if any(mark in is_now for _, is_now in pairs)}


def _word_not_in(text: str) -> str:
    word, folded = "zq", text.casefold()
    while word in folded:
        word += "q"
    return word


def _applied(text: str, edits: Sequence[Edit], new: Sequence[str]) -> str:
    parts: list[str] = []
    border = 0
    for edit, words in zip(edits, new, strict=True):
        parts += [text[border : edit.start], words]
        border = edit.end
    return "".join([*parts, text[border:]])


def _around(text: str, edit: Edit, new: str | None = None) -> str:
    """Return the link that an edit changes as it is written, before or after, for people."""
    words = text[edit.start : edit.end] if new is None else new
    first = max(text.rfind("[", max(0, edit.start - 200), edit.start), edit.start - 200, 0)
    first -= text[max(0, first - 1) : first] == "["
    line = text.find("\n", edit.end)
    end = re.compile(r"\]\]|[)>]").search(text, edit.end, line if line >= 0 else len(text))
    last = end.end() if end else edit.end
    return " ".join((text[first : edit.start] + words + text[edit.end : last]).split())

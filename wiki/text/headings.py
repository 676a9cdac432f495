"""Headings of a page: their plain words, their anchors, and which of them is the page's title."""

import html
import re
import unicodedata

ANCHOR_PREFIX = "s-"
ANCHOR_LIMIT = 80

_MARKUP = re.compile(r"[\\`*_~\[\]<>&{!]")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ESCAPED = re.compile("[\ue021-\ue07e]")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]{0,1000})?/?>")
_TEMPLATE = re.compile(
    r"\{%[^{}%]{0,1000}%\}"
    r"|\{\{-?\s{0,9}(?:site|page|layout|content|include)\b[^{}]{0,1000}\}\}"
    r"|\{:[^{}\n]{1,1000}\}"
)
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|\n]{0,500}\|)?([^\[\]|\n]{1,500})\]\]")
_TARGET = r"\((?:<[^<>\n]{0,2000}>|[^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?)\)"
_LINK = re.compile(r"!?\[([^\[\]]{0,2000})\](?:" + _TARGET + r"|\[[^\[\]]{0,500}\])")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{0,2000})>")
_UNDERSCORES = re.compile(r"_(?<![^\W_]_)_*|_+(?![^\W_])")  # not those inside words
_APOSTROPHES = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]")


class Anchors:
    """Hands out the anchors of one page, none of them twice."""

    __slots__ = ("_next", "_taken")

    def __init__(self) -> None:
        self._next: dict[str, int] = {}
        self._taken: set[str] = set()

    def take(self, words: str) -> str:
        """Return the anchor for the next heading with these `words`: `s-aims`, then `s-aims-2`."""
        anchor = base = anchor_for(words)
        count = self._next.get(base, 1)
        if count > 1:
            anchor = f"{base}-{count}"
        while anchor in self._taken:
            count += 1
            anchor = f"{base}-{count}"
        self._next[base] = count + 1
        self._taken.add(anchor)
        return anchor

    def reserve(self, anchor: str) -> bool:
        """Take just this anchor; say whether it was free."""
        is_free = anchor not in self._taken
        self._taken.add(anchor)
        return is_free


def anchor_for(words: str) -> str:
    """Return the anchor that the first heading with these `words` has on its page.

    Letters and digits of any script in lower case, hyphens between them. All begin with `s-`, so
    that no heading can take an id that the page's frame or its scripts use.
    """
    folded = unicodedata.normalize("NFKC", words).lower()
    folded = _APOSTROPHES.sub("", folded)
    if folded.isascii():
        plain = re.sub(r"[^a-z0-9]+", "-", folded)
    else:
        plain = re.sub("-{2,}", "-", "".join(map(_letter_or_hyphen, folded)))
    return ANCHOR_PREFIX + (plain.strip("-")[:ANCHOR_LIMIT].rstrip("-") or "section")


def anchor_for_fragment(fragment: str) -> str:
    """Return the anchor that a written `#fragment` means, whether or not it has our prefix."""
    return anchor_for(fragment.removeprefix(ANCHOR_PREFIX))


def plain_words(source: str) -> str:
    """Return the words of a line of Markdown as people read them: no marks, tags or addresses."""
    if not _MARKUP.search(source):
        return " ".join(source.split())
    return " ".join(without_marks(without_comments(source)).split())


def without_comments(source: str) -> str:
    """Return Markdown without comments; one that is not closed is text."""
    if "<!--" not in source:
        return source
    last = source.rfind("-->") + 3
    return _COMMENT.sub("", source[:last]) + source[last:]


def without_marks(source: str) -> str:
    """Return Markdown without its inline marks; lines stay where they are."""
    escaped = "\\" in source
    text = _ESCAPE.sub(lambda sign: chr(0xE000 + ord(sign[1])), source) if escaped else source
    if "<" in text:
        text = _TAG.sub("", _AUTOLINK.sub(r"\1", text))
    if "{" in text:
        text = _TEMPLATE.sub("", text)
    if "[" in text:
        text = _LINK.sub(r"\1", _WIKI_LINK.sub(r"\1", text))
        text = _LINK.sub(r"\1", text)  # once more for pictures inside links
    text = text.replace("*", "").replace("`", "").replace("~~", "")
    if "_" in text:
        text = _UNDERSCORES.sub("", text)
    if "&" in text:
        text = html.unescape(text)
    return _ESCAPED.sub(lambda sign: chr(ord(sign[0]) - 0xE000), text) if escaped else text


def serves_as_title(level: int, words: str, title: str | None) -> bool:
    """Say whether a heading that opens a page is its title, which is shown above the text.

    Without a `title` known from elsewhere every first heading of level 1 is the title; otherwise
    only a heading with the same words.
    """
    if title is None:
        return level == 1
    return _folded(words) == _folded(title)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _letter_or_hyphen(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Cf":
        return ""
    return sign if kind[0] in "LMN" else "-"

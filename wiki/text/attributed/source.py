"""The words of a page's source: those that are shown, those that are not, and those of its notes.

Patterns say what is markup, not a parser. They may take an example in a code block for markup; so
a word that seems hidden is only the last choice for a word of the page, never excluded.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from wiki.text import frontmatter
from wiki.text.attributed.reading import pieces_of_words
from wiki.text.attributed.values import Authored

SHOWN, HIDDEN = -1, -2

_TARGET = r"\((?:<[^<>\n]{0,2000}>|[^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?)\)"
_MARKUP = re.compile(
    r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]{0,1000})?/?>"
    rf"|!\[[^\[\]\n]{{0,2000}}\](?:{_TARGET}|\[[^\[\]\n]{{0,500}}\])"
    r"|\[\^[^\[\]\s]{1,100}\]:?"
    rf"|(?<=\])(?:{_TARGET}|\[[^\[\]\n]{{0,500}}\])"
    r"|\[\[[^\[\]|\n]{0,600}\|"
    r"|\{[{%:][^{}\n]{0,1000}\}"
    r"|^[ ]{0,3}\[[^\[\]\n]{1,500}\]:[^\n]*"
    r"|^[ \t>]*(?:```|~~~)[^\n]*"
    r"|^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+(?:\[[ xX]\][ \t])?",
    re.MULTILINE,
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_NOTE_START = r"[ ]{0,3}\[\^[^\[\]\s]{1,100}\]:"
_LINES = rf"(?:\n(?!{_NOTE_START})[ \t]*[^\s][^\n]*)*"
_NOTE = re.compile(
    rf"^{_NOTE_START}[^\n]*{_LINES}(?:\n(?:[ \t]*\n)+(?:[ ]{{4}}|\t)[ \t]*[^\s][^\n]*{_LINES})*",
    re.MULTILINE,
)
_DEFINED = re.compile(r"^[ ]{0,3}(\[[^\[\]\n]{1,500}\]):", re.MULTILINE)
_PLAIN = '<div class="plain-text">'


@dataclass(frozen=True, slots=True)
class SourceWord:
    """A word of the source; `kind` is SHOWN, HIDDEN or the number of the note it is in."""

    text: str
    start: int
    end: int
    kind: int
    origin: int


def words_of_source(spans: Sequence[Authored], html: str = "") -> list[SourceWord]:
    """Return the words of the text that the spans cover, in order.

    Where `html` is a page shown as it was typed, nothing counts as markup.
    """
    source = "".join(span.text for span in spans)
    if html.startswith(_PLAIN):
        shown, notes = source, []
    else:
        front = len(frontmatter.split(source).source)
        shown = _without_markup(" " * front + source[front:])
        notes = [found.span() for found in _NOTE.finditer(source, front)] if "[^" in source else []
    ends, at = [], 0
    for span in spans:
        at += len(span.text)
        ends.append(at)
    starts = [start for start, _ in notes]
    words: list[SourceWord] = []
    index = 0
    for text, start in pieces_of_words(source):
        while start >= ends[index]:
            index += 1
        kind = HIDDEN if shown[start] == " " else SHOWN
        if notes and kind == SHOWN:
            note = bisect_right(starts, start) - 1
            kind = note if note >= 0 and start < notes[note][1] else SHOWN
        words.append(SourceWord(text, start, start + len(text), kind, spans[index].origin))
    return words


def _without_markup(source: str) -> str:
    """Return the source with blanks in place of markup; names that lead nowhere are words."""
    defined = {found[1].casefold() for found in _DEFINED.finditer(source)} | {"[]"}

    def blank(markup: re.Match[str]) -> str:
        written = markup[0]
        is_name = written[0] == "[" and written[-1] == "]"
        is_word = is_name and written.casefold() not in defined
        return written if is_word else " " * len(written)

    # Beyond the last end of a comment none is closed, and each would be sought to the end.
    last = source.rfind("-->") + 3 if "-->" in source else 0
    source = _COMMENT.sub(lambda comment: " " * len(comment[0]), source[:last]) + source[last:]
    return _MARKUP.sub(blank, source)

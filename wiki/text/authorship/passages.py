"""A page's text as blocks between blank lines, passages inside blocks, and folded words.

Only words are followed: blanks, symbols and so all Markdown marks belong to whichever word stands
beside them. Words are folded (NFC, case), so that capitals make no new author. A passage is a
sentence or a line that opens with a mark of lists, tables or headings, never just a line, because
wrapping a paragraph anew must change nothing. What runs on without an end is cut after words that
their own sum chooses: an edit then moves no cut but those beside it.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

from wiki.text.tokens import words

_BLANK_LINES = re.compile(r"\n\s*\n")
_ENDS = re.compile(
    r"(?:(?<=[.!?:;…])|(?<=[.!?…][\"'”’)*_]))\s+"  # noqa: RUF001
    r"|(?<=[。！？])"  # noqa: RUF001
    r"|\n(?=[^\S\n]*(?:[-*+>#|]|\d+[.)]\s))"
)
_SHORTEST_CUT, _LONGEST = 20, 60
_USUAL_BLOCK = 8000
_ONE_IN = 16
# Below the surrogates, so that marks are characters that can be written down.
_MARKS = 0xD800
_LONG_WORD, _MANY_WORDS = 4, 3
_BEFORE_SPACELESS = "\u0e00"


class Passage(NamedTuple):
    """A passage on the page: the place of its first word, and its folded words."""

    start: int
    words: list[str]

    @property
    def end(self) -> int:
        """The place after its last word."""
        return self.start + len(self.words)


def blocks(text: str) -> list[str]:
    """Return the blocks of `text`, at least one; blank lines are left out."""
    return _BLANK_LINES.split(text)


def folded(text: str) -> list[str]:
    """Return the words of `text` as they are compared."""
    if text.isascii():
        return words(text.lower())
    return [_folded_word(word) for word in words(text)]


@lru_cache(maxsize=1 << 14)
def _folded_word(word: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold())


def passages(block: str, start: int) -> list[Passage]:
    """Return the passages of `block`, whose first word is the page's word number `start`."""
    found: list[Passage] = []
    for part in _parts_of(block):
        found.append(Passage(start, part))
        start += len(part)
    return found


def key(block: str) -> str:
    """Return what two blocks share that have the same words: those, folded."""
    return " ".join(map(" ".join, _parts_of(block)))


def _parts_of(block: str) -> list[list[str]]:
    return _parts_of_usual(block) if len(block) < _USUAL_BLOCK else _parts(block)


@lru_cache(maxsize=2048)
def _parts_of_usual(block: str) -> list[list[str]]:
    # The next save, or the next revision of an import, meets most of these again.
    return _parts(block)


def _parts(block: str) -> list[list[str]]:
    parts: list[list[str]] = []
    for piece in _ENDS.split(block):
        of_piece = folded(piece)
        parts += _cut(of_piece) if len(of_piece) > _LONGEST else [of_piece]
    return [part for part in parts if part]


def _cut(long: list[str]) -> list[list[str]]:
    parts: list[list[str]] = []
    begun = 0
    for at, word in enumerate(long, start=1):
        size = at - begun
        if size >= _LONGEST or (size >= _SHORTEST_CUT and mark(word) % _ONE_IN == 0):
            parts.append(long[begun:at])
            begun = at
    return [*parts, long[begun:]]


@lru_cache(maxsize=1 << 14)
def _mark(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass")) % _MARKS


def mark(word: str) -> int:
    """Return a small number that stands for `word` where whole passages are compared."""
    return _mark(word)


def marks(of: Sequence[str]) -> str:
    """Return a character for each word, by its mark."""
    return "".join([chr(_mark(word)) for word in of])


def name(of: Sequence[str], kind: bytes = b"passage") -> int:
    """Return the hash of 64 bits under which these words are remembered."""
    data = " ".join(of).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8, person=kind).digest())


def is_telling(of: Sequence[str]) -> bool:
    """Return whether meeting these words twice says more than chance does.

    One common short word does not; a longer word or a few in a row do.
    """
    return len(of) >= _MANY_WORDS or any(len(word) >= _LONG_WORD for word in of)

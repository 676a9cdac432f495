"""Where a page says some words, and who wrote them there.

Words are compared without regard to case, blanks and signs. They are looked for in what the page
shows, then in all of its source, then without lone numbers (a selection takes those of notes
along); whole words before parts of words, because a selection often begins in the middle of one.
Each is one search for a string in a string.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wiki.text.attributed.reading import pieces_of_words
from wiki.text.attributed.source import HIDDEN, SourceWord, words_of_source
from wiki.text.attributed.values import Authored

PASSAGES_LIMIT = 50
_BORDER = "\x1f"


@dataclass(frozen=True, slots=True)
class Passage:
    """A place of the source, from `start` to `end`, and its text by origin, in order."""

    start: int
    end: int
    parts: tuple[tuple[int, str], ...]


def who_wrote(spans: Sequence[Authored], words: str) -> tuple[Passage, ...] | None:
    """Return the passages of the source that say these words, in order; None where none does.

    At most fifty. Raises nothing; words without a letter or digit are nowhere.
    """
    wanted = [_folded(word) for word, _ in pieces_of_words(words)]
    written = words_of_source(spans)
    shown = [word for word in written if word.kind != HIDDEN]
    unnumbered = [word for word in shown if not word.text.isdecimal()]
    source = "".join(span.text for span in spans)
    letters = [word for word in wanted if not word.isdecimal()]
    for needle, hay in ((wanted, shown), (wanted, written), (letters, unnumbered)):
        found = [_passage(some, spans, source) for some in _places(needle, hay)]
        if found:
            return tuple(found)
    return None


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()


def _places(wanted: Sequence[str], written: Sequence[SourceWord]) -> list[Sequence[SourceWord]]:
    if not wanted:
        return []
    hay = _BORDER + "".join(_folded(word.text) + _BORDER for word in written)
    needle = _BORDER.join(wanted)
    starts = list(_occurrences(f"{_BORDER}{needle}{_BORDER}", hay))
    if not starts:
        starts = [start - 1 for start in _occurrences(needle, hay)]
    # The number of borders before a place is the number of the word that it is in.
    first, at, places = 0, 0, []
    for start in starts:
        first += hay.count(_BORDER, at, start + 1)
        at = start + 1
        places.append(written[first - 1 : first - 1 + len(wanted)])
    return places


def _occurrences(needle: str, hay: str) -> Iterator[int]:
    start = hay.find(needle)
    count = 0
    while start >= 0 and count < PASSAGES_LIMIT:
        yield start
        count += 1
        # The border at the end of one may be that at the start of the next.
        start = hay.find(needle, start + len(needle) - (needle[-1] == _BORDER))


def _passage(words: Sequence[SourceWord], spans: Sequence[Authored], source: str) -> Passage:
    start, end = words[0].start, words[-1].end
    parts: list[tuple[int, str]] = []
    at = 0
    for span in spans:
        low, high = max(at, start), min(at + len(span.text), end)
        if low < high:
            is_same = parts and parts[-1][0] == span.origin
            before = parts.pop()[1] if is_same else ""
            parts.append((span.origin, before + source[low:high]))
        at += len(span.text)
    return Passage(start, end, tuple(parts))

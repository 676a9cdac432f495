r"""Text as tokens, and how many words it has.

A token is a word, a run of blanks, a newline or one symbol; the tokens of a text put together are
the text again. Three things Python's plain `\w+` gets wrong are put right here: combining marks
belong to their letter (decomposed accents, Hebrew points, Indic vowels), an emoji of several code
points stays one token, and scripts written without blanks (Chinese, Japanese, Thai and their
neighbours) come out letter by letter, because a whole sentence as one "word" would make every small
edit a large one. A segmenter with a dictionary would do better there and was rejected for its size.
Cost: one pass of a compiled expression.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_BLOCKS_WITH_MARKS = (
    range(0x300, 0x3100),
    range(0xA600, 0xAC00),
    range(0xFB1E, 0xFB1F),
    range(0xFE00, 0xFE30),
    range(0x10A00, 0x10B00),
    range(0x11000, 0x11E00),
    range(0x1E000, 0x1E950),
)
_JOINERS = "\u00ad\u200c\u200d"
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)


def _ranges(points: Iterable[int]) -> str:
    """Return the ascending code points as the inside of a character class."""
    runs: list[list[int]] = []
    for point in points:
        if runs and runs[-1][1] == point - 1:
            runs[-1][1] = point
        else:
            runs.append([point, point])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in runs)


_MARKS = _ranges(
    point
    for block in _BLOCKS_WITH_MARKS
    for point in block
    if unicodedata.category(chr(point)).startswith("M")
)
_LETTER = rf"[^\W_{_UNSPACED}]"
_WORD = rf"{_LETTER}+(?:(?:[{_MARKS}{_JOINERS}]|_(?={_LETTER}))+{_LETTER}*)*"
_TOKEN = re.compile(
    rf"{_WORD}"
    r"|\n|[^\S\n]+"
    rf"|[{_UNSPACED}][{_MARKS}]*"
    r"|[\U0001f1e6-\U0001f1ff]{2}"
    rf"|(?:[^\w\s]|_)(?:[{_MARKS}\U0001f3fb-\U0001f3ff]|\u200d[^\w\s])*"
    r"|\w"
)
_WORD_ONLY = re.compile(rf"{_WORD}|[{_UNSPACED}][{_MARKS}]*")
_COUNTED = re.compile(
    rf"https?://\S+|{_WORD}(?:(?:['’‐‑-]|(?<=\d)[.,](?=\d)){_WORD})*|[{_UNSPACED}][{_MARKS}]*"  # noqa: RUF001
)
_USUAL_LINE = 4000
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LINK_TARGET = re.compile(r"\]\([^()\s]*\)")


def tokens(text: str) -> list[str]:
    """Return words, runs of blanks, newlines and single symbols of `text`, in order, gapless."""
    return _TOKEN.findall(text)


def words(text: str) -> list[str]:
    """Return only the words of `text`, in order."""
    return _WORD_ONLY.findall(text)


def word_places(text: str) -> list[int]:
    """Return where in `text` each of its `words` begins."""
    return [found.start() for found in _WORD_ONLY.finditer(text)]


def counted_places(text: str) -> list[int]:
    """Return where in `text` each of the words begins that `word_count` counts."""
    return [start for start, _ in counted_spans(text)]


def counted_spans(text: str) -> list[tuple[int, int]]:
    """Return where in `text` each of the words begins and ends that `word_count` counts."""
    if "<" in text:
        text = _TAG.sub(_blanked, text)
    if "](" in text:
        text = _LINK_TARGET.sub(_blanked_target, text)
    return [found.span() for found in _COUNTED.finditer(text)]


def _blanked(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _blanked_target(found: re.Match[str]) -> str:
    return "]" + " " * (len(found[0]) - 1)


def word_count(text: str) -> int:
    """Return how many words a person would count in `text`.

    "don't", "co-draft", "1,000.50" and a bare address are one word each; link targets, HTML tags
    and Markdown marks are none. Chinese and Japanese are counted by characters, as word processors
    do.
    """
    if "<" in text:
        text = _TAG.sub(" ", text)
    return sum(map(_words_in_line, text.split("\n")))


def _words_in_line(line: str) -> int:
    return _words_in_usual_line(line) if len(line) < _USUAL_LINE else _counted(line)


@lru_cache(maxsize=8192)
def _words_in_usual_line(line: str) -> int:
    # An imported history says the same lines hundreds of times; no word goes over a line's end.
    return _counted(line)


def _counted(line: str) -> int:
    if "](" in line:
        line = _LINK_TARGET.sub("] ", line)
    return len(_COUNTED.findall(line))

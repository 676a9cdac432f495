"""From text to terms: the same for what is stored and what is asked, on both databases.

Idea: words are folded (compatibility forms, case, accents and ligatures: `Œuvre`, `OEUVRE` and
`oeuvre` are one), cut at apostrophes and hyphens the way English and French need it, and stemmed
by the Snowball rules of the page's language after folding. Folding first keeps one term at one
place, which phrases need, and costs a few French endings: `publié` and `publiées` may part.
A chunk with hyphens gives its words and, at the very end, the words joined: `co-draft` is found as
`co-draft`, `draft` and `codraft`. Scripts without blanks give a term for each letter, so that a
part of a sentence is found as a phrase. Rejected: the databases' own tokenizers and stemmers,
which differ from each other. Cost: about 10 ms for 100,000 letters, as stems are remembered.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import Literal

import Stemmer

Language = Literal["en", "fr"]

WORD_LIMIT = 64
# PostgreSQL refuses vectors over a megabyte; this many bytes of terms stay under it.
SIZE_LIMIT = 400_000
REMEMBERED_STEMS = 60_000

_SPECIAL = {
    "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    "\N{LEFT SINGLE QUOTATION MARK}": "'", "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{MODIFIER LETTER APOSTROPHE}": "'", "\N{PRIME}": "'", "\N{HYPHEN}": "-", "_": "-",
}  # fmt: skip
_SPECIAL_SIGN = re.compile(f"[{''.join(_SPECIAL)}]")
# Accents, Hebrew points, Arabic vowels, and signs that are not seen.
_DROPPED = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u00ad\u200c\u200d\u2060\ufeff]+"
)
_SIGN = "[\\w\u0900-\u0963\u0966-\u0dff]"  # the vowels of Indian scripts are no letters to Python
_CHUNK = re.compile(f"{_SIGN}+(?:['-]{_SIGN}+)*")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)
_ELISION = re.compile(r"^(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)'(?=.)")


@dataclass(frozen=True, slots=True)
class PageTerms:
    """What a page is found by: stems in the order of the text, and bare words.

    `names` are the bare words of the title in order; `words` all bare words, each once.
    """

    title: list[str]
    body: list[str]
    names: list[str]
    words: list[str]


class _Stems(dict[str, str]):
    """Words and their stems in one language; forgets everything when it has grown too large."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._stemmer = Stemmer.Stemmer(language, 0)
        self._lock = threading.Lock()  # a stemmer serves one thread at a time

    def __missing__(self, word: str) -> str:
        if len(self) >= REMEMBERED_STEMS:
            self.clear()
        with self._lock:
            stem: str = self._stemmer.stemWord(word)
        self[word] = stem
        return stem


_STEMS: dict[Language, _Stems] = {"en": _Stems("english"), "fr": _Stems("french")}
LANGUAGES: tuple[Language, ...] = tuple(_STEMS)


def language_of(code: str) -> Language:
    """Return the language whose endings a page of language `code` is cut by."""
    return "fr" if code.lower().startswith("fr") else "en"


def stem(word: str, language: Language) -> str:
    """Return the stem of a folded word."""
    return _STEMS[language][word]


def folded(text: str) -> str:
    """Return `text` in small letters without accents and ligatures; its length may change."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        text = unicodedata.normalize("NFC", _DROPPED.sub("", text))
        return _SPECIAL_SIGN.sub(lambda sign: _SPECIAL[sign.group()], text)
    return text.lower().replace("_", "-")


def chunks(text: str) -> list[str]:
    """Return the folded words of `text` with the hyphens and apostrophes inside them."""
    return _CHUNK.findall(folded(text))


def words_of(chunk: str) -> list[str]:
    """Return the words of one chunk: `l'avant-projet` gives avant and projet."""
    if chunk.isalnum() and chunk.isascii():
        return [chunk[:WORD_LIMIT]]
    words = (_bare(part) for part in chunk.split("-"))
    return [word[:WORD_LIMIT] for whole in words for word in _spaced(whole)]


def folded_words(text: str) -> tuple[str, ...]:
    """Return the folded words of `text` in order."""
    return tuple(word for chunk in chunks(text) for word in words_of(chunk))


def joined(words: list[str]) -> str:
    """Return the words of one chunk as the one word that others may write."""
    return "".join(words)[:WORD_LIMIT]


def is_unspaced(text: str) -> bool:
    """Return whether `text` holds letters of a script that is written without blanks."""
    return not text.isascii() and _UNSPACED.search(text) is not None


def page_terms(title: str, body: str, language: Language) -> PageTerms:
    """Return what a page with these plain words is found by."""
    stems = _STEMS[language]
    names, names_joined = _all_words(title)
    words, words_joined = _all_words(body)
    names += names_joined
    words += words_joined
    return PageTerms(
        title=[stems[word] for word in names],
        body=[stems[word] for word in words],
        names=names,
        words=sorted({*names, *words}),
    )


def _all_words(text: str) -> tuple[list[str], list[str]]:
    words: list[str] = []
    joins: list[str] = []
    for chunk in chunks(text):
        if chunk.isalnum() and chunk.isascii():
            words.append(chunk[:WORD_LIMIT])
            continue
        parts = words_of(chunk)
        words += parts
        if "-" in chunk:
            joins.append(joined(parts))
    return (words, joins) if len(text) < SIZE_LIMIT // 20 else _fitting(words, joins)


def _fitting(words: list[str], joins: list[str]) -> tuple[list[str], list[str]]:
    sizes = accumulate(len(word.encode()) + 1 for word in (*words, *joins))
    count = sum(1 for _ in takewhile(lambda size: size < SIZE_LIMIT, sizes))
    return words[:count], joins[: max(count - len(words), 0)]


def _bare(part: str) -> str:
    if "'" not in part:
        return part
    return _ELISION.sub("", part).removesuffix("'s").replace("'", "")


def _spaced(word: str) -> Iterable[str]:
    if not is_unspaced(word):
        return (word,) if word else ()
    return _UNSPACED.sub(lambda sign: f" {sign.group()} ", word).split()

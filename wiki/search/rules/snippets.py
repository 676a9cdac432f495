"""The stretch of a page that shows best why it was found, with the words asked for marked.

Idea: the text is folded sign by sign, so that places stay the same; one compiled pattern made of
the beginnings of the stems finds candidates, and only these are cut into words and stemmed. Of the
first hits the window wins that holds most different terms. Nothing here is HTML: a snippet is a
run of parts, each said to be a hit or not. Rejected: the databases' own snippets, which would show
stems, and HTML from a database. Cost: 0.1 ms for a page of 10,000 letters, less when hits come
early. Rare foldings that change a word's length are found as pages but not marked.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from wiki.search.rules.asked import Asked, Term
from wiki.search.rules.terms import Language, folded, folded_words, is_unspaced, stem

WINDOW = 170
LEAD = 60
LENGTH = 230
# Most pages need be searched no further: all words asked for are in their opening.
OPENING = 5_000
HITS_PER_TERM = 6
CANDIDATES_LIMIT = 400
SHORT_STEM = 5

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_LIGATURES = {"oe": "(?:oe|œ)", "ae": "(?:ae|æ)", "ss": "(?:ss|ß)"}
# Every repetition is bounded and never tried shorter, so that no page can make the search slow.
_BETWEEN = r"[^\w\n]{0,8}+(?:\w{1,6}')?"
_ENDING = r"\w{0,40}+(?:'\w{1,12}+)?"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of plain text; `is_hit` when it is one of the words asked for."""

    text: str
    is_hit: bool = False


class _Hit(NamedTuple):
    start: int
    end: int
    term: int


@dataclass(frozen=True, slots=True)
class _Finder:
    """What finds the terms of a query: candidates by pattern, then by their runs of stems."""

    pattern: re.Pattern[str]
    runs: dict[tuple[str, ...], int]
    begun: str
    begun_term: int


def snippet(body: str, asked: Asked, language: Language, *, otherwise: str = "") -> list[Part]:
    """Return the best stretch of `body`, cut at blanks, about 30 words.

    Without a hit it is the opening of `otherwise`, or of `body`.
    """
    hits = _hits(body[:OPENING], asked, language)
    if len(body) > OPENING and len({hit.term for hit in hits}) < max(len(asked.terms), 1):
        hits = _hits(body, asked, language)
    if not hits:
        opening = otherwise or body
        return _parts(opening, 0, _end(opening, 0, 0), [])
    first, last = _best(hits)
    start = _start(body, hits[first].start)
    end = _end(body, start, hits[last].end)
    # Once more, for the words between the best stretch and where it is cut.
    return _parts(body, start, end, _hits(body[start:end], asked, language))


def same_length_folded(text: str) -> str:
    """Return `text` in small letters without accents, every sign at its own place."""
    return text.lower() if text.isascii() else _NOT_ASCII.sub(_folded_sign, text).lower()


def _hits(body: str, asked: Asked, language: Language) -> list[_Hit]:
    if not asked.terms:
        return _literal_hit(body, asked.literal)
    hits: list[_Hit] = []
    finder = _finder(asked.terms)
    enough = HITS_PER_TERM * len(asked.terms)
    meanings: dict[str, int | None] = {}
    text = same_length_folded(body)
    for count, found in enumerate(finder.pattern.finditer(text)):
        start, end = found.span()
        # A match inside a word is none.
        is_whole = start == 0 or _is_border(text[start - 1 : start + 1])
        written = found.group()
        if written not in meanings:
            meanings[written] = _meant(written, finder, language)
        term = meanings[written]
        if is_whole and term is not None:
            hits.append(_Hit(start, end, term))
        if len(hits) >= enough or count >= CANDIDATES_LIMIT:
            break
    return hits


def _is_border(signs: str) -> bool:
    """Return whether a word may begin between these two signs."""
    return not signs[0].isalnum() or is_unspaced(signs)


def _literal_hit(body: str, literal: str) -> list[_Hit]:
    at = same_length_folded(body).find(same_length_folded(literal)) if literal else -1
    return [_Hit(at, at + len(literal), 0)] if at >= 0 else []


def _meant(written: str, finder: _Finder, language: Language) -> int | None:
    """Return which of the terms is written here, if any."""
    words = folded_words(written)
    if finder.begun and len(words) == 1 and words[0].startswith(finder.begun):
        return finder.begun_term
    return finder.runs.get(tuple(stem(word, language) for word in words))


@lru_cache(maxsize=200)
def _finder(terms: tuple[Term, ...]) -> _Finder:
    runs: dict[tuple[str, ...], int] = {}
    written = set()
    for index, term in enumerate(terms):
        written |= {term.words, *term.stems}
        for run in term.stems:
            runs.setdefault(run, index)
    phrases = sorted((run for run in written if len(run) > 1), key=lambda run: (-len(run), run))
    words = {_word_pattern(run[0]) for run in written if len(run) == 1}
    # What begins like another candidate is found with it; the fewer, the faster.
    fewest = sorted(one for one in words if not any(_begins_like(one, other) for other in words))
    pattern = re.compile("|".join([*map(_run_pattern, phrases), *fewest]))
    # Only the last word of a query may be only begun.
    begun = terms[-1].words[0] if terms[-1].is_open else ""
    return _Finder(pattern, runs, begun, len(terms) - 1)


def _run_pattern(run: tuple[str, ...]) -> str:
    return _BETWEEN.join(_word_pattern(word) for word in run)


def _begins_like(pattern: str, other: str) -> bool:
    shorter = other.removesuffix(_ENDING)
    return other not in {pattern, shorter} and pattern.startswith(shorter)


def _word_pattern(word: str) -> str:
    length = _shared_length(word)
    if word[length - 1 : length + 1] in _LIGATURES:
        length -= 1
    opening = re.escape(word[:length])
    for letters, either in _LIGATURES.items():
        opening = opening.replace(letters, either)
    return opening if is_unspaced(word) else opening + _ENDING


def _shared_length(stem: str) -> int:
    """Return how many letters the words of a stem share with it: `polici` is of `policy` too."""
    if len(stem) > SHORT_STEM:
        return len(stem) - 2
    return max(len(stem) - (stem[-1] in "eil"), min(len(stem), 2))


def _best(hits: list[_Hit]) -> tuple[int, int]:
    """Return the first and last hit of the window with most different terms, the earliest such."""
    best, choice, first = (0, 0), (0, 0), 0
    for last, hit in enumerate(hits):
        while hit.end - hits[first].start > WINDOW and first < last:
            first += 1
        window = hits[first : last + 1]
        worth = (len({one.term for one in window}), len(window))
        if worth > best:
            best, choice = worth, (first, last)
    return choice


def _start(body: str, hit: int) -> int:
    """Return where a snippet that shows the hit at this place begins: at a line or a blank."""
    earliest = max(hit - LEAD, 0)
    if earliest == 0:
        return 0
    line = body.rfind("\n", earliest, hit)
    if line >= 0:
        return line + 1
    blank = body.find(" ", earliest, hit)
    return blank + 1 if blank >= 0 else hit


def _parts(body: str, start: int, end: int, hits: list[_Hit]) -> list[Part]:
    """Return `body[start:end]`, in which the hits are counted from its start."""
    text = body[start:end].replace("\n", " ")
    parts = [Part("… ")] if start else []
    at = 0
    for hit in hits:
        parts += [Part(text[at : hit.start]), Part(text[hit.start : hit.end], is_hit=True)]
        at = hit.end
    parts.append(Part(text[at:].rstrip()))
    if end < len(body) and not body[end:].isspace():
        parts.append(Part(" …"))
    return [part for part in parts if part.text]


def _end(body: str, start: int, shown: int) -> int:
    furthest = max(start + LENGTH, shown)
    if furthest >= len(body):
        return len(body)
    blank = max(body.rfind(" ", shown, furthest + 1), body.rfind("\n", shown, furthest + 1))
    return blank if blank > shown else furthest


def _folded_sign(found: re.Match[str]) -> str:
    return _folded_letter(found.group())


@lru_cache(maxsize=5000)
def _folded_letter(sign: str) -> str:
    plain = folded(unicodedata.normalize("NFC", sign))
    return plain if len(plain) == 1 else sign.lower() if len(sign.lower()) == 1 else sign

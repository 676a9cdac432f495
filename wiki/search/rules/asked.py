"""What somebody typed into the search box, understood: any text is fine, none is an error."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from wiki.search.rules.terms import LANGUAGES, chunks, folded_words, joined, stem

QUERY_LIMIT = 300
TERMS_LIMIT = 12
WORDS_LIMIT = 24
PREFIX_LENGTH = 2
OPENING_LENGTH = 2

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))  # noqa: RUF001  # what people type
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_BORDER = re.compile(r"[\s,;()\[\]{}|]+")


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words that stand next to each other in this order.

    `written_as_one` is the other spelling of words with hyphens, or "". `is_open` says that the
    one word may be only begun.
    """

    words: tuple[str, ...]
    written_as_one: str = ""
    is_open: bool = False

    @property
    def stems(self) -> tuple[tuple[str, ...], ...]:
        """Return the runs of stems any of which means this term, English and French."""
        spellings = [self.words]
        if self.written_as_one:
            spellings.append((self.written_as_one,))
        runs = (
            tuple(stem(word, language) for word in spelling)
            for spelling in spellings
            for language in LANGUAGES
        )
        return tuple(dict.fromkeys(runs))


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: terms that all must be there. Without any, `literal` is looked for as it stands.

    `has_phrase` says that words were put in quotes to be found next to each other.
    """

    terms: tuple[Term, ...]
    literal: str = ""
    is_cut: bool = False
    has_phrase: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Return all words asked for, in order."""
        return tuple(word for term in self.terms for word in term.words)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was asked."""
        return not self.terms and not self.literal


@lru_cache(maxsize=500)
def understood(query: str) -> Asked:
    """Return what `query` asks for.

    Words in quotes are a phrase, and so are words with only signs between them (`a@b.example`).
    Everything else is words; no sign is an operator. Over the limits the rest is left out and
    `is_cut` says so.
    """
    text = storable(query[:QUERY_LIMIT]).translate(_QUOTES).strip()
    terms: list[Term] = []
    pieces = text.split('"')
    # A quote without its partner opens nothing: what follows it is plain words.
    quoted = range(1, len(pieces) - 1, 2)
    for index, piece in enumerate(pieces):
        parts = [piece] if index in quoted else _BORDER.split(piece)
        terms.extend(term for part in parts if (term := _term(part)))
    unique = list(dict.fromkeys(terms))
    kept = unique[:TERMS_LIMIT]
    if kept and not text.endswith('"'):
        kept[-1] = _opened(kept[-1])
    literal = "" if kept else " ".join(text.replace('"', " ").split())
    is_cut = len(query) > QUERY_LIMIT or len(unique) > TERMS_LIMIT
    has_phrase = any(len(folded_words(pieces[index])) > 1 for index in quoted)
    return Asked(tuple(kept), literal, is_cut, has_phrase)


def loosened(asked: Asked) -> Asked:
    """Return `asked` with every single word a term of its own, to be found where any is there."""
    singles = (term for term in asked.terms if len(term.words) == 1)
    words = (Term((word,)) for term in asked.terms if len(term.words) > 1 for word in term.words)
    return replace(asked, terms=tuple(dict.fromkeys([*singles, *words]))[:TERMS_LIMIT])


def begun(query: str) -> tuple[str, ...]:
    """Return the folded words of a query still being typed, of which the last may be only begun."""
    return folded_words(query[:QUERY_LIMIT])[:TERMS_LIMIT]


def likeness(words: Sequence[str], others: Sequence[str]) -> float:
    """Return how much the two words that are most alike have in common, from 0 to 1.

    Only words that open with the same OPENING_LENGTH letters are compared.
    """
    pairs = ((word, other) for word in words for other in others)
    ratios = (
        SequenceMatcher(None, word, other).ratio()
        for word, other in pairs
        if word[:OPENING_LENGTH] == other[:OPENING_LENGTH]
    )
    return max(ratios, default=0.0)


def storable(text: str) -> str:
    """Return `text` without the signs that no database takes."""
    return _UNSTORABLE.sub(" ", text)


def _term(part: str) -> Term | None:
    found = chunks(part)
    words = folded_words(part)[:WORDS_LIMIT]
    if not words:
        return None
    is_hyphened = len(found) == 1 and len(words) > 1 and "-" in found[0]
    return Term(words, joined(list(words)) if is_hyphened else "")


def _opened(term: Term) -> Term:
    is_long = len(term.words) == 1 and len(term.words[0]) >= PREFIX_LENGTH
    return replace(term, is_open=is_long)

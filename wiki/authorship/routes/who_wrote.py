"""The answer to who wrote some words: where the page says them, and who is behind each piece."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wiki.authorship.forms import Question
from wiki.authorship.queries.attribution import Attribution
from wiki.authorship.routes import legends
from wiki.people import guards
from wiki.text import frontmatter
from wiki.text.attributed import Passage, who_wrote
from wiki.text.attributed.asking import PASSAGES_LIMIT
from wiki.text.authorship import Span

PASSAGES = 10
PIECES = 12
_LONGEST_PIECE = 300


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one origin in a passage; no facts where nothing may be told of them."""

    text: str
    origin: int
    facts: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class Found:
    """The same words of the same people, in so many places; `left_out` pieces are not shown."""

    pieces: tuple[Piece, ...]
    left_out: int
    places: int


def answer(found: Attribution, question: Question, path: str) -> dict[str, object]:
    """Return what says the words, the like together, in how many places, and whether in more."""
    passages = _passages(found, question) if question.is_asked else ()
    alike: dict[object, list[Passage]] = {}
    for one in passages:
        key = tuple((origin, " ".join(text.split()).casefold()) for origin, text in one.parts)
        alike.setdefault(key, []).append(one)
    groups = list(alike.values())
    return {
        "passages": [_found(found, group, path) for group in groups[:PASSAGES]],
        "groups": len(groups),
        "count": len(passages),
        "is_more": len(passages) >= PASSAGES_LIMIT,
    }


def _passages(found: Attribution, question: Question) -> Sequence[Passage]:
    spans = found.written.spans
    # Whoever is not signed in is not told by guesses which addresses stand in the fields.
    open_spans = _below_fields(spans) if guards.me() is None else spans
    return who_wrote(open_spans, question.words) or ()


def _below_fields(spans: Sequence[Span]) -> tuple[Span, ...]:
    text = "".join(span.text for span in spans)
    left = len(frontmatter.split(text).source)
    below = []
    for span in spans:
        below.append(Span(span.text[left:], span.origin))
        left = max(0, left - len(span.text))
    return tuple(span for span in below if span.text)


def _found(found: Attribution, alike: Sequence[Passage], path: str) -> Found:
    pieces = [
        Piece(
            text=_shortened(" ".join(text.split())),
            origin=origin,
            facts=legends.facts(found, origin, path) if origin in found.numbers else None,
        )
        for origin, text in alike[0].parts
        if any(sign.isalnum() for sign in text)
    ]
    return Found(tuple(pieces[:PIECES]), max(0, len(pieces) - PIECES), len(alike))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_PIECE else f"{text[:_LONGEST_PIECE].rstrip()}…"

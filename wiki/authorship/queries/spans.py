"""Whose words a page consists of, at any of its revisions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from wiki.authorship.queries import state
from wiki.authorship.queries.state import Saved, Source
from wiki.authorship.queries.walking import PageMemory, Point, passed
from wiki.authorship.rules.chain import last_head, last_whole
from wiki.authorship.rules.origins import number_of
from wiki.errors import NotFound
from wiki.pages.queries.texts import text_of
from wiki.text import authorship
from wiki.text.authorship import Span, unpacked_head


@dataclass(frozen=True, slots=True)
class Origin:
    """The revision that brought words, and the person who is credited with them."""

    number: int
    person_id: int
    is_imported: bool


@dataclass(frozen=True, slots=True)
class Written:
    """A revision's text cut where its origin changes; together the spans are the text.

    `origins` tells what the origins of the spans are, `standing` how many of the page's words are
    of each.
    """

    spans: tuple[Span, ...]
    origins: Mapping[int, Origin]
    standing: Mapping[int, int]

    def standing_by_person(self) -> dict[int, int]:
        """Return how many words are each person's; together they are the page's words."""
        words: Counter[int] = Counter()
        for origin, count in self.standing.items():
            words[self.origins[origin].person_id] += count
        return dict(words)


def spans_at(session: Session, page_id: int, number: int) -> Written:
    """Return whose words the page consisted of at revision `number`.

    Right for pages that were not followed yet, too, but slow. Raises NotFound for no such revision.
    """
    point, text = _stood(session, page_id, number)
    spans = tuple(authorship.spans(point.head, text))
    found = state.sources(session, page_id, {span.origin for span in spans})
    origins = {origin: _origin(origin, source) for origin, source in found.items()}
    return Written(spans, origins, authorship.standing(point.head, text))


def standing_at(session: Session, page_id: int, number: int) -> dict[int, int]:
    """Return how many words of the page at revision `number` are of each origin.

    Together they are the page's words. Raises NotFound for no such revision.
    """
    point, text = _stood(session, page_id, number)
    return authorship.standing(point.head, text)


def _origin(origin: int, source: Source) -> Origin:
    return Origin(number_of(origin), source.person_id, source.is_imported)


def _stood(session: Session, page_id: int, number: int) -> tuple[Point, str]:
    """Return the page as it stood at revision `number`, and its text."""
    known = next(iter(state.standings(session, [page_id])), None)
    followed = 0 if known is None else known.number
    first = min(max(followed, 1), number)
    revisions = state.saved_between(session, page_id, first, number)
    if not revisions or revisions[-1].number != number:
        raise NotFound("There is no such revision.")
    if known is None or followed == 0:
        return _walked(session, page_id, Point(), revisions)
    if followed <= number:
        start = Point(followed, unpacked_head(known.data), revisions[0].text_sha)
        return _walked(session, page_id, start, revisions[1:])
    head = last_head(state.past(session, page_id, last_whole(number), number))
    point = Point(number, head, revisions[-1].text_sha)
    return point, text_of(session, point.text_sha)


def _walked(
    session: Session, page_id: int, point: Point, revisions: Sequence[Saved]
) -> tuple[Point, str]:
    """Follow the revisions of a page that is behind, without keeping what comes of it."""
    text: str | None = None
    memory = PageMemory(session, page_id, is_new=point.number == 0)
    for one in passed(session, point, revisions, memory):
        point, text = one.point, one.text if one.step else text
    return point, text_of(session, point.text_sha) if text is None else text

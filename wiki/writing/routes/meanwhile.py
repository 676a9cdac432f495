"""Who saved while somebody was writing, told apart by the places that clash."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from wiki.pages.queries.texts import texts_of
from wiki.text.merge import Clash
from wiki.writing.queries import edited
from wiki.writing.queries.edited import Save
from wiki.writing.routes.presenting import names_of
from wiki.writing.rules.touching import clashing_words, touched

# Characters that are compared to tell who changed which place.
_MOST_COMPARED = 2_000_000


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """The names of who changed each place that clashes, of all these, and of all who saved.

    They are "" where nobody can be told.
    """

    by_place: list[str]
    clashing: str
    saved: str
    is_mine_too: bool


def saved_meanwhile(
    session: Session, page_id: int, clash: Clash, span: tuple[int, int], me: int
) -> Meanwhile:
    """Return who saved after the first revision of the span, up to the last one."""
    first, last = span
    saves = edited.saves_between(session, page_id, first, last + 1)
    by_place = [_but(me, found) for found in _touching(session, saves, clash)]
    together = [save for save in saves if any(save in found for found in by_place)]
    return Meanwhile(
        [names_of(found) for found in by_place],
        names_of(_but(me, together)),
        names_of(_but(me, saves)),
        all(save.author_id == me for save in together or saves),
    )


def _touching(session: Session, saves: list[Save], clash: Clash) -> list[list[Save]]:
    """Return for each place the saves that changed its words; none where that takes too long."""
    if len(saves) * len(clash.base) > _MOST_COMPARED:
        return [[] for _ in clash.choices]
    texts = texts_of(session, {save.text_sha for save in saves})
    course = [clash.base, *(texts[save.text_sha] for save in saves)]
    return [
        [save for save, is_hit in zip(saves, hits, strict=True) if is_hit]
        for hits in touched(course, clashing_words(clash))
    ]


def _but(me: int, saves: list[Save]) -> list[Save]:
    """Return the saves of others, or all where all are mine."""
    return [save for save in saves if save.author_id != me] or saves

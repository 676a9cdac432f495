"""Keeping authorship up with the pages: in the saving transaction, or before the next view.

A save is followed at once, in its own transaction. A page that is far behind (the wiki is older
than authorship, or an import was killed) would hold the lock for seconds then: it stays behind
until somebody looks at it. What takes long is done without any lock, and written in one short
transaction, so that everybody sees the page followed wholly or not at all.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.authorship.models import AuthorshipCredit
from wiki.authorship.queries import state
from wiki.authorship.queries.state import Saved, Standing
from wiki.authorship.queries.walking import Point
from wiki.authorship.rules.origins import origin_of
from wiki.authorship.service.following import Followed, followed
from wiki.authorship.service.storing import forget, keep
from wiki.storage.dialect import bare
from wiki.storage.engine import Database
from wiki.text.authorship import unpacked_head

# More revisions than this are not followed while a lock is held.
AT_ONCE = 50
_PAGES_AT_ONCE = 25
_CREDITS = sa.insert(bare(AuthorshipCredit))


@dataclass(frozen=True, slots=True)
class Owed:
    """A passage that a save takes in for somebody else."""

    person_id: int
    text: str


def follow(session: Session, page_ids: Iterable[int]) -> None:
    """Follow the new revisions of these pages, which this transaction holds locked.

    Pages that are far behind stay so; see `ensure`. To call it twice changes nothing.
    """
    session.flush()
    left = iter(sorted(set(page_ids)))
    while some := list(islice(left, _PAGES_AT_ONCE)):
        _follow(session, some)


def give_credit(session: Session, page_id: int, number: int, owed: Iterable[Owed]) -> None:
    """Note whose words a revision took in, before it is followed.

    Raises ValueError where they are of more people than a revision can credit.
    """
    slots: dict[int, int] = {}
    rows = []
    for ordinal, one in enumerate(owed):
        slot = slots.setdefault(one.person_id, len(slots) + 1)
        origin_of(number, slot)
        rows.append(
            {
                "page_id": page_id,
                "number": number,
                "ordinal": ordinal,
                "slot": slot,
                "person_id": one.person_id,
                "text": one.text,
            }
        )
    if rows:
        session.execute(_CREDITS, rows)


def ensure(database: Database, page_ids: Collection[int]) -> int:
    """Follow those of the pages that are behind, to the end, and return how many they were.

    For before these pages are shown; in no transaction. Only reads where there is nothing to do.
    """
    with database.reading() as session:
        waiting = [one for one in state.standings(session, page_ids) if one.is_behind]
    for one in waiting:
        catch_up(database, one.page_id)
    return len(waiting)


def catch_up(database: Database, page_id: int, *, anew: bool = False) -> int:
    """Follow a page to its head, on from where it stands or anew; return how many revisions.

    Whatever others do meanwhile, the page is at its head afterwards.
    """
    with database.reading() as session:
        done = _far_followed(session, page_id, anew=anew)
    if done is None:
        return 0
    with database.begin() as session:
        state.lock_page(session, page_id)
        if done.start == 0:
            forget(session, page_id)
        elif _number(session, page_id) != done.start:
            follow(session, [page_id])  # somebody else was faster
            return 0
        keep(session, [done])
        follow(session, [page_id])
    return done.end.number - done.start


def _follow(session: Session, page_ids: Collection[int]) -> None:
    waiting = {
        one.page_id: one
        for one in state.standings(session, page_ids)
        if 0 < one.head_number - one.number <= AT_ONCE
    }
    if not waiting:
        return
    for one in waiting.values():
        if one.number == 0 and one.head_number > 1:
            forget(session, one.page_id)  # it may have been followed by other rules
    saved = state.saved_since(session, waiting)
    done = [_followed(session, one, saved[page_id]) for page_id, one in waiting.items()]
    keep(session, done)


def _far_followed(session: Session, page_id: int, *, anew: bool) -> Followed | None:
    for one in state.standings(session, [page_id]):
        if one.is_behind or anew:
            start = Standing(page_id, one.head_number, 0) if anew else one
            saved = state.saved_between(session, page_id, max(start.number, 1), one.head_number)
            return _followed(session, start, saved)
    return None


def _followed(session: Session, one: Standing, saved: list[Saved]) -> Followed:
    """Follow revisions, the first of which is the one followed last, if any was."""
    if one.number == 0:
        return followed(session, one.page_id, Point(), saved)
    start = Point(one.number, unpacked_head(one.data), saved[0].text_sha)
    return followed(session, one.page_id, start, saved[1:], is_due=one.is_due)


def _number(session: Session, page_id: int) -> int:
    return next((one.number for one in state.standings(session, [page_id])), 0)

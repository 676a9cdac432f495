"""Keeping authorship up with the pages: in the saving transaction, or before the next view.

A save is followed at once, in its own transaction. A page that is far behind (the wiki is older
than authorship, or an import was killed) would hold the lock for seconds then: it stays behind
until somebody looks at it. What takes long is done without any lock, and written in one short
transaction, so that everybody sees the page followed wholly or not at all.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
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
from wiki.errors import WikiError
from wiki.storage.dialect import bare
from wiki.storage.engine import Database
from wiki.text.authorship import unpacked_head

# More revisions than this are not followed while a lock is held.
AT_ONCE = 50
_PAGES_AT_ONCE = 25
_log = logging.getLogger("manyhands.authorship")
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
    """Follow those of the pages that are behind, to the end, and return how many could be.

    For before these pages are shown; in no transaction. Only reads where there is nothing to do.
    """
    with database.reading() as session:
        waiting = [one for one in state.standings(session, page_ids) if one.is_behind]
    return sum(is_caught_up(database, one.page_id) for one in waiting)


def is_caught_up(database: Database, page_id: int, *, anew: bool = False) -> bool:
    """Follow a page to its head, anew where it cannot be followed on; return whether it could be.

    A page that cannot (a text of it is damaged) must hold up neither its readers nor other pages.
    """
    for way in (False, True)[anew:]:
        try:
            catch_up(database, page_id, anew=way)
        except (WikiError, sa.exc.SQLAlchemyError):
            raise
        except Exception as error:  # noqa: BLE001  # whatever it is, the others must go on
            _say(page_id, error)
        else:
            return True
    return False


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
    keep(session, list(_all_followed(session, waiting.values(), saved)))


def _all_followed(
    session: Session, waiting: Iterable[Standing], saved: Mapping[int, list[Saved]]
) -> Iterator[Followed]:
    for one in waiting:
        try:
            yield _followed(session, one, saved[one.page_id])
        except (WikiError, sa.exc.SQLAlchemyError):
            raise
        except Exception as error:  # noqa: BLE001  # nobody's words are lost for this: it stays behind
            _say(one.page_id, error)


def _say(page_id: int, error: Exception) -> None:
    # The name only: the text of such an error may hold words of the page.
    _log.error(
        "Page %d could not be followed (%s). Run: manyhands check", page_id, type(error).__name__
    )


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

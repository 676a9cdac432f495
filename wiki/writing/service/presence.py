"""Who has the form of a page open: noted when it opens, renewed while it is, ended when it goes."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.pages.models import Editing
from wiki.pages.queries.editing import EDITING_BEATS, EDITING_SEEN
from wiki.storage.dialect import bare, upsert_all

# Made once: to make one takes longer than the database works on it.
_EDITING = bare(Editing).c
_OPENED = sa.case(
    (_EDITING.seen_at < sa.bindparam("away"), sa.bindparam("back", type_=_EDITING.opened_at.type)),
    else_=_EDITING.opened_at,
)
_CLOSED = sa.delete(bare(Editing)).where(
    _EDITING.page_id == sa.bindparam("page_id"), _EDITING.person_id == sa.bindparam("person_id")
)


def open_form(session: Session, page_id: int, person_id: int, *, now: datetime) -> None:
    """Note that this person has the form open; after a pause they opened it anew."""
    facts: dict[str, object] = {
        "page_id": page_id,
        "person_id": person_id,
        "opened_at": now,
        "seen_at": now,
    }
    facts |= {"away": now - EDITING_SEEN, "back": now}
    upsert_all(session, Editing, ["page_id", "person_id"], [facts], opened_at=_OPENED)


def stay_in_form(session: Session, page_id: int, person_id: int, *, now: datetime) -> None:
    """Note that this person's browser has the form open and will say so again soon.

    What falls silent after that is gone sooner than one of which nothing more is ever heard.
    """
    open_form(session, page_id, person_id, now=now)
    seen = now - (EDITING_SEEN - EDITING_BEATS)
    here = (Editing.page_id == page_id, Editing.person_id == person_id)
    session.execute(sa.update(Editing).where(*here).values(seen_at=seen))


def close_form(session: Session, page_id: int | None, person_id: int) -> None:
    """Note that this person has the form no longer open."""
    session.execute(_CLOSED, {"page_id": page_id, "person_id": person_id})

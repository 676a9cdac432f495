"""Who has the form of a page open: noted when it opens, renewed while they type."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.pages.models import Editing
from wiki.pages.queries.editing import EDITING_SEEN
from wiki.storage.dialect import bare, upsert_all


def open_form(session: Session, page_id: int, person_id: int, *, now: datetime) -> None:
    """Note that this person has the form open; after a pause they opened it anew."""
    facts = {"page_id": page_id, "person_id": person_id, "opened_at": now, "seen_at": now}
    was_away = Editing.seen_at < now - EDITING_SEEN
    opened_at = sa.case((was_away, now), else_=Editing.opened_at)
    upsert_all(session, Editing, ["page_id", "person_id"], [facts], opened_at=opened_at)


def close_form(session: Session, page_id: int | None, person_id: int) -> None:
    """Note that this person has the form no longer open."""
    here = (Editing.page_id == page_id, Editing.person_id == person_id)
    session.execute(sa.delete(bare(Editing)).where(*here))

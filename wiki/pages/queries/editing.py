"""Who has the form of a page open."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.pages.models import Editing
from wiki.people.models import Person

# Who was seen with the form open for the last time before this has gone away.
EDITING_SEEN = timedelta(minutes=15)
# The same for somebody whose browser tells every two minutes that the form is open.
EDITING_BEATS = timedelta(minutes=5)
# Made once: to make it takes longer than the database works on it.
_EDITING = (
    sa.select(Editing.person_id, Person.name, Editing.opened_at, Editing.seen_at)
    .join(Person, Person.id == Editing.person_id)
    .where(Editing.page_id == sa.bindparam("page_id"), Editing.seen_at >= sa.bindparam("since"))
    .order_by(Editing.opened_at, Editing.person_id)
)


@dataclass(frozen=True, slots=True)
class Editor:
    """Somebody who has the form open; they count as there for a while after `seen_at`."""

    person_id: int
    name: str
    opened_at: datetime
    seen_at: datetime


def editing(
    session: Session, page_id: int, *, since: datetime, but: int | None = None
) -> list[Editor]:
    """Return who was seen with the form open from `since` on, the first to open it first."""
    rows = session.execute(_EDITING, {"page_id": page_id, "since": since})
    return [Editor(*row) for row in rows if row.person_id != but]

"""What is kept of typed text no longer."""

from datetime import datetime

import sqlalchemy as sa

from wiki.people.models import Person
from wiki.storage.tidying import Stale
from wiki.writing.models import Draft
from wiki.writing.rules.keeping import SAVED_KEPT, TYPING_KEPT


def stale(now: datetime) -> tuple[Stale, ...]:
    """Return what can go: drafts saved or left long ago; those of who left the wiki are kept."""
    is_here = Draft.person_id.in_(sa.select(Person.id).where(Person.state == "active"))
    is_left = sa.and_(Draft.state == "typing", Draft.changed_at < now - TYPING_KEPT, is_here)
    return (
        Stale(Draft, sa.and_(Draft.state == "saved", Draft.changed_at < now - SAVED_KEPT)),
        Stale(Draft, is_left),
    )

"""What beside pages is kept no longer."""

from datetime import datetime, timedelta

from wiki.pages.models import Editing
from wiki.storage.tidying import Stale

PRESENCE_KEPT = timedelta(days=1)


def stale(now: datetime) -> tuple[Stale, ...]:
    """Return what can go: who had a form open, a day later."""
    return (Stale(Editing, Editing.seen_at < now - PRESENCE_KEPT),)

"""What is in the outbox, and what becomes of letters that a restore held back."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.mail.letters import Letter
from wiki.storage.tidying import Stale

HELD = "held"
TEXTS_KEPT = timedelta(days=365)


def counts(session: Session) -> dict[str, int]:
    """Return how many letters there are in each state: waiting, taken, held, sent, failed."""
    query = sa.select(Letter.state, sa.func.count()).group_by(Letter.state)
    found = {row[0]: row[1] for row in session.execute(query)}
    return {state: found.get(state, 0) for state in ("waiting", "taken", HELD, "sent", "failed")}


def stale(now: datetime) -> tuple[Stale, ...]:
    """Return what can go: what letters said that left, or failed, a year ago.

    That there was such a letter is kept, so that it is never written a second time.
    """
    is_done = sa.and_(Letter.state.in_(("sent", "failed")), Letter.made_at < now - TEXTS_KEPT)
    says_something = sa.or_(Letter.text != "", Letter.html != "")
    return (Stale(Letter, sa.and_(is_done, says_something), {"text": "", "html": ""}),)


def send_held(session: Session, *, now: datetime) -> int:
    """Let held letters leave after all; return how many. Those that came too late will not."""
    return _move(session, {"state": "waiting", "send_after": now})


def drop_held(session: Session) -> int:
    """Give held letters up and return how many there were."""
    return _move(session, {"state": "failed", "trouble": "It was given up after a restore."})


def _move(session: Session, values: dict[str, object]) -> int:
    moved = sa.update(Letter).where(Letter.state == HELD).values(values).returning(Letter.id)
    return len(session.scalars(moved).all())

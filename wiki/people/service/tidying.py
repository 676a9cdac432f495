"""What of ways in is kept no longer."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from wiki.people.models import Attempt, SignIn, SignInLink, SignUp
from wiki.people.service.limits import KEPT
from wiki.storage.tidying import Stale

LINKS_KEPT = timedelta(days=1)
SIGN_UPS_KEPT = timedelta(days=365)


def stale(now: datetime) -> tuple[Stale, ...]:
    """Return what can go: tries, sign-ins and links that are over, sign-ups long decided."""
    long_ago = now - SIGN_UPS_KEPT
    is_over = sa.or_(
        SignUp.decided_at < long_ago,
        # Who proved an address waits, however long it takes.
        sa.and_(SignUp.expires_at < long_ago, SignUp.proven_at.is_(None)),
    )
    links = sa.or_(SignInLink.expires_at < now - LINKS_KEPT, SignInLink.spent_at < now - LINKS_KEPT)
    return (
        Stale(Attempt, Attempt.at < now - KEPT),
        Stale(SignIn, SignIn.expires_at <= now),
        Stale(SignInLink, links),
        Stale(SignUp, is_over),
    )

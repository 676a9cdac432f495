"""The postman: sends the letters that are due, where no other process does."""

from wiki.clock import utc_now
from wiki.mail.deliver import deliver_due, is_due
from wiki.mail.transport import Transport
from wiki.storage.engine import Database
from wiki.storage.leases import leased

ROUND_AT_MOST = 20
LEASE = "postman"


def deliver_round(database: Database, transport: Transport, holder: str) -> int:
    """Send some of what is due if nobody else is at it; return how many letters left."""
    if not is_due(database, now=utc_now()):
        return 0
    with leased(database, LEASE, holder) as is_ours:
        if not is_ours:
            return 0
        return deliver_due(database, transport, clock=utc_now, at_most=ROUND_AT_MOST).sent

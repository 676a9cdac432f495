"""The postman: sends the letters that are due, where no other process does."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import sqlalchemy as sa

from wiki.clock import utc_now
from wiki.mail.deliver import deliver_due, is_due
from wiki.mail.letters import Lease
from wiki.mail.transport import Transport
from wiki.storage.dialect import insert_or_ignore
from wiki.storage.engine import Database

LEASE_LASTS = timedelta(minutes=1)
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


@contextmanager
def leased(database: Database, name: str, holder: str) -> Iterator[bool]:
    """Let `holder` alone do the work called `name` meanwhile; give whether it may."""
    is_ours = take_lease(database, name, holder, now=utc_now())
    try:
        yield is_ours
    finally:
        if is_ours:
            release_lease(database, name, holder, now=utc_now())


def take_lease(database: Database, name: str, holder: str, *, now: datetime) -> bool:
    """Let `holder` alone do the work called `name` for a while; return whether it may."""
    until = now + LEASE_LASTS
    with database.begin(quiet=True) as session:
        insert_or_ignore(session, Lease, [{"name": name, "holder": "", "until": now}])
        taken = session.execute(
            sa.update(Lease)
            .where(Lease.name == name, sa.or_(Lease.until <= now, Lease.holder == holder))
            .values(holder=holder, until=until)
            .returning(Lease.name)
        )
        return taken.one_or_none() is not None


def release_lease(database: Database, name: str, holder: str, *, now: datetime) -> None:
    """Let others do the work called `name` from now on."""
    with database.begin(quiet=True) as session:
        session.execute(
            sa.update(Lease).where(Lease.name == name, Lease.holder == holder).values(until=now)
        )

"""The postman: looks for due letters all the time, and sends them where no other process does."""

import logging
import secrets
import threading
from datetime import datetime, timedelta

import sqlalchemy as sa

from wiki.clock import utc_now
from wiki.mail.deliver import deliver_due, is_due
from wiki.mail.letters import Lease
from wiki.mail.transport import Transport, transport_for
from wiki.storage.dialect import insert_or_ignore
from wiki.storage.engine import Database

LOOK_EVERY_SECONDS = 1.0
AFTER_TROUBLE_SECONDS = 10.0
LEASE_LASTS = timedelta(minutes=1)
ROUND_AT_MOST = 20
LEASE = "postman"
_log = logging.getLogger("manyhands.mail")


def deliver_until(stop: threading.Event, database: Database) -> None:
    """Send letters as they become due, until told to stop.

    While nothing is due it only reads: a write would empty what every process keeps in
    memory. Trouble of any kind is logged and waited out.
    """
    transport = transport_for(database.settings.mail, database.settings.data_dir)
    holder = secrets.token_hex(8)
    pause = 0.0
    while not stop.wait(pause):
        pause = LOOK_EVERY_SECONDS
        try:
            deliver_round(database, transport, holder)
        except Exception as error:  # noqa: BLE001  # whatever it is, letters must go on afterwards
            # The name only: the text of such an error may hold addresses.
            _log.error("The postman could not work: %s", type(error).__name__)
            pause = AFTER_TROUBLE_SECONDS


def deliver_round(database: Database, transport: Transport, holder: str) -> int:
    """Send some of what is due if nobody else is at it; return how many letters left."""
    if not is_due(database, now=utc_now()):
        return 0
    if not take_lease(database, LEASE, holder, now=utc_now()):
        return 0
    try:
        return deliver_due(database, transport, clock=utc_now, at_most=ROUND_AT_MOST).sent
    finally:
        release_lease(database, LEASE, holder, now=utc_now())


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

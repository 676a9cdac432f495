"""Leases: one process at a time does a piece of work that every process may do.

A lease ends by itself, so that a process that dies leaves nothing stuck.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wiki.clock import utc_now
from wiki.storage.base import Base, UTCDateTime
from wiki.storage.dialect import insert_or_ignore
from wiki.storage.engine import Database

LEASE_LASTS = timedelta(minutes=1)


class Lease(Base):
    """Who does a piece of work now, so that only one process does it."""

    __tablename__ = "lease"
    name: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(sa.String(80))
    until: Mapped[datetime] = mapped_column(UTCDateTime)


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

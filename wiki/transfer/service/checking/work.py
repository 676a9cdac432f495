"""Whether what should go on does: letters, leases, backups, a restore that was begun."""

from collections.abc import Iterator
from datetime import timedelta

import sqlalchemy as sa

from wiki.activity.models import Event
from wiki.mail import outbox
from wiki.mail.letters import Letter
from wiki.people.queries import wiki_settings
from wiki.storage.leases import LEASE_LASTS, Lease
from wiki.transfer.service.backup import BACKED_UP
from wiki.transfer.service.checking.findings import Finding, Look
from wiki.transfer.service.restore import unfinished

PATIENCE = timedelta(hours=1)
LATELY = timedelta(days=7)
BACKUP_LASTS = timedelta(days=8)


def restore(look: Look) -> Iterator[Finding]:
    """Look whether a restore was cut short."""
    if unfinished(look.session):
        sentence = "A restore into this place was cut short."
        yield Finding("restore", sentence, "Type the same command again: manyhands restore")


def letters(look: Look) -> Iterator[Finding]:
    """Look whether letters wait that should have left."""
    if wiki_settings(look.session).mail != "on":
        return
    long_ago = look.now - PATIENCE
    stuck = sa.or_(
        sa.and_(Letter.state == "waiting", Letter.send_after < long_ago),
        sa.and_(Letter.state == "taken", Letter.taken_until < long_ago),
    )
    count = look.session.scalar(sa.select(sa.func.count(Letter.id)).where(stuck)) or 0
    if count:
        sentence = f"Letters that have waited for more than an hour: {count:,}."
        yield Finding("letters", sentence, "Look whether the service runs: manyhands serve")


def leases(look: Look) -> Iterator[Finding]:
    """Look for a lease that nobody can have taken."""
    query = sa.select(Lease.name, Lease.until).where(Lease.until > look.now + 2 * LEASE_LASTS)
    for name, until in look.session.execute(query):
        sentence = f"The work called {name} is given away until {until:%Y-%m-%d %H:%M} UTC."
        yield Finding("lease", sentence, "Set the clock of this machine right and wait until then.")


def backups(look: Look) -> Iterator[Finding]:
    """Look how old the last backup is, if there ever was one."""
    last = look.session.scalar(sa.select(sa.func.max(Event.at)).where(Event.kind == BACKED_UP))
    if last is not None and look.now - last > BACKUP_LASTS:
        sentence = f"The last backup is {(look.now - last).days} days old."
        yield Finding("backup", sentence, "Run: manyhands backup FILE")


def notes(look: Look) -> Iterator[str]:
    """Say what is as it should be, and yet worth knowing."""
    if wiki_settings(look.session).mail != "on":
        yield "Mail is switched off. To switch it on: manyhands wiki set mail on"
    held = outbox.counts(look.session)[outbox.HELD]
    if held:
        yield f"Letters that are held since a restore: {held:,}. See: manyhands letters show"
    lately = look.now - LATELY
    query = sa.select(sa.func.count(Letter.id)).where(Letter.state == "failed")
    failed = look.session.scalar(query.where(Letter.made_at > lately)) or 0
    if failed:
        yield f"Letters of the last seven days that could not be sent: {failed:,}."
    if look.session.scalar(sa.select(Event.id).where(Event.kind == BACKED_UP).limit(1)) is None:
        yield "No backup was ever made with: manyhands backup FILE"

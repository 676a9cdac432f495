"""Sending what is due: claim a letter, send it, mark it.

A letter is claimed in a transaction of its own before it is sent, so no two processes
send the same one; the claim ends by itself, so a process that dies leaves nothing stuck.
Between sending and marking lies a moment in which a crash makes the letter be sent a
second time: at most that one, and with the same Message-ID, by which mail programs see
that they have it already. Marking before sending was rejected: it would lose letters.
"""

import hashlib
import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.mail.letters import SENDER, Letter
from wiki.mail.transport import Transport
from wiki.settings import Settings
from wiki.storage.engine import Database

CLAIM_LASTS = timedelta(minutes=10)
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
MOST_TRIES = len(WAITS) + 1
AT_ONCE = 50
_TROUBLE_LENGTH = 500
_LONGEST_LINE = 900
_REFUSED_FOR_GOOD = range(500, 600)
_log = logging.getLogger("manyhands.mail")


@dataclass(frozen=True, slots=True)
class Delivery:
    """How many letters left, how many will be tried again, how many never will."""

    sent: int = 0
    delayed: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class _Claim:
    letter: Letter
    until: datetime


def is_due(database: Database, *, now: datetime) -> bool:
    """Return whether any letter waits to be sent; only reads."""
    with database.reading() as session:
        return session.scalar(sa.select(Letter.id).where(_due(now)).limit(1)) is not None


def deliver_due(
    database: Database,
    transport: Transport,
    *,
    clock: Callable[[], datetime],
    at_most: int = AT_ONCE,
) -> Delivery:
    """Send the letters that are due, oldest first, and return what became of them."""
    ends = {"sent": 0, "waiting": 0, "failed": 0}
    for _ in range(at_most):
        claim = _claim(database, clock())
        if claim is None:
            break
        ends[_deliver(database, transport, claim, clock)] += 1
    return Delivery(ends["sent"], ends["waiting"], ends["failed"])


def _due(now: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(
        sa.and_(Letter.state == "waiting", Letter.send_after <= now),
        sa.and_(Letter.state == "taken", Letter.taken_until < now),
    )


def _claim(database: Database, now: datetime) -> _Claim | None:
    """Take the oldest letter that is due, for this process alone."""
    query = (
        sa.select(Letter)
        .where(_due(now))
        .order_by(Letter.send_after, Letter.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    with database.begin(quiet=True) as session:
        letter = session.scalars(query).one_or_none()
        if letter is None:
            return None
        until = now + CLAIM_LASTS
        letter.state, letter.taken_until = "taken", until
        letter.tries += 1
    return _Claim(letter, until)


def _deliver(
    database: Database, transport: Transport, claim: _Claim, clock: Callable[[], datetime]
) -> str:
    """Send a claimed letter, mark what became of it, and return that."""
    letter = claim.letter
    if letter.send_before is not None and letter.send_before <= clock():
        return _mark(database, claim, "failed", clock(), "It was too late to send it.")
    if letter.tries > MOST_TRIES:
        return _mark(database, claim, "failed", clock(), "Every try to send it was cut short.")
    try:
        transport(message_of(letter, database.settings, now=clock()))
    except (OSError, ValueError, smtplib.SMTPException) as error:
        is_over = letter.tries >= MOST_TRIES or _is_refused_for_good(error)
        # The words of a mail server often hold the address; the log must not.
        _log.warning("Letter %d was not sent: %s", letter.id, type(error).__name__)
        return _mark(database, claim, "failed" if is_over else "waiting", clock(), _said_by(error))
    return _mark(database, claim, "sent", clock(), "")


def _mark(database: Database, claim: _Claim, state: str, now: datetime, trouble: str) -> str:
    letter = claim.letter
    values: dict[str, object] = {"state": state, "trouble": trouble, "taken_until": None}
    if state == "sent":
        values["sent_at"] = now
    if state == "waiting":
        values["send_after"] = now + WAITS[letter.tries - 1]
    elif letter.is_secret:
        values["text"] = values["html"] = ""
    with database.begin(quiet=True) as session:
        _mark_own(session, claim, values)
    return state


def _mark_own(session: Session, claim: _Claim, values: dict[str, object]) -> None:
    # Whoever was so slow that the claim ended has no say in it any more.
    session.execute(
        sa.update(Letter)
        .where(Letter.id == claim.letter.id, Letter.taken_until == claim.until)
        .values(**values)
    )


def _is_refused_for_good(error: Exception) -> bool:
    if isinstance(error, ValueError):
        return True  # the letter itself is wrong, and will be tomorrow
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code in _REFUSED_FOR_GOOD for code, _ in error.recipients.values())


def _said_by(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:_TROUBLE_LENGTH]


def message_of(letter: Letter, settings: Settings, *, now: datetime) -> EmailMessage:
    """Return the letter as a message; the same letter always has the same Message-ID."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _sender(letter, settings)
    message["To"] = letter.recipient
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = _message_id(letter, settings)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    for name, value in letter.headers.items():
        if name != SENDER:
            message[name] = value
    message.set_content(letter.text, cte=_encoding(letter.text))
    if letter.html:
        message.add_alternative(letter.html, subtype="html", cte=_encoding(letter.html))
    return message


def _sender(letter: Letter, settings: Settings) -> str | Address:
    """Return the address of the wiki, under the name with which the letter was written."""
    name = letter.headers.get(SENDER, "")
    address = parseaddr(settings.mail.sender)[1]
    return Address(name, addr_spec=address) if name and address else settings.mail.sender


def _encoding(text: str) -> str:
    """Return how to encode a part: plainly where every mail server can take it, links unbroken."""
    is_plain = text.isascii() and all(len(line) < _LONGEST_LINE for line in text.splitlines())
    return "7bit" if is_plain else "quoted-printable"


def _message_id(letter: Letter, settings: Settings) -> str:
    host = urlsplit(settings.public_url).hostname or "localhost"
    name = hashlib.sha256(f"{settings.public_url}\n{letter.key}".encode()).hexdigest()[:32]
    return f"<{name}@{host}>"

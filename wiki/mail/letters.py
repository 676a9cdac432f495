"""The outbox: one row a letter, and putting letters into it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from wiki.errors import Invalid
from wiki.storage.base import Base, UTCDateTime
from wiki.storage.dialect import insert_or_ignore

_ONE_RECIPIENT = re.compile(r"[^\s@,;:<>()\[\]\\\"]+@[^\s@,;:<>()\[\]\\\"]+")
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_RECIPIENT_LENGTH = 254
# Kept among the headers, though it is but a part of one.
SENDER = "From"


class Letter(Base):
    """One letter to one address. Written in the transaction of what it tells of, sent later."""

    __tablename__ = "letter"
    __table_args__ = (sa.Index("ix_letter_state_send_after", "state", "send_after"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(120), unique=True)  # the same letter never twice
    kind: Mapped[str] = mapped_column(sa.String(40))
    recipient: Mapped[str] = mapped_column(sa.String(254))
    person_id: Mapped[int | None]
    subject: Mapped[str] = mapped_column(sa.Text)
    text: Mapped[str] = mapped_column(sa.Text)
    html: Mapped[str] = mapped_column(sa.Text, default="")
    headers: Mapped[dict[str, str]] = mapped_column(sa.JSON, default=dict)
    # waiting, taken by a process that sends it, held since a restore, sent, failed
    state: Mapped[str] = mapped_column(sa.String(12), default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    send_after: Mapped[datetime] = mapped_column(UTCDateTime)
    taken_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    send_before: Mapped[datetime | None] = mapped_column(UTCDateTime)  # of no use afterwards
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    is_secret: Mapped[bool] = mapped_column(default=False)  # its text is forgotten once it left
    trouble: Mapped[str] = mapped_column(sa.Text, default="")


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter says; the subject is one line, html may be empty.

    `sender` is the name under which it comes, from the address of the wiki.
    """

    subject: str
    text: str
    html: str = ""
    sender: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """To whom a letter goes, and when.

    `key` names the occasion: a second letter with the same key is never made. A secret
    letter holds a way in; its text is forgotten once it left. After `send_before` it is
    of no use and not sent any more.
    """

    key: str
    kind: str
    recipient: str
    person_id: int | None = None
    send_after: datetime | None = None
    send_before: datetime | None = None
    is_secret: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


def queue(session: Session, envelope: Envelope, words: Words, *, now: datetime) -> None:
    """Put a letter into the outbox, unless one with the same key was ever put there.

    Raises Invalid when it would go to none or several, or would bring in headers of its own.
    """
    _check(envelope, words)
    row = {
        "key": envelope.key,
        "kind": envelope.kind,
        "recipient": envelope.recipient,
        "person_id": envelope.person_id,
        "subject": words.subject,
        "text": words.text,
        "html": words.html,
        "headers": dict(envelope.headers) | ({SENDER: words.sender} if words.sender else {}),
        "state": "waiting",
        "tries": 0,
        "made_at": now,
        "send_after": envelope.send_after or now,
        "send_before": envelope.send_before,
        "is_secret": envelope.is_secret,
        "trouble": "",
    }
    insert_or_ignore(session, Letter, [row])


def take_back(session: Session, *, kind: str) -> None:
    """Take letters of this kind that have not left yet out of the outbox: they came to nothing."""
    session.execute(sa.delete(Letter).where(Letter.kind == kind, Letter.state == "waiting"))


def was_written(session: Session, key: str) -> bool:
    """Return whether a letter with this key was ever put into the outbox."""
    return session.scalar(sa.select(Letter.id).where(Letter.key == key)) is not None


def _check(envelope: Envelope, words: Words) -> None:
    recipient = envelope.recipient
    if len(recipient) > _RECIPIENT_LENGTH or not _ONE_RECIPIENT.fullmatch(recipient):
        raise Invalid("A letter goes to exactly one address.", field="email")
    if not _is_one_line(words.subject) or not words.subject.strip():
        raise Invalid("The subject of a letter is one line.", field="subject")
    if not _is_one_line(words.sender):
        raise Invalid("The name of a sender is one line.", field="sender")
    for name, value in envelope.headers.items():
        if not _HEADER_NAME.fullmatch(name) or not _is_one_line(value):
            raise Invalid("A letter cannot have this header.", field="headers")


def _is_one_line(text: str) -> bool:
    return len(text.splitlines()) <= 1 and not any(sign in text for sign in "\r\n\0")

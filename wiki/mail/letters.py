"""The outbox: one row a letter."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wiki.storage.base import Base, UTCDateTime


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
    state: Mapped[str] = mapped_column(sa.String(12), default="waiting")  # taken, sent, failed
    tries: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    send_after: Mapped[datetime] = mapped_column(UTCDateTime)
    taken_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    send_before: Mapped[datetime | None] = mapped_column(UTCDateTime)  # of no use afterwards
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    is_secret: Mapped[bool] = mapped_column(default=False)  # its text is forgotten once it left
    trouble: Mapped[str] = mapped_column(sa.Text, default="")


class Lease(Base):
    """Who does the background work now, so that only one process does it."""

    __tablename__ = "lease"
    name: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(sa.String(80))
    until: Mapped[datetime] = mapped_column(UTCDateTime)

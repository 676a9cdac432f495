"""The table of the diary."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wiki.storage.base import Base, UTCDateTime


class Event(Base):
    """One thing that happened. Never updated, never deleted.

    Persons and pages are named by number only: the diary stands below both features.
    """

    __tablename__ = "event"
    __table_args__ = (
        sa.Index("ix_event_kind_at", "kind", "at"),
        sa.Index("ix_event_page_id_at", "page_id", "at"),
        sa.Index("ix_event_actor_id_at", "actor_id", "at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    kind: Mapped[str] = mapped_column(sa.String(60))
    actor_id: Mapped[int | None]
    page_id: Mapped[int | None]
    detail: Mapped[dict[str, object]] = mapped_column(sa.JSON)

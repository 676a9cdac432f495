"""The tables of what is being written."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wiki.storage.base import Base, UTCDateTime

STATES = ("typing", "submitted", "saved")


class Draft(Base):
    """The text of one page in one open form of one person; private to that person.

    `typing`: the browser sent it while they wrote. `submitted`: they pressed Save, and it has not
    become a revision (yet). `saved`: it is in the revision; the row remembers for a while that this
    form was sent, so that a second click makes no second revision.

    `choices` is how far a clash of this text is resolved. `sent_mark` names what was submitted
    last: what is typed into a form may only replace what that form was shown with.
    """

    __tablename__ = "draft"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "form"),
        sa.CheckConstraint(f"state IN {STATES!r}", name="state"),
        sa.Index("ix_draft_person_id_changed_at", "person_id", "changed_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    form: Mapped[str] = mapped_column(sa.String(64))  # random, made with the form
    page_id: Mapped[int | None] = mapped_column(sa.ForeignKey("page.id"), index=True)
    path: Mapped[str] = mapped_column(sa.String(300))
    base_number: Mapped[int]  # the revision they started from; 0 for a new page
    section: Mapped[str] = mapped_column(sa.String(200), default="")  # anchor, if one alone
    state: Mapped[str] = mapped_column(sa.String(12))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    is_minor: Mapped[bool] = mapped_column(default=False)
    text_sha: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    sent_mark: Mapped[str] = mapped_column(sa.String(16), default="")  # "" if never submitted
    words: Mapped[int] = mapped_column(default=0)
    data: Mapped[bytes] = mapped_column(sa.LargeBinary)  # the whole page, zstd; empty once saved
    choices: Mapped[bytes | None] = mapped_column(sa.LargeBinary)  # JSON, zstd
    revision_id: Mapped[int | None] = mapped_column(sa.ForeignKey("revision.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)

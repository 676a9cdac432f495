"""What was brought in from elsewhere, so that bringing it in again adds only what is new."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wiki.storage.base import Base, UTCDateTime


class ImportedCommit(Base):
    """A commit whose pages are in the wiki. `source` names the history by its first commit."""

    __tablename__ = "imported_commit"
    source: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    commit_id: Mapped[str] = mapped_column(sa.String(64), primary_key=True)


class ImportedFile(Base):
    """Which page a file of an imported history or folder has become.

    `text_sha` is the text that a file of a folder had then; no revision need have it.
    """

    __tablename__ = "imported_file"
    source: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    file: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("page.id"), index=True)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    text_sha: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32))

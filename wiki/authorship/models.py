"""The tables of authorship. All is made from the revisions, but for who is owed a credit.

Words are counted as pages count them. Deleted pages keep their rows; queries leave them out.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wiki.storage.base import Base, UTCDateTime


class AuthorshipState(Base):
    """Who wrote the words of a page up to revision `number`: a packed `wiki.text` head.

    A page is behind while its head has a higher number, or the version is an older one.
    """

    __tablename__ = "authorship_state"
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("page.id"), primary_key=True)
    number: Mapped[int]
    version: Mapped[int]  # of the rules by which it was made
    is_due: Mapped[bool] = mapped_column(default=False)  # somebody asked for it to be made anew
    data: Mapped[bytes] = mapped_column(sa.LargeBinary)


class AuthorshipPast(Base):
    """The state of a page as it was at revision `number`, if that changed any word.

    Every twentieth is whole; the others are told against the one before, as texts are.
    """

    __tablename__ = "authorship_past"
    __table_args__ = ({"sqlite_with_rowid": False},)
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("page.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(sa.LargeBinary)


class AuthorshipMemory(Base):
    """Whose words they were that left a page, should they come back: a drawer of the memory."""

    __tablename__ = "authorship_memory"
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("page.id"), primary_key=True)
    drawer: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(sa.LargeBinary)


class AuthorshipLedger(Base):
    """How many words of an origin (see rules.origins) revision `number` added and removed.

    Added with the revision of the origin itself they were written; added later, they came back.
    Over all numbers up to n, added less removed is what stood at revision n, exactly. `person_id`
    is who is credited with the origin. Coarse: the change was too large to be followed to the
    end, so words may count as new that are not.
    """

    __tablename__ = "authorship_ledger"
    __table_args__ = (
        sa.Index("ix_authorship_ledger_person_id_page_id", "person_id", "page_id"),
        {"sqlite_with_rowid": False},
    )
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("page.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    origin: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    added: Mapped[int]
    removed: Mapped[int]
    is_coarse: Mapped[bool] = mapped_column(default=False)


class AuthorshipTotal(Base):
    """What one person did to one page in all: sums of the ledger and of the revisions.

    What came with an imported history stands in a row of its own. Words are in the row of the
    revision that brought them, acts in the row of the revision that they were. So `standing` is
    `written`, less `removed_own`, less `removed_by_others`, and `brought_back`.
    """

    __tablename__ = "authorship_total"
    __table_args__ = (sa.Index("ix_authorship_total_person_id", "person_id"),)
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("page.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    is_imported: Mapped[bool] = mapped_column(primary_key=True)
    # Their words: on the page now, written in all, taken out by whom, and back by whoever.
    standing: Mapped[int] = mapped_column(default=0)
    written: Mapped[int] = mapped_column(default=0)
    removed_own: Mapped[int] = mapped_column(default=0)
    removed_by_others: Mapped[int] = mapped_column(default=0)
    brought_back: Mapped[int] = mapped_column(default=0)
    # Their acts: words of others that they took out, words of anybody that they put back.
    removed_of_others: Mapped[int] = mapped_column(default=0)
    restored: Mapped[int] = mapped_column(default=0)
    revisions: Mapped[int] = mapped_column(default=0)
    minor: Mapped[int] = mapped_column(default=0)
    sittings: Mapped[int] = mapped_column(default=0)
    first_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class AuthorshipCredit(Base):
    """A passage that revision `number` took in for somebody else, who is owed its words.

    No text tells this, so it is kept in backups, unlike all else here. Passages of one person
    share a slot.
    """

    __tablename__ = "authorship_credit"
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("page.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    slot: Mapped[int]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    text: Mapped[str] = mapped_column(sa.Text)

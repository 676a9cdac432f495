"""The tables of pages, their revisions and texts, and what is derived from the heads."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wiki.storage.base import Base, UTCDateTime

KINDS = ("create", "edit", "restore", "merge", "rename", "delete", "undelete")


class Page(Base):
    """A page as it stands: its fields are those of its head."""

    __tablename__ = "page"
    __table_args__ = (
        # A deleted page keeps its path; another page may take it.
        sa.Index(
            "uq_page_path",
            "path",
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(sa.String(300))
    title: Mapped[str] = mapped_column(sa.String(300))
    # The title as a path: how [[Title]] finds the page wherever it stands.
    name: Mapped[str] = mapped_column(sa.String(300), default="", index=True)
    problem: Mapped[str] = mapped_column(sa.Text, default="")
    summary: Mapped[str] = mapped_column(sa.Text, default="")  # first paragraph, plain words
    language: Mapped[str] = mapped_column(sa.String(10), default="en")
    position: Mapped[int | None]  # order among its neighbours, from the field `order`
    owner_email: Mapped[str] = mapped_column(sa.String(254), default="")
    head_id: Mapped[int | None]  # revision.id; no constraint, as each row needs the other first
    head_number: Mapped[int] = mapped_column(default=0)
    derived_number: Mapped[int] = mapped_column(default=0)  # the revision its links etc. are of
    # Up to which revision the texts are in chains.
    chained_number: Mapped[int] = mapped_column(default=0, server_default=sa.text("0"))
    words: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    deleted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class TextBlob(Base):
    """A text by its SHA-256. Codec `zstd` is whole; `zstd-dict` needs the text `base_sha`."""

    __tablename__ = "text_blob"
    sha: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    codec: Mapped[str] = mapped_column(sa.String(12))
    base_sha: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32))
    length: Mapped[int]  # bytes of the text as UTF-8
    data: Mapped[bytes] = mapped_column(sa.LargeBinary)


class Revision(Base):
    """What one person made of a page at one moment. Never updated, never deleted."""

    __tablename__ = "revision"
    __table_args__ = (
        sa.UniqueConstraint("page_id", "number"),
        sa.CheckConstraint(f"kind IN {KINDS!r}", name="kind"),
        sa.Index("ix_revision_made_at_id", "made_at", "id"),
        sa.Index("ix_revision_author_id_made_at", "author_id", "made_at"),
        # All that counting the edits of a page by time and author needs.
        sa.Index(None, "page_id", "made_at", "author_id", "kind", "is_imported"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("page.id"))
    number: Mapped[int]
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    kind: Mapped[str] = mapped_column(sa.String(12))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    is_minor: Mapped[bool] = mapped_column(default=False)
    is_imported: Mapped[bool] = mapped_column(default=False)
    restored_number: Mapped[int | None]  # the revision whose text came back
    merged_number: Mapped[int | None]  # where the editor started, when others saved meanwhile
    undone_number: Mapped[int | None]  # the revision whose changes were taken back
    sitting: Mapped[int]  # number of the first revision of the same sitting (60 minutes)
    path: Mapped[str] = mapped_column(sa.String(300))  # where the page stood then
    title: Mapped[str] = mapped_column(sa.String(300))
    text_sha: Mapped[bytes] = mapped_column(sa.LargeBinary(32), index=True)
    words: Mapped[int]
    words_change: Mapped[int]  # words of this revision less words of the one before


class Rendering(Base):
    """A revision as safe HTML, with the version of the renderer that made it."""

    __tablename__ = "rendering"
    revision_id: Mapped[int] = mapped_column(sa.ForeignKey("revision.id"), primary_key=True)
    renderer: Mapped[int]
    html: Mapped[str] = mapped_column(sa.Text)
    headings: Mapped[list[list[object]]] = mapped_column(sa.JSON)  # level, words, anchor
    trouble: Mapped[str] = mapped_column(sa.Text, default="")


class PageTag(Base):
    """A tag of a page's head."""

    __tablename__ = "page_tag"
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("page.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(sa.String(80), primary_key=True, index=True)


class PageLink(Base):
    """A link of a page's head to a path of the wiki, whether or not a page stands there."""

    __tablename__ = "page_link"
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("page.id"), primary_key=True)
    target: Mapped[str] = mapped_column(sa.String(300), primary_key=True, index=True)
    fragment: Mapped[str] = mapped_column(sa.String(200), primary_key=True, default="")
    is_wiki: Mapped[bool] = mapped_column(default=False)  # written as [[Page]]
    words: Mapped[str] = mapped_column(sa.Text, default="")


class PageSection(Base):
    """A section of a page's head, and what it needs, if it needs words."""

    __tablename__ = "page_section"
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("page.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[int]
    heading: Mapped[str] = mapped_column(sa.Text)
    anchor: Mapped[str] = mapped_column(sa.String(200))
    words: Mapped[int]
    need: Mapped[str | None] = mapped_column(sa.String(12), index=True)  # empty, placeholder, stub


class PageAnchor(Base):
    """A place of a page's head, beside its sections, to which links can lead."""

    __tablename__ = "page_anchor"
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("page.id"), primary_key=True)
    anchor: Mapped[str] = mapped_column(sa.String(200), primary_key=True)


class FormerPath(Base):
    """A path at which a page used to stand, so that old links still lead to it."""

    __tablename__ = "former_path"
    path: Mapped[str] = mapped_column(sa.String(300), primary_key=True)
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("page.id"), index=True)
    left_at: Mapped[datetime] = mapped_column(UTCDateTime)


class PageLimit(Base):
    """Who may read or write a page and all under it, where not everybody may.

    Several rows for one path and act widen each other: whoever fits one of them may. Limits of
    pages further up hold as well.
    """

    __tablename__ = "page_limit"
    path: Mapped[str] = mapped_column(sa.String(300), primary_key=True)
    act: Mapped[str] = mapped_column(sa.String(10), primary_key=True)  # read, write
    kind: Mapped[str] = mapped_column(sa.String(10), primary_key=True)  # role, team
    value: Mapped[str] = mapped_column(sa.String(20), primary_key=True)  # lowest role; team.id


class Editing(Base):
    """Somebody has the form of a page open."""

    __tablename__ = "editing"
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("page.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)

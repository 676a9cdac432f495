"""One page to read: as it stands, and as it stood at a revision.

A page is found by its path, through the sight of the reader; what is asked by its number is asked
of a page that was found so.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from wiki.pages.models import FormerPath, Page, PageTag, Rendering, Revision
from wiki.pages.queries.sight import EVERYTHING, Sight
from wiki.people.models import Person

_Owner = aliased(Person)
_FIELDS = (
    Page.id.label("page_id"),
    Page.path,
    Page.title.label("page_title"),
    Page.problem,
    Page.language,
    Page.head_number,
    Page.deleted_at,
    Page.owner_email,
    _Owner.name.label("owner_name"),
    Revision.id.label("revision_id"),
    Revision.number,
    Revision.made_at,
    Revision.note,
    Revision.kind,
    Revision.title,
    Revision.text_sha,
    Revision.words,
    Revision.author_id,
    Person.name.label("author_name"),
    Rendering.renderer,
    Rendering.html,
    Rendering.headings,
    Rendering.trouble,
)
# Made once: to make it takes longer than the database works on it.
_ANY_AT = (
    sa.select(Page.id)
    .where(Page.path == sa.bindparam("path"))
    .order_by(Page.deleted_at.desc().nulls_first())
    .limit(1)
)
_LIVING_AT = _ANY_AT.where(Page.deleted_at.is_(None))


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page at one of its revisions. `html` is None when that was not rendered yet."""

    page_id: int
    path: str
    page_title: str
    problem: str
    language: str
    head_number: int
    deleted_at: datetime | None
    owner_email: str
    owner_name: str | None
    revision_id: int
    number: int
    made_at: datetime
    note: str
    kind: str
    title: str
    text_sha: bytes
    words: int
    author_id: int
    author_name: str
    renderer: int | None
    html: str | None
    headings: list[list[Any]] | None
    trouble: str | None

    @property
    def is_head(self) -> bool:
        """Return whether this is the page as it stands."""
        return self.number == self.head_number


@dataclass(frozen=True, slots=True)
class Outline:
    """What stands above a list about a page."""

    page_id: int
    path: str
    page_title: str
    language: str
    head_number: int
    deleted_at: datetime | None


def page(session: Session, path: str, sight: Sight) -> ReadPage | None:
    """Return the living page at `path` as it stands, or None."""
    if not sight.sees(path):
        return None
    query = _joined(Revision.id == Page.head_id).where(Page.path == path, Page.deleted_at.is_(None))
    row = session.execute(query).one_or_none()
    return ReadPage(*row) if row else None


def outline(session: Session, page_id: int) -> Outline:
    """Return what is said of a page, deleted or not, without its text."""
    query = sa.select(
        Page.id, Page.path, Page.title, Page.language, Page.head_number, Page.deleted_at
    ).where(Page.id == page_id)
    return Outline(*session.execute(query).one())


def revision(session: Session, page_id: int, number: int) -> ReadPage | None:
    """Return the page as it stood at revision `number`, or None."""
    query = _joined(Revision.page_id == Page.id).where(
        Page.id == page_id, Revision.number == number
    )
    row = session.execute(query).one_or_none()
    return ReadPage(*row) if row else None


def _joined(condition: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(*_FIELDS)
        .select_from(Page)
        .join(Revision, condition)
        .join(Person, Person.id == Revision.author_id)
        .outerjoin(_Owner, _Owner.email == Page.owner_email)
        .outerjoin(Rendering, Rendering.revision_id == Revision.id)
    )


def page_id(session: Session, path: str, sight: Sight, *, with_deleted: bool = False) -> int | None:
    """Return the number of the page at `path`; of deleted ones the latest deleted."""
    if not sight.sees(path):
        return None
    return session.scalar(_ANY_AT if with_deleted else _LIVING_AT, {"path": path})


def only_author(session: Session, path: str) -> int | None:
    """Return who alone wrote on the page at `path`, deleted or not; None if others did too."""
    found = page_id(session, path, EVERYTHING, with_deleted=True)
    query = sa.select(Revision.author_id).where(Revision.page_id == found).distinct().limit(2)
    authors = list(session.scalars(query))
    return authors[0] if len(authors) == 1 else None


def path_now(
    session: Session, former_path: str, sight: Sight, *, with_deleted: bool = False
) -> str | None:
    """Return where the page that once stood at `former_path` stands now, or None.

    `with_deleted` also finds one that was deleted, unless another page stands in its place.

    Both places have to be open to the reader: what stood where nothing is to be seen was not seen.
    """
    if not sight.sees(former_path):
        return None
    there = aliased(Page)
    is_taken = sa.exists().where(there.path == Page.path, there.deleted_at.is_(None))
    is_there = Page.deleted_at.is_(None)
    return session.scalar(
        sa.select(Page.path)
        .join(FormerPath, FormerPath.page_id == Page.id)
        .where(FormerPath.path == former_path, sight.only(Page.path))
        .where(sa.or_(is_there, ~is_taken) if with_deleted else is_there)
    )


def tags(session: Session, page_id: int) -> list[str]:
    """Return the tags of a page, in order."""
    query = sa.select(PageTag.tag).where(PageTag.page_id == page_id).order_by(PageTag.tag)
    return list(session.scalars(query))

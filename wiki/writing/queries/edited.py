"""The page that somebody writes on: where it stands now, what stood in it, who saved meanwhile."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.pages.models import Page, Revision
from wiki.pages.queries import reading
from wiki.pages.queries.locking import locked_pages
from wiki.pages.queries.sight import Sight
from wiki.pages.queries.texts import text_of
from wiki.people.models import Person
from wiki.storage.dialect import bare

_PAGE, _REVISION, _PERSON = bare(Page).c, bare(Revision).c, bare(Person).c
# Made once: to make one takes longer than the database works on it.
_EDITED = (
    sa.select(
        _PAGE.id,
        _PAGE.path,
        _PAGE.title,
        _PAGE.language,
        _PAGE.head_number,
        _PAGE.changed_at,
        _PAGE.deleted_at,
        _PERSON.name,
        _REVISION.text_sha,
    )
    .join(bare(Revision), _REVISION.id == _PAGE.head_id)
    .join(bare(Person), _PERSON.id == _REVISION.author_id)
    .where(_PAGE.id == sa.bindparam("page_id"))
)
_BASE = sa.select(_REVISION.title, _REVISION.text_sha).where(
    _REVISION.page_id == sa.bindparam("page_id"), _REVISION.number == sa.bindparam("number")
)
_SHA = sa.select(_REVISION.text_sha).where(_REVISION.id == sa.bindparam("head_id"))


@dataclass(frozen=True, slots=True)
class EditedPage:
    """A page as it stands, living or deleted."""

    page_id: int
    path: str
    title: str
    language: str
    head_number: int
    changed_at: datetime
    deleted_at: datetime | None
    author_name: str
    text_sha: bytes


@dataclass(frozen=True, slots=True)
class Base:
    """The text that somebody started from, with the title that decides its anchors."""

    number: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Save:
    """One revision that was saved meanwhile."""

    number: int
    author_id: int
    author_name: str
    text_sha: bytes


def find(
    session: Session, sight: Sight, path: str, page_id: int | None, *, with_deleted: bool
) -> EditedPage | None:
    """Return the page that is meant by its number, or else the one that stands at `path`.

    That is the living one, else the one that moved away from there, else, if wanted, the one
    last deleted there. None where there is none, or where it is hidden.
    """
    if page_id is not None:
        found = page_as_it_stands(session, page_id)
        return found if found and sight.sees(found.path) else None
    number = reading.page_id(session, path, sight)
    if number is None:
        now = reading.path_now(session, path, sight) or path
        number = reading.page_id(session, now, sight, with_deleted=with_deleted)
    return None if number is None else page_as_it_stands(session, number)


def page_as_it_stands(session: Session, page_id: int) -> EditedPage | None:
    """Return a page by its number, living or deleted, whoever may see it."""
    row = session.execute(_EDITED, {"page_id": page_id}).one_or_none()
    return EditedPage(*row) if row else None


def base(session: Session, page_id: int | None, number: int) -> Base | None:
    """Return what stood in the page at revision `number`; 0 is the empty page; else None."""
    if number == 0:
        return Base(0, "", "")
    row = session.execute(_BASE, {"page_id": page_id, "number": number}).one_or_none()
    return Base(number, row.title, text_of(session, row.text_sha)) if row else None


def saves_between(session: Session, page_id: int, after: int, before: int) -> list[Save]:
    """Return what was saved after revision `after` and before revision `before`, in order."""
    query = (
        sa.select(Revision.number, Revision.author_id, Person.name, Revision.text_sha)
        .join(Person, Person.id == Revision.author_id)
        .where(Revision.page_id == page_id, Revision.number > after, Revision.number < before)
        .order_by(Revision.number)
    )
    return [Save(*row) for row in session.execute(query)]


def page_to_change(session: Session, page_id: int) -> Page:
    """Return a page, locked until the transaction ends."""
    (page,) = locked_pages(session, [page_id])
    return page


def living_page_id(session: Session, path: str) -> int | None:
    """Return the living page at `path`, whoever may see it, or None."""
    return session.scalar(sa.select(Page.id).where(Page.path == path, Page.deleted_at.is_(None)))


def head_sha(session: Session, page: Page) -> bytes:
    """Return the SHA-256 of the text of a page as it stands."""
    sha: bytes = session.execute(_SHA, {"head_id": page.head_id}).scalar_one()
    return sha

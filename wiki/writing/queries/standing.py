"""Where all pages stand, what lies under one, what links to some, and what was deleted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from wiki.pages.models import FormerPath, Page, PageLink, Revision
from wiki.pages.queries.sight import Sight
from wiki.pages.queries.texts import texts_of
from wiki.people.models import Person
from wiki.storage.dialect import locked
from wiki.writing.rules.addresses import Addresses, Place

LISTED = 50


@dataclass(frozen=True, slots=True)
class Written:
    """A page to change, and the text of its head."""

    page: Page
    sha: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Below:
    """A page that stands under another, at its newest revision."""

    page_id: int
    path: str
    number: int


@dataclass(frozen=True, slots=True)
class Deleted:
    """A deleted page: what it was, who deleted it and why; `is_taken` where another stands now."""

    page_id: int
    path: str
    title: str
    language: str
    number: int
    revision_id: int
    deleted_at: datetime
    author_id: int
    author_name: str
    note: str
    words: int
    is_taken: bool


def addresses(session: Session, sight: Sight) -> Addresses:
    """Return where every living page stands and stood that the reader may see.

    A link to another is one to nothing: following it would tell where it leads.
    """
    query = sa.select(Page.id, Page.path, Page.title, Page.name).where(
        Page.deleted_at.is_(None), sight.only(Page.path)
    )
    pages = {row[0]: Place(*row[1:]) for row in session.execute(query)}
    former = session.execute(sa.select(FormerPath.path, FormerPath.page_id))
    return Addresses(pages, {row[0]: row[1] for row in former if row[1] in pages})


def under(session: Session, path: str) -> list[Below]:
    """Return the living pages under `path`, in order of their paths."""
    below = Page.path.startswith(f"{path}/", autoescape=True)
    query = sa.select(Page.id, Page.path, Page.head_number).where(below, Page.deleted_at.is_(None))
    return sorted((Below(*row) for row in session.execute(query)), key=lambda one: one.path)


def linking(session: Session, targets: Collection[str]) -> list[int]:
    """Return the living pages that link to one of `targets`, in order."""
    query = (
        sa.select(PageLink.page_id)
        .join(Page, Page.id == PageLink.page_id)
        .where(PageLink.target.in_(targets), Page.deleted_at.is_(None))
        .distinct()
    )
    return sorted(session.scalars(query))


def written(session: Session, ids: Collection[int], *, lock: bool) -> list[Written]:
    """Return these pages in order of their numbers with their texts, locked until the end."""
    query = sa.select(Page).where(Page.id.in_(ids)).order_by(Page.id)
    query = (locked(query) if lock else query).execution_options(populate_existing=True)
    pages = list(session.scalars(query))
    heads = sa.select(Revision.page_id, Revision.text_sha).where(
        Revision.id.in_([page.head_id for page in pages])
    )
    shas = {row[0]: row[1] for row in session.execute(heads)}
    texts = texts_of(session, set(shas.values()))
    return [Written(page, shas[page.id], texts[shas[page.id]]) for page in pages]


def text_at(session: Session, page_id: int, number: int) -> str | None:
    """Return the text of a revision, or None if there is no such revision."""
    query = sa.select(Revision.text_sha).where(
        Revision.page_id == page_id, Revision.number == number
    )
    sha = session.scalar(query)
    return None if sha is None else texts_of(session, [sha])[sha]


def revision_of(session: Session, page_id: int, number: int) -> Revision | None:
    """Return a revision, or None if there is no such one."""
    query = sa.select(Revision).where(Revision.page_id == page_id, Revision.number == number)
    return session.scalars(query).one_or_none()


def deleted(
    session: Session, sight: Sight, *, only_by: int | None = None, before: int | None = None
) -> list[Deleted]:
    """Return the pages deleted last, one more than LISTED if there are more.

    `only_by` leaves out the pages on which others wrote as well, `before` goes on after a page of
    the list by the number of the revision that deleted it.
    """
    query = _deleted().where(sight.only(Page.path)).order_by(Revision.id.desc())
    if before is not None:
        query = query.where(Revision.id < before)
    if only_by is not None:
        query = query.where(_alone(only_by))
    return [Deleted(*row) for row in session.execute(query.limit(LISTED + 1))]


def deleted_page(
    session: Session, page_id: int, sight: Sight, *, only_by: int | None = None
) -> Deleted | None:
    """Return one deleted page if the reader may see it, or None; `only_by` as for `deleted`."""
    query = _deleted().where(Page.id == page_id, sight.only(Page.path))
    if only_by is not None:
        query = query.where(_alone(only_by))
    row = session.execute(query).one_or_none()
    return Deleted(*row) if row else None


def deleted_with(
    session: Session, page: Deleted, sight: Sight, *, only_by: int | None = None
) -> list[tuple[int, str]]:
    """Return number and path of the pages under a deleted page that went in the same act.

    Only those that the reader may see; `only_by` as for `deleted`.
    """
    below = Page.path.startswith(f"{page.path}/", autoescape=True)
    query = (
        sa.select(Page.id, Page.path)
        .join(Revision, Revision.id == Page.head_id)
        .where(below, Page.deleted_at == page.deleted_at, Revision.author_id == page.author_id)
        .where(sight.only(Page.path))
    )
    if only_by is not None:
        query = query.where(_alone(only_by))
    return sorted(((row[0], row[1]) for row in session.execute(query)), key=lambda row: row[1])


def _deleted() -> sa.Select[*tuple[Any, ...]]:
    there = aliased(Page)
    is_taken = sa.exists().where(there.path == Page.path, there.deleted_at.is_(None))
    return (
        sa.select(
            Page.id,
            Page.path,
            Page.title,
            Page.language,
            Page.head_number,
            Revision.id,
            Page.deleted_at,
            Revision.author_id,
            Person.name,
            Revision.note,
            Page.words,
            is_taken,
        )
        .join(Revision, Revision.id == Page.head_id)
        .join(Person, Person.id == Revision.author_id)
        .where(Page.deleted_at.is_not(None), Page.head_number > 0)
    )


def _alone(person_id: int) -> sa.ColumnElement[bool]:
    """Return the condition that nobody but this person wrote on a page."""
    other = aliased(Revision)
    return ~sa.exists().where(other.page_id == Page.id, other.author_id != person_id)

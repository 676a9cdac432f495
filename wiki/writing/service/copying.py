"""Copying a page: its text under another title at another place."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.errors import Invalid
from wiki.pages.models import Page, Revision
from wiki.pages.queries.sight import EVERYTHING
from wiki.pages.service import sha_of
from wiki.writing.queries import standing
from wiki.writing.queries.standing import Written
from wiki.writing.rules import following
from wiki.writing.rules.aiming import Aim
from wiki.writing.rules.titles import with_title
from wiki.writing.service.judging import need
from wiki.writing.service.writing import reserve, write_new

# From the title of the page and the number of the revision that is copied.
Note = Callable[[str, int], str]


def copy(
    session: Session,
    page_id: int,
    path: str,
    title: str,
    *,
    author_id: int,
    made_at: datetime,
    note: Note,
) -> None:
    """Make a copy of a page, unless this person's copy of it, just as it would be, stands there.

    Raises Invalid for a path that is refused or taken, and for a title that cannot be, and as
    `judging.need`.
    """
    reserve(session, path)
    (source,) = standing.written(session, [page_id], lock=True)
    need(session, author_id, "copy", source.page.path)
    need(session, author_id, "create", path)
    text = _text_for_copy(session, source, path, title)
    there = _head_at(session, path)
    if there is not None:
        if _is_copy(there, text, author_id):
            return
        raise Invalid("There is already a page called {path}.", path=path, field="name")
    said = note(source.page.title, source.page.head_number)
    write_new(session, path, text, author_id=author_id, made_at=made_at, note=said)


def _text_for_copy(session: Session, source: Written, path: str, title: str) -> str:
    """Return the text for a page called `title` at `path`; its links lead where they led."""
    # No page moves, so what leads to one that the reader may not see stays as it is.
    addresses = standing.addresses(session, EVERYTHING)
    aim = Aim(source.page.path, path, addresses, addresses, frozenset())
    edits = following.wanted(source.text, aim)
    text = following.followed(source.text, source.page.path, edits).text
    return with_title(text, title, path)


def _head_at(session: Session, path: str) -> Revision | None:
    query = sa.select(Revision).join(Page, Page.head_id == Revision.id)
    return session.scalars(query.where(Page.path == path, Page.deleted_at.is_(None))).one_or_none()


def _is_copy(head: Revision, text: str, author_id: int) -> bool:
    """Return whether a form that was sent twice finds what it made, or woke to be the copy."""
    is_fresh = head.kind in {"create", "undelete"} and head.author_id == author_id
    return is_fresh and head.text_sha == sha_of(text)

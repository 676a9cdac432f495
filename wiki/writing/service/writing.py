"""Writing revisions from the web: with search and authorship kept up, and a line in the diary."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Unpack

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.activity.service import record
from wiki.authorship.service import Owed, follow, give_credit
from wiki.pages import service as pages
from wiki.pages.models import Page, Revision
from wiki.search.service import index_pages
from wiki.search.service import prepare as prepare_search
from wiki.storage.dialect import one_at_a_time

_EVENTS = {
    "create": "page.created",
    "edit": "page.saved",
    "restore": "page.restored",
    "merge": "page.merged",
    "rename": "page.renamed",
    "delete": "page.deleted",
    "undelete": "page.undeleted",
}


def write(
    session: Session,
    page: Page,
    text: str | None,
    *,
    author_id: int,
    made_at: datetime,
    owed: Sequence[Owed] = (),
    **details: Unpack[pages.Details],
) -> Revision:
    """Put `text` on top of `page` and return the revision, everything derived, found and noted.

    `owed` are passages that it takes in for others, who are credited with them. Raises Invalid as
    `pages.append` does, ValueError for passages of more than 15 people.
    """
    revision = pages.append(session, page, text, author_id=author_id, made_at=made_at, **details)
    give_credit(session, page.id, revision.number, owed)
    _follow(session, [revision])
    return revision


def write_new(
    session: Session,
    path: str,
    text: str,
    *,
    author_id: int,
    made_at: datetime,
    **marks: Unpack[pages.Marks],
) -> Revision:
    """Make a page at `path` and return its first revision, everything derived, found and noted.

    Raises Invalid as `pages.create` does.
    """
    reserve(session, path)
    revision = pages.create(session, path, text, author_id=author_id, made_at=made_at, **marks)
    _follow(session, [revision])
    return revision


def write_all(session: Session, changes: Sequence[pages.Change]) -> list[Revision]:
    """Write many revisions, of any pages, and return them in the order of `changes`.

    Everything is derived, found and noted. Raises Invalid as `pages.append` does.
    """
    pages.append_all(session, changes)
    written = {change.page.id: change.page for change in changes}
    pages.derive(session, list(written.values()))
    waiting = Counter(change.page.id for change in changes)
    keys: list[tuple[int, int]] = []
    for change in changes:
        waiting[change.page.id] -= 1
        keys.append((change.page.id, change.page.head_number - waiting[change.page.id]))
    query = sa.select(Revision).where(sa.tuple_(Revision.page_id, Revision.number).in_(keys))
    found = {(one.page_id, one.number): one for one in session.scalars(query)}
    revisions = [found[key] for key in keys]
    _follow(session, revisions)
    return revisions


def prepare(text: str, path: str) -> None:
    """Make what writing `text` at `path` will need, before any lock is held."""
    prepare_search(text, pages.prepare(text, path))


def reserve(session: Session, *paths: str) -> None:
    """Let those who want to put pages at these paths do so one after the other.

    For before any page is locked: who holds a page and waits for a path would wait for somebody
    who holds the path and waits for the page.
    """
    for path in sorted(set(paths)):  # in one order, so that no two wait for each other
        one_at_a_time(session, f"page at {path}")


def _follow(session: Session, revisions: Sequence[Revision]) -> None:
    page_ids = {revision.page_id for revision in revisions}
    index_pages(session, page_ids)
    follow(session, page_ids)
    for revision in revisions:
        record(
            session,
            "page.undone" if revision.undone_number else _EVENTS[revision.kind],
            at=revision.made_at,
            actor_id=revision.author_id,
            page_id=revision.page_id,
            number=revision.number,
        )

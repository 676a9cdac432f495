"""Copying a page: its text under another title at another place."""

from datetime import datetime

from sqlalchemy.orm import Session

from wiki.pages.models import Page, Revision
from wiki.pages.queries.sight import EVERYTHING
from wiki.writing.queries import standing
from wiki.writing.rules import following
from wiki.writing.rules.aiming import Aim
from wiki.writing.rules.titles import with_title
from wiki.writing.service.writing import write_new


def text_for_copy(session: Session, page: Page, path: str, title: str) -> str:
    """Return the text of `page` for a page called `title` at `path`; its links lead where they led.

    Raises Invalid for a title that cannot be.
    """
    (source,) = standing.written(session, [page.id], lock=False)
    # No page moves, so what leads to one that the reader may not see stays as it is.
    addresses = standing.addresses(session, EVERYTHING)
    aim = Aim(page.path, path, addresses, addresses, frozenset())
    edits = following.wanted(source.text, aim)
    text = following.followed(source.text, page.path, edits).text
    return with_title(text, title, path)


def copy(
    session: Session,
    page: Page,
    path: str,
    title: str,
    *,
    author_id: int,
    made_at: datetime,
    note: str,
) -> Revision:
    """Make a copy of `page` and return its first revision.

    Raises Invalid for a path that is refused or taken, and for a title that cannot be.
    """
    text = text_for_copy(session, page, path, title)
    return write_new(session, path, text, author_id=author_id, made_at=made_at, note=note)

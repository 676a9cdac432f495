"""Restoring an older text of a page as its newest revision."""

from datetime import datetime

from sqlalchemy.orm import Session

from wiki.errors import NotFound
from wiki.pages.models import Revision
from wiki.writing.queries import standing
from wiki.writing.service.judging import need
from wiki.writing.service.meanwhile import ChangedMeanwhile
from wiki.writing.service.writing import write


def restore(
    session: Session,
    page_id: int,
    number: int,
    *,
    base: int,
    author_id: int,
    made_at: datetime,
    note: str,
) -> Revision | None:
    """Put the text of revision `number` on top of the page and return the new revision.

    None when the page says just that already. Raises ChangedMeanwhile when `base` is no longer the
    head, NotFound when there is no such revision, and as `judging.need`.
    """
    (head,) = standing.written(session, [page_id], lock=True)
    need(session, author_id, "restore", head.page.path)
    text = standing.text_at(session, page_id, number)
    if text is None:
        raise NotFound("This page has no revision {number}.", number=number)
    if text == head.text:
        return None
    if head.page.head_number != base:
        raise ChangedMeanwhile(
            "The page was changed while you looked at it. Look again at what would change."
        )
    return write(
        session,
        head.page,
        text,
        author_id=author_id,
        made_at=made_at,
        note=note,
        kind="restore",
        restored_number=number,
    )

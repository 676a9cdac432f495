"""Deleting pages and bringing them back: their history stays either way."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from wiki.errors import Invalid
from wiki.pages.service import Draft
from wiki.writing.queries import standing
from wiki.writing.service.meanwhile import ChangedMeanwhile
from wiki.writing.service.writing import reserve, write_all


def delete(
    session: Session,
    page_ids: Sequence[int],
    *,
    base: int,
    author_id: int,
    made_at: datetime,
    reason: str,
) -> int:
    """Delete the pages of these numbers that still live; return how many.

    Raises Invalid without a reason, ChangedMeanwhile when the first page is past revision `base`.
    """
    if not reason.strip():
        raise Invalid("Say in a few words why.", field="reason")
    found = standing.written(session, page_ids, lock=True)
    if any(one.page.id == page_ids[0] and one.page.head_number != base for one in found):
        raise ChangedMeanwhile(
            "The page was changed while you looked at it. Look again before you delete it."
        )
    drafts = [
        Draft(
            page=one.page,
            text=None,
            author_id=author_id,
            made_at=made_at,
            note=reason,
            kind="delete",
        )
        for one in found
        if one.page.deleted_at is None
    ]
    write_all(session, drafts)
    return len(drafts)


def undelete(
    session: Session, places: Mapping[int, str], *, author_id: int, made_at: datetime, note: str
) -> int:
    """Bring deleted pages back at the places given by their numbers; return how many.

    Those that live already are left as they are. Raises Invalid for a place that is refused or
    taken.
    """
    reserve(session, *places.values())
    found = standing.written(session, places, lock=True)
    drafts = [
        Draft(
            page=one.page,
            text=None,
            author_id=author_id,
            made_at=made_at,
            note=note,
            kind="undelete",
            path=places[one.page.id],
        )
        for one in found
        if one.page.deleted_at is not None
    ]
    write_all(session, drafts)
    return len(drafts)

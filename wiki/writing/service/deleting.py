"""Deleting pages and bringing them back: their history stays either way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from sqlalchemy.orm import Session

from wiki.errors import Invalid, NotAllowed, NotFound
from wiki.pages.models import Page
from wiki.pages.service import Change
from wiki.writing.queries import standing
from wiki.writing.queries.standing import Below
from wiki.writing.service.judging import need
from wiki.writing.service.meanwhile import ChangedMeanwhile
from wiki.writing.service.writing import reserve, write_all

# It stands in lists, where nobody wants to read a letter.
REASON_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody looked at before they delete it: a page, and the seal of those under it.

    `under` is None where those stay.
    """

    page_id: int
    path: str
    number: int
    under: str | None = None


def seal(under: Sequence[Below]) -> str:
    """Return what these pages are and say, so that no others are deleted than were looked at."""
    said = blake2b(digest_size=12)
    for one in under:
        said.update(repr((one.page_id, one.path, one.number)).encode())
    return said.hexdigest()


def delete(
    session: Session, seen: Seen, *, author_id: int, made_at: datetime, reason: str
) -> int | None:
    """Delete a page, and those under it if they were looked at; return how many.

    None when it does not live at its path any more. Raises Invalid without a reason, with a long
    one and for pages under it that this person may not delete, ChangedMeanwhile when something is
    not as it was seen, and as `judging.need`.
    """
    _check(reason)
    ids = {seen.page_id, *(one.page_id for one in _under(session, seen))}
    found = {one.page.id: one.page for one in standing.written(session, ids, lock=True)}
    page = found[seen.page_id]
    if page.path != seen.path or page.deleted_at is not None:
        return None
    need(session, author_id, "delete", page.path, page_id=page.id)
    under = _under(session, seen)  # once more, as others may have changed it before the lock
    for one in under:
        _need_below(session, author_id, one)
    _need_as_seen(seen, page, under)
    changes = [
        Change(
            page=found[page_id],
            text=None,
            author_id=author_id,
            made_at=made_at,
            note=reason,
            kind="delete",
        )
        for page_id in (page.id, *(one.page_id for one in under))
    ]
    write_all(session, changes)
    return len(changes)


def _check(reason: str) -> None:
    if not reason.strip():
        raise Invalid("Say in a few words why.", field="reason")
    if len(reason) > REASON_LIMIT:
        raise Invalid(
            "Use at most {limit} characters. You have used {count}.",
            field="reason",
            limit=REASON_LIMIT,
            count=len(reason),
        )


def _under(session: Session, seen: Seen) -> list[Below]:
    return [] if seen.under is None else standing.under(session, seen.path)


def _need_as_seen(seen: Seen, page: Page, under: Sequence[Below]) -> None:
    if page.head_number != seen.number:
        raise ChangedMeanwhile(
            "The page was changed while you looked at it. Look again before you delete it."
        )
    if seen.under is not None and seen.under != seal(under):
        raise ChangedMeanwhile(
            "The pages under this page changed while you looked at it. Look again at how many "
            "there are before you delete them."
        )


def _need_below(session: Session, person_id: int, one: Below) -> None:
    try:
        need(session, person_id, "delete", one.path, page_id=one.page_id)
    except NotFound as refused:
        raise Invalid(
            "You cannot delete everything under this page. Ask an administrator, "
            "or delete the page without the pages under it."
        ) from refused
    except NotAllowed as refused:
        raise Invalid(
            "You cannot delete {path}, which is under this page.", path=one.path
        ) from refused


def undelete(
    session: Session, places: Mapping[int, str], *, author_id: int, made_at: datetime, note: str
) -> int:
    """Bring deleted pages back at the places given by their numbers; return how many.

    Those that live already are left as they are. Raises Invalid for a place that is refused or
    taken, and as `judging.need`.
    """
    reserve(session, *places.values())
    found = standing.written(session, places, lock=True)
    pages = [one.page for one in found if one.page.deleted_at is not None]
    for page in pages:
        need(session, author_id, "undelete", page.path, page_id=page.id)
    need(session, author_id, "create", *(places[page.id] for page in pages))
    changes = [
        Change(
            page=page,
            text=None,
            author_id=author_id,
            made_at=made_at,
            note=note,
            kind="undelete",
            path=places[page.id],
        )
        for page in pages
    ]
    write_all(session, changes)
    return len(changes)

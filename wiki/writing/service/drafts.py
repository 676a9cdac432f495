"""Keeping what somebody typed, before anything else is done with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
import zstandard
from sqlalchemy.orm import Session

from wiki.errors import Busy
from wiki.pages.service import sha_of
from wiki.people.models import Person
from wiki.storage.dialect import insert_or_ignore
from wiki.storage.engine import aloud
from wiki.writing.models import Draft
from wiki.writing.queries import drafts
from wiki.writing.rules.keeping import SAVED_KEPT, TYPING_KEPT
from wiki.writing.service import presence

_LEVEL = 3
_SWEPT_AT_ONCE = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Submission:
    """The text of a whole page as somebody typed it, over revision `base` of it.

    `page_id` is None and `base` 0 for a page that was not there. `origin` is the revision they
    started from, where the text is a clash resolved against `base`.
    """

    person_id: int
    path: str
    page_id: int | None
    base: int
    text: str
    form: str
    section: str = ""
    note: str = ""
    is_minor: bool = False
    origin: int | None = None


def keep(
    session: Session, submission: Submission, *, now: datetime, is_typing: bool = False
) -> int:
    """Store what was typed and return the number of its draft; in a transaction of its own.

    With `is_typing` nobody pressed Save yet. Whoever types has the form open. Raises Invalid for a
    text that cannot be kept.
    """
    draft = put(session, submission, now=now, is_typing=is_typing)
    if is_typing and submission.page_id is not None and draft.state != "saved":
        presence.open_form(session, submission.page_id, submission.person_id, now=now)
    if draft.made_at == now:
        _sweep(session, now)  # each that comes takes some with it that nobody needs
    return draft.id


def kept(session: Session, submission: Submission, *, now: datetime) -> Draft:
    """Return what `keep` stored of this, locked; stored now if it is not there any more."""
    draft = drafts.draft_of_form(session, submission.person_id, submission.form)
    is_it = draft is not None and draft.state != "typing" and _is_same(draft, submission)
    return draft if draft and is_it else put(session, submission, now=now)


def put(
    session: Session, submission: Submission, *, now: datetime, is_typing: bool = False
) -> Draft:
    """Store what was typed and return the draft, locked; one that saved just this stays saved."""
    row = _row(submission, now, "typing" if is_typing else "submitted")
    insert_or_ignore(session, Draft, [row])
    draft = drafts.draft_of_form(session, submission.person_id, submission.form)
    if draft is None:
        # It was there, and thrown away before it could be locked.
        insert_or_ignore(session, Draft, [row])
        draft = drafts.draft_of_form(session, submission.person_id, submission.form)
    if draft is None:
        raise Busy("The wiki is busy. Please try again in a moment.")
    if draft.made_at == now:
        aloud(session)  # my home page lists it from now on
    if not (draft.state == "saved" and _is_same(draft, submission)):
        for name in row.keys() - {"made_at", "person_id", "form"}:
            setattr(draft, name, row[name])
    session.flush()
    return draft


def discard(session: Session, person_id: int, draft_id: int) -> bool:
    """Throw away a draft of this person; return whether there was one to throw away."""
    draft = drafts.draft_to_change(session, draft_id)
    if draft is None or draft.person_id != person_id or draft.state == "saved":
        return False
    presence.close_form(session, draft.page_id, person_id)
    session.execute(sa.delete(Draft).where(Draft.id == draft_id))
    return True


def forget(session: Session, person_id: int, form: str) -> None:
    """Throw away what was kept of a form in which nothing is changed any more."""
    draft = drafts.draft_of_form(session, person_id, form)
    if draft is not None and draft.state == "typing":
        session.delete(draft)
        session.flush()


def _is_same(draft: Draft, submission: Submission) -> bool:
    told = sha_of(submission.text), submission.base
    return (draft.text_sha, draft.base_number) == told


def _row(submission: Submission, now: datetime, state: str) -> dict[str, Any]:
    return {
        "person_id": submission.person_id,
        "form": submission.form,
        "page_id": submission.page_id,
        "path": submission.path,
        "base_number": submission.base,
        "section": submission.section,
        "state": state,
        "note": submission.note.replace("\0", ""),
        "is_minor": submission.is_minor,
        "text_sha": sha_of(submission.text),
        "data": zstandard.compress(submission.text.encode(), _LEVEL),
        "revision_id": None,
        "made_at": now,
        "changed_at": now,
    }


def _sweep(session: Session, now: datetime) -> None:
    """Delete a few drafts that nobody needs any more; those of who left are kept."""
    for condition in _over(now):
        few = sa.select(Draft.id).where(condition).order_by(Draft.changed_at).limit(_SWEPT_AT_ONCE)
        # Two who sweep at once must not wait for each other.
        ids = list(session.scalars(few.with_for_update(skip_locked=True)))
        if ids:
            session.execute(sa.delete(Draft).where(Draft.id.in_(ids)))


def _over(now: datetime) -> Iterator[sa.ColumnElement[bool]]:
    is_here = Draft.person_id.in_(sa.select(Person.id).where(Person.state == "active"))
    yield sa.and_(Draft.state == "saved", Draft.changed_at < now - SAVED_KEPT)
    yield sa.and_(Draft.state == "typing", Draft.changed_at < now - TYPING_KEPT, is_here)

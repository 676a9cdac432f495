"""Keeping what somebody typed, before anything else is done with it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
import zstandard
from sqlalchemy.orm import Session, make_transient_to_detached

from wiki.errors import Busy, Invalid, TooLarge
from wiki.pages.rules import TEXT_LIMIT_BYTES
from wiki.pages.rules import words as count_words
from wiki.pages.service import sha_of
from wiki.storage.dialect import inserted
from wiki.storage.engine import aloud
from wiki.writing.models import Draft
from wiki.writing.queries import drafts
from wiki.writing.rules.keeping import MOST_OPEN, form_of, mark
from wiki.writing.rules.resolving import Choices
from wiki.writing.service import presence

_LEVEL = 3
# What is there may be thrown away before it can be locked.
_TRIES = 3
_CHOICES_LIMIT_BYTES = 4 * TEXT_LIMIT_BYTES
_COLUMNS = frozenset(Draft.__table__.columns.keys())
TOO_MANY = (
    "You have {number} unsaved drafts, which is the most you can have. "
    "Save this page, or save or throw away some of your drafts first."
)
_SENT_BEFORE = "This form has already been sent. What you type now will be kept as a new draft."


class SentBefore(Invalid):
    """What is typed into a form that was sent meanwhile, which does not know what was sent."""


class TooManyDrafts(Invalid):
    """This person has as many drafts as anybody may have."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Submission:
    """The text of a whole page as somebody typed it, over revision `base` of it.

    `page_id` is None and `base` 0 for a page that was not there. `origin` is the revision they
    started from, where the text is a clash resolved against `base`; `choices` is how far one with
    a later revision is resolved. `seen` is the mark of what was submitted from this form before and
    shown in it again. `continues` is how the draft stood that the form was opened with, if it was.
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
    choices: Choices | None = None
    seen: str = ""
    continues: str = ""


def sent_mark(submission: Submission) -> str:
    """Return the mark that a form has to carry in which what was submitted is shown again."""
    return mark(submission.text, submission.choices)


def keep(
    session: Session, submission: Submission, *, now: datetime, is_typing: bool = False
) -> int:
    """Store what was typed and return the number of its draft; in a transaction of its own.

    With `is_typing` nobody pressed Save yet. Whoever types has the form open. Raises Invalid for a
    text that cannot be kept, SentBefore as `put` does, TooManyDrafts where typing begins one more.
    """
    draft = put(session, submission, now=now, is_typing=is_typing)
    if is_typing and submission.page_id is not None and draft.state != "saved":
        presence.open_form(session, submission.page_id, submission.person_id, now=now)
    is_begun = is_typing and draft.made_at == now
    if is_begun and drafts.count_of_person(session, submission.person_id) > MOST_OPEN:
        raise TooManyDrafts(TOO_MANY, field="text", number=MOST_OPEN)
    return draft.id


def kept(session: Session, submission: Submission, *, now: datetime) -> Draft:
    """Return what `keep` stored of this, locked; stored now if it is not there any more."""
    draft = drafts.draft_of_form(session, submission.person_id, submission.form)
    is_it = draft is not None and draft.state != "typing" and _is_same(draft, submission)
    return draft if draft and is_it else put(session, submission, now=now)


def put(
    session: Session, submission: Submission, *, now: datetime, is_typing: bool = False
) -> Draft:
    """Store what was typed and return the draft, locked; one that saved just this stays saved.

    With `is_typing`, raises SentBefore where that would take the place of what was submitted from
    the same form: the browser may have sent it before, and the wiki got it after.
    """
    _take_over(session, submission)
    row = _row(submission, now, "typing" if is_typing else "submitted")
    for _ in range(_TRIES):
        begun = _begun(session, row)
        if begun is not None:
            return begun
        draft = drafts.draft_of_form(session, submission.person_id, submission.form)
        if draft is not None:
            for name in row.keys() - _left(draft, submission, is_typing=is_typing):
                setattr(draft, name, row[name])
            session.flush()
            return draft
    raise Busy("The wiki is busy. Please try again in a moment.")


def _take_over(session: Session, submission: Submission) -> None:
    """Make the draft that this form was opened with its own, if nobody wrote to it since.

    Else the form gets a draft of its own: one draft may be open in two windows. Whoever writes on
    in the other one is given a draft of their own, as theirs has another form by now.
    """
    before = form_of(submission.continues)
    if not before or drafts.draft_of_form(session, submission.person_id, submission.form):
        return
    draft = drafts.draft_of_form(session, submission.person_id, before)
    if draft is not None and drafts.stand_of(draft) == submission.continues:
        draft.form = submission.form
        session.flush()


def _begun(session: Session, row: dict[str, Any]) -> Draft | None:
    """Return a new draft, or None where there is one of this form."""
    number = inserted(session, Draft, row)
    if number is None:
        return None
    aloud(session)  # my home page lists it from now on
    draft = Draft(id=number, **row)
    make_transient_to_detached(draft)  # all of it is known, so it need not be read
    session.add(draft)
    return draft


def _left(draft: Draft, submission: Submission, *, is_typing: bool) -> Collection[str]:
    """Return the columns of the draft that stay as they are."""
    names = {"made_at", "person_id", "form"}
    is_same = _is_same(draft, submission)
    if is_same and draft.state == "saved":
        return _COLUMNS
    if is_same and submission.choices is None:
        names |= {"choices"}  # the same text once more, from the form before the clash
    if not is_typing or draft.state == "typing":
        return names
    if draft.state == "submitted" and submission.seen == draft.sent_mark:
        return names | {"state", "sent_mark"}  # only Save and Throw away end what was submitted
    if is_same:
        return _COLUMNS
    raise SentBefore(_SENT_BEFORE)


def discard(session: Session, person_id: int, draft_id: int) -> bool:
    """Throw away a draft of this person; return whether there was one to throw away."""
    draft = drafts.draft_to_change(session, draft_id)
    if draft is None or draft.person_id != person_id or draft.state == "saved":
        return False
    presence.close_form(session, draft.page_id, person_id)
    session.execute(sa.delete(Draft).where(Draft.id == draft_id))
    return True


def forget(session: Session, submission: Submission) -> None:
    """Throw away what was kept of a form in which nothing is changed any more."""
    _take_over(session, submission)
    draft = drafts.draft_of_form(session, submission.person_id, submission.form)
    if draft is not None and draft.state == "typing":
        session.delete(draft)
        session.flush()
        aloud(session)  # my home page lists it no longer


def _is_same(draft: Draft, submission: Submission) -> bool:
    if submission.choices is not None and drafts.choices_in(draft) != submission.choices:
        return False
    told = sha_of(submission.text), submission.base
    return (draft.text_sha, draft.base_number) == told


def packed(choices: Choices | None) -> bytes | None:
    """Return how far a clash is resolved as a draft keeps it; raise TooLarge for too much."""
    if choices is None:
        return None
    written = choices.written().encode()
    if len(written) > _CHOICES_LIMIT_BYTES:
        raise TooLarge(
            "Your own words are longer than {limit} kB in all.",
            limit=_CHOICES_LIMIT_BYTES // 1000,
        )
    return zstandard.compress(written, _LEVEL)


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
        "sent_mark": "" if state == "typing" else sent_mark(submission),
        "words": count_words(submission.text),
        "choices": packed(submission.choices),
        "data": zstandard.compress(submission.text.encode(), _LEVEL),
        "revision_id": None,
        "made_at": now,
        "changed_at": now,
    }

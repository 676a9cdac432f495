"""Saving: what was kept becomes a revision, together with what others saved meanwhile.

The text is stored as a draft first, in a transaction of its own (`drafts.keep`). Then the page is
locked and, if it moved on, three_way puts both texts together or answers with a clash. The draft
remembers the revision it became, so that sending a form twice gives the same revision twice.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.errors import Invalid
from wiki.pages.models import Page, Revision
from wiki.pages.service import sha_of, text_of
from wiki.storage.dialect import bare
from wiki.text.merge import Clash, Merged, three_way
from wiki.writing.models import Draft
from wiki.writing.queries import drafts, edited
from wiki.writing.queries.edited import Base, EditedPage
from wiki.writing.rules.resolving import Choices
from wiki.writing.service import presence
from wiki.writing.service.drafts import Submission, kept, packed
from wiki.writing.service.judging import need
from wiki.writing.service.writing import prepare, reserve, write, write_new

NO_BASE = (
    "This page has no revision {number} to start from. Your text is below: "
    "look at what differs before you save it."
)
# Made once: to make it takes longer than the database works on it.
_SAVED = (
    sa.update(bare(Draft))
    .where(bare(Draft).c.id == sa.bindparam("draft_id"))
    .values(
        state="saved",
        data=b"",
        choices=sa.null(),
        page_id=sa.bindparam("page_id"),
        revision_id=sa.bindparam("revision_id"),
        changed_at=sa.bindparam("changed_at"),
    )
)
# As many as may be saved at one moment in one process.
_MERGES_KEPT = 8


@dataclass(frozen=True, slots=True)
class Saved:
    """The revision that it became; others saved the ones after `base` and before `number`."""

    page_id: int
    path: str
    number: int
    base: int
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The page says all this already; nothing was made."""

    path: str


@dataclass(frozen=True, slots=True)
class Clashed:
    """Both changed the same words; the draft stays as it is."""

    draft_id: int
    page_id: int
    base: int
    head: int
    clash: Clash
    choices: Choices


@dataclass(frozen=True, slots=True)
class Gone:
    """The page was deleted meanwhile; the draft stays as it is."""

    draft_id: int
    page_id: int


Outcome = Saved | Unchanged | Clashed | Gone


def look_ahead(
    session: Session, submission: Submission, page: EditedPage | None, base: Base | None
) -> None:
    """Make what saving this will need, before any lock is held, as far as can be told by now.

    `page` is how the page stood a moment ago, `base` what the submission was typed over.
    """
    text, path = submission.text, submission.path
    if page is not None and page.deleted_at is None:
        path = page.path
        if base is not None and base.number != page.head_number:
            found = merged(base.text, text_of(session, page.text_sha), text)
            if isinstance(found, Clash):
                return
            text = found.text
    prepare(text, path)


@lru_cache(maxsize=_MERGES_KEPT)
def merged(base: str, theirs: str, mine: str) -> Merged | Clash:
    """Return what `three_way` returns, remembered for a moment: see `pages.service.preparing`."""
    return three_way(base, theirs, mine)


def save(session: Session, submission: Submission, *, now: datetime) -> Outcome:
    """Make a revision of what was submitted and kept, and return what became of it.

    Raises Invalid for a base that is not there and as `pages.append` does, NotAllowed or NotFound
    where whoever wrote this may not write here any more.
    """
    draft = kept(session, submission, now=now)
    if draft.state == "saved":
        page_id, path, number = drafts.saved_as(session, draft.revision_id)
        return Saved(page_id, path, number, base=number - 1, is_repeated=True)
    page = _page(session, draft)
    if page is None:
        need(session, draft.person_id, "create", draft.path)
        return _first(session, draft, submission.text, now)
    need(session, draft.person_id, "write", page.path)
    if page.deleted_at is not None:
        return Gone(draft.id, page.id)
    return _on_top(session, page, draft, submission, now)


def _page(session: Session, draft: Draft) -> Page | None:
    """Return the page, locked; None if it is yet to be made, which nobody else can then do."""
    page_id = draft.page_id
    if page_id is None:
        reserve(session, draft.path)
        page_id = edited.living_page_id(session, draft.path)
    return None if page_id is None else edited.page_to_change(session, page_id)


def _first(session: Session, draft: Draft, text: str, now: datetime) -> Saved:
    revision = write_new(
        session,
        draft.path,
        text,
        author_id=draft.person_id,
        made_at=now,
        note=draft.note,
        is_minor=draft.is_minor,
    )
    return _done(session, draft, revision, now, base=revision.number - 1)


def _on_top(
    session: Session, page: Page, draft: Draft, submission: Submission, now: datetime
) -> Outcome:
    base, text, origin = submission.base, submission.text, submission.origin
    theirs = edited.head_sha(session, page)
    is_behind = base != page.head_number
    if is_behind:
        found = merged(_text_at(session, page, base), text_of(session, theirs), text)
        if isinstance(found, Clash):
            presence.open_form(session, page.id, draft.person_id, now=now)
            return Clashed(draft.id, page.id, base, page.head_number, found, _choices(draft, page))
        text = found.text
    if sha_of(text) == theirs:
        session.execute(sa.delete(Draft).where(Draft.id == draft.id))
        presence.close_form(session, page.id, draft.person_id)
        return Unchanged(page.path)
    is_merge = origin is not None or is_behind
    revision = write(
        session,
        page,
        text,
        author_id=draft.person_id,
        made_at=now,
        note=draft.note,
        is_minor=draft.is_minor,
        kind="merge" if is_merge else "edit",
        merged_number=base if is_merge and origin is None else origin,
    )
    return _done(session, draft, revision, now, base=base)


def _choices(draft: Draft, page: Page) -> Choices:
    """Return what was chosen before in this very clash, which the draft remembers from now on."""
    before = drafts.choices_in(draft)
    if before is not None and (before.are_begun or before.head == page.head_number):
        return before if before.head == page.head_number else Choices(page.head_number)
    fresh = Choices(page.head_number)
    draft.choices = packed(fresh)
    return fresh


def _text_at(session: Session, page: Page, number: int) -> str:
    base = edited.base(session, page.id, number)
    if base is None:
        raise Invalid(NO_BASE, field="base", number=number)
    return base.text


def _done(session: Session, draft: Draft, revision: Revision, now: datetime, *, base: int) -> Saved:
    became = {"page_id": revision.page_id, "revision_id": revision.id, "changed_at": now}
    session.execute(_SAVED, {"draft_id": draft.id, **became})
    presence.close_form(session, revision.page_id, draft.person_id)
    return Saved(revision.page_id, revision.path, revision.number, base)

"""Drafts of one person: nobody else is ever told of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
import zstandard
from sqlalchemy.orm import Session

from wiki.pages.models import Page, Revision
from wiki.storage.dialect import locked
from wiki.writing.models import Draft
from wiki.writing.rules import keeping, resolving
from wiki.writing.rules.resolving import Choices

LISTED = 200
_HERE = sa.or_(
    Page.id == Draft.page_id,
    sa.and_(Draft.page_id.is_(None), Page.path == Draft.path, Page.deleted_at.is_(None)),
)

# Made once: to make one takes longer than the database works on it.
_ROWS: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Draft.id,
        Draft.form,
        Draft.path,
        Draft.base_number,
        Draft.section,
        Draft.state,
        Draft.note,
        Draft.is_minor,
        Draft.changed_at,
        Draft.words,
        Draft.choices.is_not(None),
        Page.id,
        Page.path,
        Page.title,
        Page.head_number,
        Page.deleted_at,
    )
    .outerjoin(Page, _HERE)
    .where(Draft.state != "saved")
    .order_by(Draft.changed_at.desc(), Draft.id.desc())
)
_AT_PATH = sa.and_(Draft.page_id.is_(None), Draft.path == sa.bindparam("path"))
_OF_PAGE = _ROWS.where(
    Draft.person_id == sa.bindparam("person_id"),
    sa.or_(Draft.page_id == sa.bindparam("page_id"), _AT_PATH),
).limit(LISTED)
_OF_FORM = (
    locked(sa.select(Draft))
    .where(Draft.person_id == sa.bindparam("person_id"), Draft.form == sa.bindparam("form"))
    .execution_options(populate_existing=True)
)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An unsaved text of one person, with the page as it stands now, if there is one."""

    draft_id: int
    form: str
    path: str
    base_number: int
    section: str
    state: str
    note: str
    is_minor: bool
    changed_at: datetime
    words: int
    has_choices: bool
    page_id: int | None
    page_path: str | None
    page_title: str | None
    head_number: int | None
    deleted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Content:
    """What is kept in a draft; `choices` where it is being brought together with another text.

    `stand` names the draft as it is, so that a form opened with it can tell what it goes on with.
    """

    text: str
    choices: Choices | None
    sent_mark: str
    stand: str


def text_in(draft: Draft) -> str:
    """Return the text of a draft that is not saved yet."""
    return zstandard.decompress(draft.data).decode()


def choices_in(draft: Draft) -> Choices | None:
    """Return how far the clash of a draft is resolved, or None where there is none."""
    if draft.choices is None:
        return None
    return resolving.read(zstandard.decompress(draft.choices).decode())


def stand_of(draft: Draft) -> str:
    """Return the name of a draft as it stands: another one once anybody wrote to it."""
    return keeping.stand(
        draft.form,
        draft.made_at.isoformat(),
        draft.state,
        draft.base_number,
        draft.section,
        draft.note,
        draft.is_minor,
        draft.sent_mark,
        draft.text_sha,
        draft.choices,
    )


def content(session: Session, draft_id: int) -> Content:
    """Return what is kept in a draft that is there."""
    draft = session.get_one(Draft, draft_id)
    return Content(text_in(draft), choices_in(draft), draft.sent_mark, stand_of(draft))


def own(session: Session, person_id: int, draft_id: int) -> DraftRow | None:
    """Return a draft of this person that is not saved yet, or None."""
    return next(iter(_rows(session, Draft.person_id == person_id, Draft.id == draft_id)), None)


def of_person(
    session: Session, person_id: int, *, limit: int = LISTED, skip: int = 0
) -> list[DraftRow]:
    """Return this person's drafts that are not saved yet, latest first, without the first ones."""
    return _rows(session, Draft.person_id == person_id, limit=limit, skip=skip)


def count_of_person(session: Session, person_id: int) -> int:
    """Return how many drafts of this person are not saved yet."""
    query = sa.select(sa.func.count(Draft.id)).where(
        Draft.person_id == person_id, Draft.state != "saved"
    )
    return session.scalars(query).one()


def of_page(session: Session, person_id: int, page_id: int | None, path: str) -> list[DraftRow]:
    """Return this person's drafts of one page, there or not, latest first."""
    asked = {"person_id": person_id, "page_id": page_id, "path": path}
    return [DraftRow(*row) for row in session.execute(_OF_PAGE, asked)]


def draft_to_change(session: Session, draft_id: int) -> Draft | None:
    """Return a draft, locked until the transaction ends, or None."""
    query = sa.select(Draft).where(Draft.id == draft_id)
    return session.scalars(locked(query).execution_options(populate_existing=True)).one_or_none()


def draft_of_form(session: Session, person_id: int, form: str) -> Draft | None:
    """Return the draft of this person's form, locked until the transaction ends, or None."""
    return session.scalars(_OF_FORM, {"person_id": person_id, "form": form}).one_or_none()


def saved_as(session: Session, revision_id: int | None) -> tuple[int, str, int]:
    """Return page, path of the page now, and number of the revision that a draft became."""
    query = (
        sa.select(Revision.page_id, Page.path, Revision.number)
        .join(Page, Page.id == Revision.page_id)
        .where(Revision.id == revision_id)
    )
    row = session.execute(query).one()
    return row[0], row[1], row[2]


def path_saved_to(session: Session, person_id: int, draft_id: int) -> str | None:
    """Return where the page stands now that a draft of this person was saved to, or None."""
    query = (
        sa.select(Page.path)
        .join(Revision, Revision.page_id == Page.id)
        .join(Draft, Draft.revision_id == Revision.id)
        .where(
            Draft.id == draft_id,
            Draft.person_id == person_id,
            Draft.state == "saved",
            Page.deleted_at.is_(None),
        )
    )
    return session.scalar(query)


def _rows(
    session: Session,
    *conditions: sa.ColumnElement[bool],
    limit: int = LISTED,
    skip: int = 0,
) -> list[DraftRow]:
    query = _ROWS.where(*conditions).limit(limit).offset(skip)
    return [DraftRow(*row) for row in session.execute(query)]

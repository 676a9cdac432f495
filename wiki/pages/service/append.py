"""The one way a revision comes to be: written on top of its page, never changed again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeAlias, Unpack

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.errors import Invalid
from wiki.pages import rules
from wiki.pages.models import Page, Revision
from wiki.pages.queries.locking import locked_pages
from wiki.pages.queries.texts import text_of
from wiki.pages.service import texts
from wiki.pages.service.change import Change, Details, Marks
from wiki.pages.service.derive import derive
from wiki.pages.service.preparing import facts, recall
from wiki.pages.service.settle import settle
from wiki.storage.dialect import bare
from wiki.text.paths import path_from_title, refusal

Row: TypeAlias = dict[str, Any]
# Made once: to make one takes longer than the database works on it.
_HEADS = sa.select(bare(Revision)).where(
    bare(Revision).c.id.in_(sa.bindparam("heads", expanding=True))
)
_NEW_REVISIONS = sa.insert(bare(Revision)).returning(
    bare(Revision).c.page_id, bare(Revision).c.number, bare(Revision).c.id
)


def create(
    session: Session,
    path: str,
    text: str,
    *,
    author_id: int,
    made_at: datetime,
    **marks: Unpack[Marks],
) -> Revision:
    """Make a page at `path` and return its first revision, with everything derived but search.

    A page that was deleted at this path comes back instead, with its history. Raises Invalid
    for a path that is refused or taken, and for a text that cannot be kept.
    """
    sentence = refusal(path)
    if sentence:
        raise Invalid(sentence, field="path")
    page = _deleted_page(session, path) or blank_page(session, path, made_at=made_at)
    marks["kind"] = "undelete" if page.head_number else "create"
    return append(session, page, text, author_id=author_id, made_at=made_at, path=path, **marks)


def append(
    session: Session,
    page: Page,
    text: str | None,
    *,
    author_id: int,
    made_at: datetime,
    **details: Unpack[Details],
) -> Revision:
    """Put `text` on top of `page` and return the revision, with everything derived but search.

    The page is locked until the transaction ends. The caller hands the page to
    `search.service.index_pages` in the same transaction. Raises Invalid for a text that cannot
    be kept, a path that is refused or taken, and a page that is deleted (save for `undelete`).
    """
    change = Change(page=page, text=text, author_id=author_id, made_at=made_at, **details)
    (row,) = append_all(session, [change], is_derived=True)
    derive(session, [page])
    return Revision(id=page.head_id, **row)


def append_all(
    session: Session, changes: Sequence[Change], *, is_derived: bool = False
) -> list[Row]:
    """Write many revisions in this order, in a handful of statements; derive nothing; return them.

    Whoever calls it calls `derive` for the pages before they are left alone; who does so at once
    says `is_derived`. Paths need be unique only when all is written, so that pages may swap them.
    """
    if not changes:
        return []
    pages = locked_pages(session, {change.page.id for change in changes})
    stood = {page.id: (page.path, page.deleted_at is None) for page in pages}
    last = _head_rows(session, pages)
    rows: list[Row] = []
    written: dict[bytes, str] = {}
    for change in changes:
        row = _row(session, change, last.get(change.page.id), written)
        last[change.page.id] = row
        rows.append(row)
    texts.store(session, written)
    _insert(session, rows, pages)
    for page in pages if is_derived else ():
        page.derived_number = page.head_number
    settle(session, pages, stood, rows)
    return rows


def blank_page(session: Session, path: str, *, made_at: datetime) -> Page:
    """Return a new page that does not live yet: its first revision, of kind `create`, wakes it."""
    page = Page(path=path, title="", made_at=made_at, changed_at=made_at, deleted_at=made_at)
    session.add(page)
    session.flush()
    return page


def _deleted_page(session: Session, path: str) -> Page | None:
    """Return the page last deleted at `path`, locked, if no page lives there."""
    query = sa.select(Page.id, Page.deleted_at).where(Page.path == path)
    query = query.order_by(Page.deleted_at.desc().nulls_first(), Page.id.desc()).limit(1)
    found = session.execute(query).one_or_none()
    if found is None or found.deleted_at is None:
        return None
    (page,) = locked_pages(session, {found.id})
    if page.path == path and page.deleted_at is not None:
        return page
    return _deleted_page(session, path)  # somebody brought it back, here or elsewhere


def _head_rows(session: Session, pages: Sequence[Page]) -> dict[int, Row]:
    found = session.execute(_HEADS, {"heads": [page.head_id for page in pages]})
    return {row["page_id"]: dict(row) for row in found.mappings()}


def _row(session: Session, change: Change, last: Row | None, written: dict[bytes, str]) -> Row:
    """Return the revision as a row, and bring its page up to it."""
    page = change.page
    change = _checked(change)
    sha, text = _text(session, change, last, written)
    path = change.path or page.path
    found = recall(facts, text, path)
    made_at = rules.moment_after(last["made_at"] if last else None, change.made_at)
    number = page.head_number + 1
    row = {
        "page_id": page.id,
        "number": number,
        "author_id": change.author_id,
        "made_at": made_at,
        "kind": change.kind,
        "note": rules.short_note(change.note),
        "is_minor": change.is_minor,
        "is_imported": change.is_imported,
        "restored_number": change.restored_number,
        "merged_number": change.merged_number,
        "undone_number": change.undone_number,
        "sitting": _sitting(last, number, change.author_id, made_at),
        "path": path,
        "title": found.title,
        "text_sha": sha,
        "words": found.words,
        "words_change": found.words - (last["words"] if last else 0),
    }
    _bring_up(page, row, found)
    return row


def _checked(change: Change) -> Change:
    page = change.page
    if page.head_number and page.deleted_at and change.kind not in {"undelete", "delete"}:
        raise Invalid("This page has been deleted. Bring it back before you change it.")
    if change.kind == "undelete" and page.deleted_at is None:
        raise Invalid("This page is already back.")
    if change.path is None or change.path == page.path:
        return change
    sentence = refusal(change.path)
    if sentence:
        raise Invalid(sentence, field="path")
    return replace(change, kind="rename") if change.kind == "edit" else change


def _text(
    session: Session, change: Change, last: Row | None, written: dict[bytes, str]
) -> tuple[bytes, str]:
    if change.text is not None:
        sha = texts.sha_of(change.text)
        written[sha] = change.text
        return sha, change.text
    if last is None:
        raise ValueError("The first revision of a page needs a text.")
    sha = last["text_sha"]
    return sha, written[sha] if sha in written else text_of(session, sha)


def _sitting(last: Row | None, number: int, author_id: int, made_at: datetime) -> int:
    if last is None:
        return number
    is_same = rules.is_same_sitting(
        gap=made_at - last["made_at"], is_same_author=author_id == last["author_id"]
    )
    return int(last["sitting"]) if is_same else number


def _bring_up(page: Page, row: Row, found: rules.Facts) -> None:
    page.path = row["path"]
    page.title = found.title
    page.name = path_from_title(found.title)
    page.problem = found.problem
    page.summary = found.summary
    page.language = found.language
    page.position = found.position
    page.owner_email = found.owner_email
    page.words = found.words
    page.head_number = row["number"]
    page.changed_at = row["made_at"]
    page.deleted_at = row["made_at"] if row["kind"] == "delete" else None


def _insert(session: Session, rows: list[Row], pages: Sequence[Page]) -> None:
    """Write the revisions, and tell the pages which are their heads now."""
    ids = {(row[0], row[1]): row[2] for row in session.execute(_NEW_REVISIONS, rows)}
    for page in pages:
        page.head_id = ids[page.id, page.head_number]

"""Whether every text that was ever saved is there, and is what it was."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import sqlalchemy as sa
import zstandard
from sqlalchemy.orm import Session, aliased

from wiki.pages.models import Page, Revision, TextBlob
from wiki.pages.queries.texts import texts_of
from wiki.transfer.service.checking.findings import FROM_BACKUP, Finding, Look
from wiki.writing.models import Draft
from wiki.writing.queries.drafts import text_in

_AT_ONCE = 40
_Rows: TypeAlias = Sequence[sa.Row[int, bytes]]


def texts(look: Look) -> Iterator[Finding]:
    """Read every text of every revision, and compare it with its SHA-256."""
    session = look.session
    pages = session.execute(sa.select(Page.id, Page.path).order_by(Page.id)).all()
    seen: set[bytes] = set()
    for done, (page_id, path) in enumerate(pages, start=1):
        query = sa.select(Revision.number, Revision.text_sha).where(Revision.page_id == page_id)
        rows = session.execute(query.order_by(Revision.number)).all()
        fresh = [row for row in rows if row.text_sha not in seen]
        seen |= {row.text_sha for row in rows}
        for start in range(0, len(fresh), _AT_ONCE):
            for number, trouble in _troubles(session, fresh[start : start + _AT_ONCE]):
                sentence = f"The text of revision {number} of /{path} {trouble}."
                yield Finding("text", sentence, FROM_BACKUP)
        look.progress("pages read", done, len(pages))


def drafts(look: Look) -> Iterator[Finding]:
    """Read every draft that is not saved yet."""
    query = sa.select(Draft).where(Draft.state != "saved").order_by(Draft.id)
    for draft in look.session.scalars(query.execution_options(yield_per=_AT_ONCE)):
        try:
            is_whole = _sha(text_in(draft)) == draft.text_sha
        except (ValueError, zstandard.ZstdError):
            is_whole = False
        if not is_whole:
            sentence = f"Draft {draft.id} of /{draft.path} cannot be read."
            yield Finding("draft", sentence, FROM_BACKUP)


def notes(look: Look) -> Iterator[str]:
    """Say how many texts nobody needs."""
    told = aliased(TextBlob)
    used = sa.exists().where(Revision.text_sha == TextBlob.sha)
    query = sa.select(sa.func.count(TextBlob.sha)).where(~used)
    needed = sa.select(told.base_sha).where(told.base_sha.is_not(None))
    orphans = look.session.scalar(query.where(TextBlob.sha.not_in(needed))) or 0
    if orphans:
        yield f"Stored texts that belong to no revision, and do no harm: {orphans:,}."


def _troubles(session: Session, rows: _Rows) -> Iterator[tuple[int, str]]:
    try:
        found = texts_of(session, {row.text_sha for row in rows})
    except (KeyError, ValueError):
        yield from _one_by_one(session, rows)
        return
    for row in rows:
        if _sha(found[row.text_sha]) != row.text_sha:
            yield row.number, "is not what was saved"


def _one_by_one(session: Session, rows: _Rows) -> Iterator[tuple[int, str]]:
    for row in rows:
        try:
            text = texts_of(session, [row.text_sha])[row.text_sha]
        except KeyError:
            yield row.number, "is missing"
        except ValueError:
            yield row.number, "is damaged"
        else:
            if _sha(text) != row.text_sha:
                yield row.number, "is not what was saved"


def _sha(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()

"""Older texts as chains, each told against the one before it, which makes them much smaller.

Idea: a text of a page says nearly what the one before it said, so zstd gets that one as its
dictionary. Every twentieth text stays whole, so that none is more than nineteen steps away; so do
heads. Rejected: git's packs (a repository beside the database), deltas of words (larger, and forty
times dearer to write), a trained dictionary (saves 3 %, must be kept for ever).

Safe at any moment: a text is read back and compared with its SHA-256 before it is replaced; one
against which another is told is never told against a third itself, so there are no rings; readers
find a text before as after. A few texts a transaction, one process at once;
`Page.chained_number` says how far it is, in the same transaction, so a kill costs nothing.
"""

import hashlib
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from wiki.pages.models import Page, Revision, TextBlob
from wiki.pages.queries.texts import WHOLE, Stored, depth_of, stored_of, texts_of, unpacked
from wiki.pages.service.texts import chained, kept_whole
from wiki.storage.dialect import free_ones_locked, one_at_a_time
from wiki.storage.engine import Database

LONGEST = 20
BATCH = 20
# Texts of the last minutes are at work: compared, merged, taken back.
REST = timedelta(minutes=10)

_Rows: TypeAlias = Sequence[sa.Row[int, bytes]]
_log = logging.getLogger("manyhands.pages")


@dataclass(frozen=True, slots=True)
class Size:
    """How many revisions there are, and how many bytes their texts take."""

    revisions: int
    stored: int

    @property
    def each(self) -> int:
        """Return the bytes a revision."""
        return round(self.stored / max(self.revisions, 1))


@dataclass(frozen=True, slots=True)
class _Done:
    """How many pages are done, for now, and how many texts were looked at."""

    pages: int
    texts: int


@dataclass(frozen=True, slots=True)
class _Link:
    """A text that may be told against the one before it."""

    sha: bytes
    base_sha: bytes


def size_of_texts(session: Session) -> Size:
    """Return how much the texts take now."""
    revisions = session.scalar(sa.select(sa.func.count(Revision.id))) or 0
    stored = session.scalar(sa.select(sa.func.sum(sa.func.length(TextBlob.data)))) or 0
    return Size(revisions, stored)


def unchained_pages(session: Session, *, now: datetime, limit: int | None = None) -> list[int]:
    """Return pages with older texts that are not in chains yet; only reads."""
    query = sa.select(Page.id).where(_has_work(now)).order_by(Page.id).limit(limit)
    return list(session.scalars(query))


def chain_some(database: Database, *, now: datetime) -> int:
    """Put a few older texts into chains, in one short transaction; return how many it looked at."""
    with database.reading() as session:
        page_ids = unchained_pages(session, now=now, limit=BATCH)
    return _chain_pages(database, page_ids, now).texts


def chain_all(database: Database, progress: Callable[[int, int], None], *, now: datetime) -> None:
    """Put the older texts of all pages into chains, in short transactions; safe to stop."""
    with database.reading() as session:
        left = unchained_pages(session, now=now)
    count = len(left)
    while left:
        left = left[_chain_pages(database, left[:BATCH], now).pages :]
        progress(count - len(left), count)


def _chain_pages(database: Database, page_ids: Sequence[int], now: datetime) -> _Done:
    """Go on with these pages until some texts were looked at; return how far that was."""
    pages = texts = 0
    with database.begin(quiet=True) as session:
        one_at_a_time(session, "chains")
        for page_id in page_ids:
            looked_at = _chain_page(session, page_id, now)
            texts += looked_at
            pages += looked_at < BATCH
            if texts >= BATCH:
                break
    return _Done(pages, texts)


def _chain_page(session: Session, page_id: int, now: datetime) -> int:
    """Go on with a page and return how many texts were looked at; fewer than BATCH: it is done.

    A page that somebody is saving is left for the next time.
    """
    query = sa.select(Page).where(Page.id == page_id, _has_work(now))
    page: Page | None = session.scalars(free_ones_locked(query)).one_or_none()
    if page is None:
        return 0
    rows = _next_revisions(session, page, now)
    try:
        _chain(session, _links(rows))
    except (KeyError, ValueError):
        # What cannot be read stays as it is; the check names it.
        _log.error("A text of page %d is damaged. Run: manyhands check", page_id)
    before, page.chained_number = page.chained_number, rows[-1].number
    return page.chained_number - before


def _has_work(now: datetime) -> sa.ColumnElement[bool]:
    """Return whether the next revision of a page is no head and has rested."""
    following = aliased(Revision)
    return sa.and_(
        Page.chained_number < Page.head_number - 1,
        sa.exists().where(
            following.page_id == Page.id,
            following.number == Page.chained_number + 1,
            following.made_at < now - REST,
        ),
    )


def _next_revisions(session: Session, page: Page, now: datetime) -> _Rows:
    """Return number and SHA-256 of the next revisions; before them, if any, the last one done."""
    query = (
        sa.select(Revision.number, Revision.text_sha)
        .where(
            Revision.page_id == page.id,
            Revision.number >= page.chained_number,
            Revision.number <= page.chained_number + BATCH,
            Revision.number < page.head_number,
            Revision.made_at < now - REST,
        )
        .order_by(Revision.number)
    )
    return session.execute(query).all()


def _links(rows: _Rows) -> list[_Link]:
    return [
        _Link(row.text_sha, before.text_sha)
        for before, row in pairwise(rows)
        # Without the very number before, nobody would find out what is told against what.
        if row.number == before.number + 1 and row.text_sha != before.text_sha
    ]


def _chain(session: Session, links: Sequence[_Link]) -> None:
    """Tell each text against the one before it where that is possible and of use."""
    free = _free(session, {link.sha for link in links})
    shas = {sha for link in links for sha in (link.sha, link.base_sha)}
    rows = stored_of(session, shas)
    texts = {sha: text.encode() for sha, text in texts_of(session, shas).items()}
    for link in links:
        if link.sha in free:
            stored = _smallest(link, rows, texts)
            _replace(session, link.sha, stored, texts)
            rows[link.sha] = stored
            free -= {link.sha} if stored.base_sha is None else {link.sha, link.base_sha}


def _free(session: Session, shas: Collection[bytes]) -> set[bytes]:
    """Return those of the texts that are whole, no head, and no base of another text; locked."""
    query = sa.select(TextBlob.sha).where(TextBlob.sha.in_(shas), TextBlob.codec == WHOLE)
    # Asked for after the lock: whoever made one of them a head meanwhile is then seen.
    free = set(session.scalars(free_ones_locked(query)))
    return free - _heads(session, free) - _bases(session, free)


def _heads(session: Session, shas: Collection[bytes]) -> set[bytes]:
    query = sa.select(Revision.text_sha).join(Page, Page.head_id == Revision.id)
    return set(session.scalars(query.where(Revision.text_sha.in_(shas))))


def _bases(session: Session, shas: Collection[bytes]) -> set[bytes]:
    """Return those against which others are told, which are always texts of the next revision."""
    following = aliased(Revision)
    query = (
        sa.select(Revision.text_sha)
        .join(
            following,
            sa.and_(following.page_id == Revision.page_id, following.number == Revision.number + 1),
        )
        .join(TextBlob, TextBlob.sha == following.text_sha)
        .where(Revision.text_sha.in_(shas), TextBlob.base_sha == Revision.text_sha)
    )
    return set(session.scalars(query))


def _smallest(link: _Link, rows: Mapping[bytes, Stored], texts: Mapping[bytes, bytes]) -> Stored:
    data, base = texts[link.sha], texts[link.base_sha]
    whole = kept_whole(data)
    if not base or depth_of(link.base_sha, rows) >= LONGEST - 1:
        return whole
    told = chained(data, link.base_sha, base)
    return told if len(told.data) < len(whole.data) else whole


def _replace(session: Session, sha: bytes, stored: Stored, texts: Mapping[bytes, bytes]) -> None:
    base = texts[stored.base_sha] if stored.base_sha else None
    if hashlib.sha256(unpacked(stored, base)).digest() != sha:
        raise ValueError("A text would not be the same afterwards.")
    session.execute(
        sa.update(TextBlob)
        .where(TextBlob.sha == sha)
        .values(codec=stored.codec, base_sha=stored.base_sha, data=stored.data),
        execution_options={"synchronize_session": False},
    )

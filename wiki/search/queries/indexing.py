"""Reading heads to be indexed, and writing their terms into the tables of either database."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.pages.models import Page, Revision
from wiki.search.models import SearchText
from wiki.search.rules.terms import PageTerms
from wiki.storage.dialect import bare, is_sqlite, upsert_all

_FTS5_INSERT = sa.text(
    "INSERT OR REPLACE INTO search_terms (rowid, title, body, names, words) "
    "VALUES (:page_id, :title, :body, :names, :words)"
)
_VECTOR_INSERT = sa.text(
    "INSERT INTO search_terms (page_id, terms, words) "
    "VALUES (:page_id, CAST(:terms AS tsvector), CAST(:words AS tsvector)) "
    "ON CONFLICT (page_id) DO UPDATE SET terms = excluded.terms, words = excluded.words"
)
_FTS5_SAME = sa.text(
    "SELECT title = :title AND body = :body AND names = :names AND words = :words "
    "FROM search_terms WHERE rowid = :page_id"
)
_VECTOR_SAME = sa.text(
    "SELECT terms = CAST(:terms AS tsvector) AND words = CAST(:words AS tsvector) "
    "FROM search_terms WHERE page_id = :page_id"
)
_LAST_PLACE = 16_383
_PAGE, _REVISION = bare(Page).c, bare(Revision).c
_HEADS = (
    sa.select(_PAGE.id, _PAGE.title, _PAGE.problem, _PAGE.language, _REVISION.text_sha)
    .join(bare(Revision), _REVISION.id == _PAGE.head_id)
    .where(_PAGE.id.in_(sa.bindparam("page_ids", expanding=True)), _PAGE.deleted_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class Head:
    """What is indexed of a living page."""

    page_id: int
    title: str
    problem: str
    language: str
    text_sha: bytes


@dataclass(frozen=True, slots=True)
class Indexed:
    """A page as it is found and shown; `title` is folded, to be compared with queries."""

    page_id: int
    title: str
    body: str
    terms: PageTerms


def heads(session: Session, page_ids: Sequence[int]) -> list[Head]:
    """Return the living ones of these pages as they stand."""
    return [Head(*row) for row in session.execute(_HEADS, {"page_ids": page_ids})]


def all_page_ids(session: Session) -> list[int]:
    """Return the ids of all pages, deleted ones too."""
    return list(session.scalars(sa.select(Page.id).order_by(Page.id)))


def remove(session: Session, page_ids: Collection[int]) -> None:
    """Let no search find these pages."""
    key = "rowid" if is_sqlite(session) else "page_id"
    terms = sa.table("search_terms", sa.column(key, sa.Integer))
    session.execute(sa.delete(terms).where(terms.c[key].in_(page_ids)))
    session.execute(sa.delete(SearchText).where(SearchText.page_id.in_(page_ids)))


def write(session: Session, pages: Sequence[Indexed]) -> None:
    """Let searches find these pages so, and no longer as they were."""
    if not pages:
        return
    texts = [{"page_id": page.page_id, "title": page.title, "body": page.body} for page in pages]
    upsert_all(session, SearchText, ["page_id"], texts)
    if is_sqlite(session):
        session.execute(_FTS5_INSERT, [_fts5_row(page) for page in pages])
    else:
        session.execute(_VECTOR_INSERT, [_vector_row(page) for page in pages])


def is_written(session: Session, page: Indexed) -> bool:
    """Return whether searches find the page as it is given."""
    text = session.get(SearchText, page.page_id)
    if text is None or (text.title, text.body) != (page.title, page.body):
        return False
    if is_sqlite(session):
        return bool(session.scalar(_FTS5_SAME, _fts5_row(page)))
    return bool(session.scalar(_VECTOR_SAME, _vector_row(page)))


def unlike_living(session: Session) -> int:
    """Return how many living pages cannot be found, and how many others can."""
    key = "rowid" if is_sqlite(session) else "page_id"
    terms = sa.table("search_terms", sa.column(key, sa.Integer))
    found = set(session.scalars(sa.select(terms.c[key])))
    shown = set(session.scalars(sa.select(SearchText.page_id)))
    living = set(session.scalars(sa.select(Page.id).where(Page.deleted_at.is_(None))))
    return len((found ^ living) | (shown ^ living))


def _fts5_row(page: Indexed) -> dict[str, Any]:
    return {
        "page_id": page.page_id,
        "title": " ".join(page.terms.title),
        "body": " ".join(page.terms.body),
        "names": " ".join(page.terms.names),
        "words": " ".join(page.terms.words),
    }


def _vector_row(page: Indexed) -> dict[str, Any]:
    terms = page.terms
    title = [f"'{term}':{place}A" for place, term in _placed(terms.title, 1)]
    # A gap, so that no phrase runs from the title into the text.
    body = [f"'{term}':{place}" for place, term in _placed(terms.body, len(terms.title) + 100)]
    names = set(terms.names)
    words = [f"'{word}':1A" if word in names else f"'{word}':1" for word in terms.words]
    return {
        "page_id": page.page_id,
        "terms": " ".join([*title, *body]),
        "words": " ".join(words),
    }


def _placed(terms: Sequence[str], first: int) -> list[tuple[int, str]]:
    return [(min(place, _LAST_PLACE), term) for place, term in enumerate(terms, first)]

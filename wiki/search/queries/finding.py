"""The pages that a query finds, best first, with where they stand and a snippet of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.pages.models import Page, PageTag, Revision
from wiki.pages.queries.sight import Sight
from wiki.search.models import SearchText
from wiki.search.queries.matching import Matches, beginning, matching, title_openings
from wiki.search.rules.asked import (
    OPENING_LENGTH,
    Asked,
    begun,
    likeness,
    loosened,
    storable,
    understood,
)
from wiki.search.rules.snippets import Part, snippet
from wiki.search.rules.terms import language_of
from wiki.text.paths import ancestors

PAGE_SIZE = 20
SUGGESTIONS = 8
# How much a word of a title has to be like one that was not found.
ALIKE = 0.65
SHORTEST = 3
CANDIDATES = 100

# Made once: making a statement takes longer than SQLite takes to answer it.
_ROWS = (
    sa.select(
        Page.id,
        Page.path,
        Page.title,
        Page.language,
        Page.changed_at,
        Page.summary,
        SearchText.body,
    )
    .join(SearchText, SearchText.page_id == Page.id)
    .where(Page.id.in_(sa.bindparam("ids", expanding=True)))
)
_TITLES = sa.select(Page.path, Page.title).where(
    Page.path.in_(sa.bindparam("paths", expanding=True)), Page.deleted_at.is_(None)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """What narrows a search; empty fields narrow nothing."""

    under: str = ""
    tag: str = ""
    language: str = ""
    author_id: int | None = None

    @property
    def are_set(self) -> bool:
        """Return whether anything is narrowed."""
        return bool(self.under or self.tag or self.language or self.author_id)


@dataclass(frozen=True, slots=True)
class Found:
    """A page that was found; `where` are the titles of the pages above it, from the top."""

    path: str
    title: str
    language: str
    changed_at: datetime
    where: tuple[str, ...]
    snippet: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """One page of results. `is_any`: nothing held all the words, these hold some of them."""

    asked: Asked
    rows: tuple[Found, ...]
    total: int
    page: int
    is_any: bool = False
    page_size: int = PAGE_SIZE

    @property
    def page_count(self) -> int:
        """Return how many pages of results there are."""
        return -(-self.total // self.page_size)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A page that somebody who is still typing may mean."""

    title: str
    path: str


def search(
    session: Session,
    query: str,
    filters: Filters | None = None,
    *,
    sight: Sight,
    page: int = 1,
    limit: int = PAGE_SIZE,
) -> Results:
    """Return page number `page` of what `query` finds, or the last page where there are fewer.

    Any text is a query. Where no page holds all words of it, pages with any of them are
    returned. Deleted pages and those out of `sight` are never found nor counted.
    """
    asked = understood(query)
    where = [*_conditions(filters or Filters()), sight.only(Page.path)]
    wanted = [asked]
    loose = loosened(asked)
    if len(loose.terms) > 1:
        wanted.append(loose)
    for one in wanted:
        matched = _matched(session, one, where, is_any=one is loose, sees_all=not sight.hidden)
        if matched is None:
            break
        ids, total, page_here = _slice(session, matched, page, limit)
        if total:
            rows = _rows(session, ids, one)
            return Results(asked, rows, total, page_here, one is loose, limit)
    return Results(asked, (), 0, 1, page_size=limit)


def suggest(
    session: Session, query: str, *, sight: Sight, limit: int = SUGGESTIONS
) -> list[Suggestion]:
    """Return pages for a query that is still being typed: by title, else by any word."""
    words = begun(query)
    found: list[Suggestion] = []
    for in_title in (True, False):
        if not words or found:
            break
        match = beginning(session, words, in_title=in_title, sees_all=not sight.hidden)
        opens = SearchText.title.startswith(" ".join(words), autoescape=True)
        statement = (
            _living(match, [sight.only(Page.path)])
            .with_only_columns(Page.title, Page.path)
            .order_by(sa.desc(opens), match.c.rank, Page.title, Page.id)
            .limit(limit)
        )
        found = [Suggestion(title, path) for title, path in session.execute(statement)]
    return found


def similar(session: Session, query: str, *, sight: Sight, limit: int = 5) -> list[Suggestion]:
    """Return pages with a word in the title that is much like one of a query that found nothing."""
    words = sorted((word for word in begun(query) if len(word) >= SHORTEST), key=len)[-3:]
    if not words:
        return []
    match = title_openings(
        session, [word[:OPENING_LENGTH] for word in words], sees_all=not sight.hidden
    )
    statement = (
        _living(match, [sight.only(Page.path)])
        .with_only_columns(Page.title, Page.path, SearchText.title.label("folded"))
        .order_by(match.c.rank, Page.id)
        .limit(CANDIDATES)
    )
    likenesses = [
        (likeness(words, row.folded.split()), Suggestion(row.title, row.path))
        for row in session.execute(statement)
    ]
    likenesses.sort(key=lambda pair: -pair[0])
    return [page for alike, page in likenesses if alike >= ALIKE][:limit]


_Statement: TypeAlias = sa.Select[*tuple[Any, ...]]


def _matched(
    session: Session,
    asked: Asked,
    where: Sequence[sa.ColumnElement[bool]],
    *,
    is_any: bool,
    sees_all: bool,
) -> _Statement | None:
    """Return the query for ids and the count of all, in order; None where nothing is asked."""
    count = sa.func.count().over()
    if asked.terms:
        match = matching(session, asked.terms, is_any=is_any, sees_all=sees_all)
        exact = SearchText.title == " ".join(asked.words)
        statement = _living(match, where).order_by(sa.desc(exact), match.c.rank, Page.id)
        return statement.with_only_columns(Page.id, count)
    if not asked.literal:
        return None
    holds = sa.or_(
        SearchText.body.contains(asked.literal, autoescape=True),
        Page.title.contains(asked.literal, autoescape=True),
    )
    statement = sa.select(Page.id, count).join(SearchText, SearchText.page_id == Page.id)
    return statement.where(holds, Page.deleted_at.is_(None), *where).order_by(Page.title, Page.id)


def _living(match: Matches, where: Sequence[sa.ColumnElement[bool]]) -> _Statement:
    return (
        sa.select(Page.id)
        .select_from(match)
        .join(Page, Page.id == match.c.page_id)
        .join(SearchText, SearchText.page_id == match.c.page_id)
        .where(Page.deleted_at.is_(None), *where)
    )


def _slice(
    session: Session, statement: _Statement, page: int, limit: int
) -> tuple[list[int], int, int]:
    """Return the ids on this page of results, how many there are in all, and which page it is."""
    page = max(page, 1)
    rows = session.execute(statement.limit(limit).offset((page - 1) * limit)).all()
    if rows or page == 1:
        return [row[0] for row in rows], rows[0][1] if rows else 0, page
    _, total, _ = _slice(session, statement, 1, limit)
    return _slice(session, statement, -(-total // limit), limit)


def _conditions(filters: Filters) -> Iterable[sa.ColumnElement[bool]]:
    if filters.under:
        under = storable(filters.under)
        yield sa.or_(Page.path == under, Page.path.startswith(f"{under}/", autoescape=True))
    if filters.tag:
        tag = storable(filters.tag)
        yield sa.exists().where(PageTag.page_id == Page.id, PageTag.tag == tag)
    if filters.language:
        yield Page.language == storable(filters.language)
    if filters.author_id:
        wrote = Revision.author_id == filters.author_id
        yield sa.exists().where(Revision.page_id == Page.id, wrote)


def _rows(session: Session, ids: Sequence[int], asked: Asked) -> tuple[Found, ...]:
    rows = {row.id: row for row in session.execute(_ROWS, {"ids": ids})}
    titles = _titles(session, {above for row in rows.values() for above in ancestors(row.path)})
    return tuple(
        Found(
            row.path,
            row.title,
            row.language,
            row.changed_at,
            tuple(titles[above] for above in ancestors(row.path) if above in titles),
            tuple(snippet(row.body, asked, language_of(row.language), otherwise=row.summary)),
        )
        for row in (rows[page_id] for page_id in ids)
    )


def _titles(session: Session, paths: set[str]) -> dict[str, str]:
    if not paths:
        return {}
    return {row[0]: row[1] for row in session.execute(_TITLES, {"paths": sorted(paths)})}

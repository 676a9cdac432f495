"""Whether what is derived from the texts is what it would be, were it made anew."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from wiki.pages.models import Page, Rendering, Revision
from wiki.pages.queries.texts import text_of
from wiki.pages.service import rendering
from wiki.pages.service.derive import derived_rows, stale_count
from wiki.pages.service.preparing import told
from wiki.search import service as search
from wiki.search.queries.indexing import unlike_living
from wiki.text.markdown import RENDERER_VERSION, Rendered
from wiki.transfer.service.checking.findings import Finding, Look

SAMPLE = 50
HTML_ANEW = "Run: manyhands rebuild html"
ALL_HTML_ANEW = "Run: manyhands rebuild html --all"
SEARCH_ANEW = "Run: manyhands rebuild search"


def stale(look: Look) -> Iterator[Finding]:
    """Look for pages that wait to be derived, or that an older program rendered."""
    waiting = stale_count(look.session)
    if waiting:
        sentence = f"Pages whose links and sections are those of an older revision: {waiting:,}."
        yield Finding("derived", sentence, HTML_ANEW)
    query = sa.select(sa.func.count(Page.id)).join(Rendering, Rendering.revision_id == Page.head_id)
    query = query.where(Page.deleted_at.is_(None))
    older = look.session.scalar(query.where(Rendering.renderer != RENDERER_VERSION)) or 0
    if older:
        sentence = f"Pages that another version of the program rendered: {older:,}."
        yield Finding("derived", sentence, HTML_ANEW)


def pages(look: Look) -> Iterator[Finding]:
    """Derive pages anew and compare: every page, or some of all."""
    chosen = _chosen(look)
    for done, page_id in enumerate(chosen, start=1):
        page = look.session.get_one(Page, page_id)
        try:
            yield from _page(look, page)
        except (KeyError, ValueError):
            # What is wrong with its text is said where texts are read.
            continue
        finally:
            look.progress("pages derived", done, len(chosen))


def searching(look: Look) -> Iterator[Finding]:
    """Look whether searches find all pages, and as they stand."""
    count = unlike_living(look.session)
    if count:
        sentence = f"Pages that cannot be found, or are found although they are gone: {count:,}."
        yield Finding("search", sentence, SEARCH_ANEW)
    for page_id in _chosen(look):
        try:
            is_stale = bool(search.stale(look.session, [page_id]))
        except (KeyError, ValueError):
            continue
        if is_stale and not count:
            path = look.session.get_one(Page, page_id).path
            yield Finding("search", f"/{path} is not found as it stands.", SEARCH_ANEW)


def _chosen(look: Look) -> list[int]:
    """Return all living pages that wait for nothing, or some, evenly spread."""
    query = sa.select(Page.id).where(
        Page.deleted_at.is_(None), Page.derived_number == Page.head_number
    )
    ids = list(look.session.scalars(query.order_by(Page.id)))
    return ids if look.is_deep else ids[:: max(1, len(ids) // SAMPLE)]


def _page(look: Look, page: Page) -> Iterator[Finding]:
    sha = look.session.scalar(sa.select(Revision.text_sha).where(Revision.id == page.head_id))
    if sha is None:
        return
    text = text_of(look.session, sha)
    made = told(text, page.path, page.title)
    for table, rows in derived_rows(page, made).items():
        if _stored(look, table, page.id) != _told(table, rows):
            what = table.__tablename__.removeprefix("page_")
            sentence = f"What is kept of /{page.path} ({what}) is not what its text says."
            yield Finding("derived", sentence, ALL_HTML_ANEW)
    if not _is_rendered(look, page, made.rendered):
        sentence = f"/{page.path} is shown otherwise than its text says."
        yield Finding("derived", sentence, ALL_HTML_ANEW)


def _is_rendered(look: Look, page: Page, made: Rendered) -> bool:
    if page.head_id is None:
        return True
    stored = look.session.get(Rendering, page.head_id)
    if stored is None:
        return False
    row = rendering.rendering_row(page.head_id, made)
    is_old = stored.renderer != RENDERER_VERSION
    return is_old or (stored.html, stored.headings) == (row["html"], row["headings"])


def _stored(look: Look, table: type[Any], page_id: int) -> list[tuple[Any, ...]]:
    names = sorted(column.name for column in table.__table__.columns)
    columns = [getattr(table, name) for name in names]
    found = look.session.execute(sa.select(*columns).where(table.page_id == page_id))
    return sorted((tuple(row) for row in found), key=repr)


def _told(table: type[Any], rows: Iterator[dict[str, Any]]) -> list[tuple[Any, ...]]:
    names = sorted(column.name for column in table.__table__.columns)
    return sorted((tuple(row[name] for name in names) for row in rows), key=repr)

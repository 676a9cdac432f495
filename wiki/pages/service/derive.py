"""What is derived from the heads of pages: HTML, links, sections that need words, tags."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.pages import rules
from wiki.pages.models import Page, PageAnchor, PageLink, PageSection, PageTag, Revision
from wiki.pages.queries.texts import texts_of
from wiki.pages.service.rendering import put_renderings, rendering_row
from wiki.storage.dialect import locked
from wiki.text.markdown import Rendered, render
from wiki.text.sections import sections

ANCHOR_LIMIT = 200
DERIVED = (PageTag, PageLink, PageAnchor, PageSection)


def derive(session: Session, pages: Sequence[Page]) -> None:
    """Make anew everything that is derived from the heads of `pages`, search excepted.

    Deleted pages keep nothing but their history.
    """
    living = [page for page in pages if page.deleted_at is None]
    _forget(session, [page.id for page in pages])
    shas = _head_shas(session, living)
    texts = texts_of(session, set(shas.values()))
    renderings: list[dict[str, Any]] = []
    for page in living:
        text = texts[shas[page.id]]
        rendered = render(text, path=page.path, title=page.title)
        renderings.append(rendering_row(_head(page), rendered))
        for table, rows in derived_rows(page, text, rendered).items():
            _insert(session, table, rows)
    put_renderings(session, renderings)
    for page in pages:
        page.derived_number = page.head_number
    session.flush()


def derived_rows(
    page: Page, text: str, rendered: Rendered
) -> dict[type[Any], Iterator[dict[str, Any]]]:
    """Return what each derived table holds of a living page with this head."""
    return {
        PageTag: _tags(page, text),
        PageLink: _links(page, rendered),
        PageAnchor: _anchors(page, rendered),
        PageSection: _sections(page, text),
    }


def derive_stale(session: Session, *, limit: int) -> list[int]:
    """Derive up to `limit` pages whose heads have moved on without it; return their ids."""
    query = sa.select(Page).where(Page.derived_number != Page.head_number)
    pages = list(session.scalars(locked(query.order_by(Page.id).limit(limit))))
    derive(session, pages)
    return [page.id for page in pages]


def stale_count(session: Session) -> int:
    """Return how many pages wait to be derived."""
    query = sa.select(sa.func.count(Page.id)).where(Page.derived_number != Page.head_number)
    return session.scalar(query) or 0


def _forget(session: Session, page_ids: Collection[int]) -> None:
    for table in DERIVED:
        session.execute(sa.delete(table).where(table.page_id.in_(page_ids)))


def _head(page: Page) -> int:
    if page.head_id is None:
        raise ValueError(f"Page {page.id} has no revision.")
    return page.head_id


def _head_shas(session: Session, pages: Sequence[Page]) -> dict[int, bytes]:
    query = sa.select(Revision.page_id, Revision.text_sha).where(
        Revision.id.in_([page.head_id for page in pages])
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _insert(session: Session, table: type[Any], rows: Iterator[dict[str, Any]]) -> None:
    listed = list(rows)
    if listed:
        session.execute(sa.insert(table), listed)


def _tags(page: Page, text: str) -> Iterator[dict[str, Any]]:
    for tag in rules.tags(text):
        yield {"page_id": page.id, "tag": tag}


def _links(page: Page, rendered: Rendered) -> Iterator[dict[str, Any]]:
    seen: set[tuple[str, str]] = set()
    for link in rendered.links:
        fragment = link.fragment[:ANCHOR_LIMIT]
        if (link.path, fragment) not in seen:
            seen.add((link.path, fragment))
            yield {
                "page_id": page.id,
                "target": link.path,
                "fragment": fragment,
                "is_wiki": link.is_wiki_link,
                "words": link.label,
            }


def _anchors(page: Page, rendered: Rendered) -> Iterator[dict[str, Any]]:
    for anchor in rendered.anchors:
        yield {"page_id": page.id, "anchor": anchor}


def _sections(page: Page, text: str) -> Iterator[dict[str, Any]]:
    for ordinal, section in enumerate(sections(text, title=page.title), start=1):
        yield {
            "page_id": page.id,
            "ordinal": ordinal,
            "level": section.level,
            "heading": section.heading,
            "anchor": section.anchor[:ANCHOR_LIMIT],
            "words": section.words,
            "need": section.need,
        }

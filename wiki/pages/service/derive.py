"""What is derived from the heads of pages: HTML, links, sections that need words, tags."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.pages.models import Page, PageAnchor, PageLink, PageSection, PageTag, Revision
from wiki.pages.queries.texts import texts_of
from wiki.pages.service.preparing import Told, recall, told
from wiki.pages.service.rendering import put_renderings, rendering_row
from wiki.storage.dialect import bare, locked
from wiki.storage.rows import put_rows
from wiki.text.markdown import Rendered

ANCHOR_LIMIT = 200
_SHAS = sa.select(bare(Revision).c.page_id, bare(Revision).c.text_sha).where(
    bare(Revision).c.id.in_(sa.bindparam("heads", expanding=True))
)
DERIVED = (PageTag, PageLink, PageAnchor, PageSection)


def derive(session: Session, pages: Sequence[Page]) -> None:
    """Bring everything up that is derived from the heads of `pages`, search excepted.

    Deleted pages keep nothing but their history.
    """
    living = [page for page in pages if page.deleted_at is None]
    shas = _head_shas(session, living)
    texts = texts_of(session, set(shas.values()))
    renderings: list[dict[str, Any]] = []
    wanted: dict[type[Any], list[dict[str, Any]]] = {table: [] for table in DERIVED}
    for page in living:
        made = recall(told, texts[shas[page.id]], page.path, page.title)
        renderings.append(rendering_row(_head(page), made.rendered))
        for table, rows in derived_rows(page, made).items():
            wanted[table] += rows
    ids = [page.id for page in pages]
    for table, listed in wanted.items():
        put_rows(session, table, "page_id", ids, listed)
    put_renderings(session, renderings)
    for page in pages:
        page.derived_number = page.head_number
    session.flush()


def derived_rows(page: Page, made: Told) -> dict[type[Any], Iterator[dict[str, Any]]]:
    """Return what each derived table holds of a living page whose head tells this."""
    return {
        PageTag: _tags(page, made),
        PageLink: _links(page, made.rendered),
        PageAnchor: _anchors(page, made.rendered),
        PageSection: _sections(page, made),
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


def _head(page: Page) -> int:
    if page.head_id is None:
        raise ValueError(f"Page {page.id} has no revision.")
    return page.head_id


def _head_shas(session: Session, pages: Sequence[Page]) -> dict[int, bytes]:
    found = session.execute(_SHAS, {"heads": [page.head_id for page in pages]})
    return {row[0]: row[1] for row in found}


def _tags(page: Page, made: Told) -> Iterator[dict[str, Any]]:
    for tag in made.tags:
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


def _sections(page: Page, made: Told) -> Iterator[dict[str, Any]]:
    for ordinal, section in enumerate(made.sections, start=1):
        yield {
            "page_id": page.id,
            "ordinal": ordinal,
            "level": section.level,
            "heading": section.heading,
            "anchor": section.anchor[:ANCHOR_LIMIT],
            "words": section.words,
            "need": section.need,
        }

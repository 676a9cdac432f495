"""Revisions as HTML: made once, kept with the renderer's version, made anew when it moves on."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.errors import NotFound
from wiki.pages.models import Rendering, Revision
from wiki.pages.queries.texts import texts_of
from wiki.storage.dialect import upsert_all
from wiki.storage.engine import Database
from wiki.text.markdown import RENDERER_VERSION, Rendered, render

BATCH = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A revision to be read: `headings` are level, words and anchor; `trouble` a sentence or ""."""

    html: str
    headings: list[list[Any]]
    trouble: str


def rendered(session: Session, revision_id: int) -> Shown:
    """Return the revision as HTML, from the store or made and stored now; needs `begin()`.

    Raises NotFound.
    """
    stored = session.get(Rendering, revision_id)
    if stored is None or stored.renderer != RENDERER_VERSION:
        if render_again(session, [revision_id]) == 0:
            raise NotFound("There is no such revision.")
        stored = session.get(Rendering, revision_id, populate_existing=True)
    if stored is None:
        raise NotFound("There is no such revision.")
    return Shown(stored.html, stored.headings, stored.trouble)


def rebuild_html(
    database: Database, progress: Callable[[int, int], None], *, everything: bool = False
) -> int:
    """Render anew what an older renderer made, or all that is stored; return how many.

    In short transactions, so that people can go on working; safe to stop and to run again.
    `progress` is told how many of how many are done.
    """
    with database.reading() as session:
        query = sa.select(Rendering.revision_id).order_by(Rendering.revision_id)
        if not everything:
            query = query.where(Rendering.renderer != RENDERER_VERSION)
        ids = list(session.scalars(query))
    for start in range(0, len(ids), BATCH):
        with database.begin() as session:
            render_again(session, ids[start : start + BATCH])
        progress(min(start + BATCH, len(ids)), len(ids))
    return len(ids)


def render_again(session: Session, revision_ids: Collection[int]) -> int:
    """Render these revisions and store the outcome; return how many there were."""
    query = sa.select(Revision.id, Revision.text_sha, Revision.path, Revision.title)
    rows = session.execute(query.where(Revision.id.in_(revision_ids))).all()
    texts = texts_of(session, {row.text_sha for row in rows})
    put_renderings(
        session,
        [
            rendering_row(row.id, render(texts[row.text_sha], path=row.path, title=row.title))
            for row in rows
        ],
    )
    return len(rows)


def rendering_row(revision_id: int, rendered: Rendered) -> dict[str, Any]:
    """Return a rendered revision as a row of its table."""
    return {
        "revision_id": revision_id,
        "renderer": RENDERER_VERSION,
        "html": rendered.html,
        "headings": [[one.level, one.text, one.anchor] for one in rendered.headings],
        "trouble": rendered.trouble or "",
    }


def put_renderings(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Store rendered revisions in the place of what was stored of them before."""
    # Two readers may render an old revision at the same moment; both make the same of it.
    upsert_all(session, Rendering, ["revision_id"], list(rows))

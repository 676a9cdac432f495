"""Lists over the whole wiki: sections that need words, tags."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.pages.models import Page, PageSection, PageTag
from wiki.pages.queries.sight import Sight

_NEED_ORDER = sa.case({"placeholder": 0, "empty": 1}, value=PageSection.need, else_=2)


@dataclass(frozen=True, slots=True)
class Gap:
    """A section that needs words, and why: empty, placeholder or stub."""

    page_path: str
    page_title: str
    heading: str
    anchor: str
    words: int
    need: str


def gaps(session: Session, sight: Sight, *, limit: int | None = None) -> list[Gap]:
    """Return the sections that need words, page by page."""
    query = (
        sa.select(
            Page.path,
            Page.title,
            PageSection.heading,
            PageSection.anchor,
            PageSection.words,
            sa.func.coalesce(PageSection.need, ""),
        )
        .join(Page, Page.id == PageSection.page_id)
        .where(PageSection.need.is_not(None), Page.deleted_at.is_(None), sight.only(Page.path))
        .order_by(_NEED_ORDER, Page.path, PageSection.ordinal)
        .limit(limit)
    )
    return [Gap(*row) for row in session.execute(query)]


def gap_count(session: Session, sight: Sight) -> int:
    """Return how many sections need words."""
    query = (
        sa.select(sa.func.count())
        .select_from(PageSection)
        .join(Page, Page.id == PageSection.page_id)
        .where(PageSection.need.is_not(None), Page.deleted_at.is_(None), sight.only(Page.path))
    )
    return session.scalar(query) or 0


def tagged(session: Session, tag: str, sight: Sight) -> list[tuple[str, str, str]]:
    """Return path, title and summary of the pages with `tag`."""
    query = (
        sa.select(Page.path, Page.title, Page.summary)
        .join(PageTag, PageTag.page_id == Page.id)
        .where(PageTag.tag == tag, Page.deleted_at.is_(None), sight.only(Page.path))
        .order_by(Page.title, Page.path)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]

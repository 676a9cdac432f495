"""What a search can be narrowed to: the places, tags and languages that there are."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.pages.models import Page, PageTag
from wiki.pages.queries.changes import writers
from wiki.pages.queries.sight import Sight
from wiki.pages.queries.tree import tree

LEVELS = 2


@dataclass(frozen=True, slots=True)
class Choices:
    """Pairs of value and words; `places` are the pages that have others under them."""

    places: list[tuple[str, str]]
    tags: list[str]
    languages: list[str]
    writers: list[tuple[int, str]]


def choices(session: Session, sight: Sight) -> Choices:
    """Return what the pages that can be seen can be told apart by."""
    places = [
        (node.path, f"{'– ' * depth}{node.title}")  # noqa: RUF001  # shows the level
        for depth, node in tree(session, sight).walk()
        if node.children and depth < LEVELS
    ]
    seen = (Page.deleted_at.is_(None), sight.only(Page.path))
    tags = (
        sa.select(PageTag.tag)
        .join(Page, Page.id == PageTag.page_id)
        .where(*seen)
        .distinct()
        .order_by(PageTag.tag)
    )
    languages = sa.select(Page.language).where(*seen).distinct()
    return Choices(
        places=places,
        tags=list(session.scalars(tags)),
        languages=sorted(session.scalars(languages)),
        writers=writers(session, sight),
    )

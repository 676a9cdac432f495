"""Where the links of a text lead that is not saved yet."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.pages.models import FormerPath, Page
from wiki.pages.queries.sight import Sight
from wiki.text.markdown import PageLink


def targets(session: Session, links: Sequence[PageLink], sight: Sight) -> dict[str, str | None]:
    """Return what `pages.queries.links.targets_of` will once the text is saved.

    That is where the links lead that lead to no page of just that path; None is nowhere.
    """
    paths = {link.path for link in links}
    lives = (Page.deleted_at.is_(None), sight.only(Page.path))
    here = sa.select(Page.path).where(Page.path.in_(paths), *lives)
    left = (
        sa.select(FormerPath.path)
        .join(Page, Page.id == FormerPath.page_id)
        .where(FormerPath.path.in_(paths), sight.only(FormerPath.path), *lives)
    )
    lost = paths - set(session.scalars(here)) - set(session.scalars(left))
    names = {link.path for link in links if link.is_wiki_link} & lost
    called = (
        sa.select(Page.name, sa.func.min(Page.path))
        .where(Page.name.in_(names), *lives)
        .group_by(Page.name)
    )
    found = {row[0]: row[1] for row in session.execute(called)}
    return {path: found.get(path) for path in lost}

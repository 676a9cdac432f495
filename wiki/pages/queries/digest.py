"""What changed since a day, one entry a page, the largest change first."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.pages.models import Page, Revision
from wiki.pages.queries.sight import Sight


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """A living page and what its revisions since the day add up to."""

    path: str
    title: str
    first: int
    last: int
    people: int
    words_added: int
    words_removed: int

    @property
    def pair(self) -> str:
        """Return the two revisions to compare, like 3..5, or "" for a page that is new."""
        return f"{self.first - 1}..{self.last}" if self.first > 1 else ""


def changed_since(session: Session, since: datetime, sight: Sight) -> list[ChangedPage]:
    """Return the pages with a revision since that moment, by how many words came and went."""
    change = Revision.words_change
    added = sa.func.sum(sa.case((change > 0, change), else_=0))
    removed = sa.func.sum(sa.case((change < 0, -change), else_=0))
    query = (
        sa.select(
            Page.path,
            Page.title,
            sa.func.min(Revision.number),
            sa.func.max(Revision.number),
            sa.func.count(Revision.author_id.distinct()),
            added,
            removed,
        )
        .join(Page, Page.id == Revision.page_id)
        .where(Revision.made_at >= since, Page.deleted_at.is_(None), sight.only(Page.path))
        .group_by(Page.id, Page.path, Page.title)
        .order_by((added + removed).desc(), Page.path)
    )
    return [ChangedPage(*row) for row in session.execute(query)]

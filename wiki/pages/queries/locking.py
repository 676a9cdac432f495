"""Pages that are to be changed, locked until the transaction ends."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.pages.models import Page
from wiki.storage.dialect import locked

_LOCKED = "locked pages"
# What was read before the lock was had may be old.
_PAGES = (
    locked(sa.select(Page).where(Page.id.in_(sa.bindparam("ids", expanding=True))))
    .order_by(Page.id)
    .execution_options(populate_existing=True)
)


def locked_pages(session: Session, ids: Collection[int]) -> list[Page]:
    """Return those of these pages that there are, locked, by number.

    One that this transaction locked before is not read again: nobody else can have changed it.
    """
    held: dict[int, Page] = session.info.setdefault(_LOCKED, {})
    wanted = [page_id for page_id in ids if page_id not in held]
    if wanted:
        held |= {page.id: page for page in session.scalars(_PAGES, {"ids": sorted(wanted)})}
    return [held[page_id] for page_id in sorted(ids) if page_id in held]

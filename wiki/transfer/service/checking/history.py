"""Whether histories have no gaps, and pages are what their last revisions say."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from wiki.pages.models import Page, Revision
from wiki.transfer.service.checking.findings import FROM_BACKUP, Finding, Look


def numbering(look: Look) -> Iterator[Finding]:
    """Look whether the revisions of each page are numbered from 1 without a gap."""
    number = Revision.number
    counted = (
        sa.select(
            Revision.page_id,
            sa.func.count().label("count"),
            sa.func.min(number).label("first"),
            sa.func.max(number).label("last"),
        )
        .group_by(Revision.page_id)
        .subquery()
    )
    wrong = sa.or_(counted.c.first != 1, counted.c.last != counted.c.count)
    query = sa.select(Page.path, counted.c.count, counted.c.last)
    query = query.join(counted, counted.c.page_id == Page.id).where(wrong).order_by(Page.path)
    for path, count, last in look.session.execute(query):
        sentence = f"/{path} has {count} revisions, and the last one is numbered {last}."
        yield Finding("numbering", sentence, FROM_BACKUP)


def heads(look: Look) -> Iterator[Finding]:
    """Look whether each page has the fields of its last revision."""
    any_one = aliased(Revision)
    latest = sa.select(sa.func.max(any_one.number)).where(any_one.page_id == Page.id)
    is_deleted = Revision.kind == "delete"
    claims = {
        "has no revision": Revision.id.is_(None),
        "has the last revision of another page": Revision.page_id != Page.id,
        "does not show its last revision": sa.or_(
            Page.head_number != latest.scalar_subquery(), Revision.number != Page.head_number
        ),
        "has another title than its last revision": Revision.title != Page.title,
        "has another path than its last revision": Revision.path != Page.path,
        "counts other words than its last revision": Revision.words != Page.words,
        "was changed at another time than its last revision": Revision.made_at != Page.changed_at,
        "is deleted, but not by its last revision": sa.and_(
            Page.deleted_at.is_not(None), ~is_deleted
        ),
        "was deleted by its last revision, and is there": sa.and_(
            Page.deleted_at.is_(None), is_deleted
        ),
    }
    for words, claim in claims.items():
        query = sa.select(Page.path).outerjoin(Revision, Revision.id == Page.head_id)
        for path in look.session.scalars(query.where(claim).order_by(Page.path)):
            yield Finding("head", f"/{path} {words}.", FROM_BACKUP)

"""Whether the words of each page are credited as its revisions say."""

from collections.abc import Iterator

import sqlalchemy as sa

from wiki.authorship.models import AuthorshipLedger, AuthorshipState, AuthorshipTotal
from wiki.authorship.queries.state import VERSION, behind
from wiki.authorship.service import differences
from wiki.pages.models import Page
from wiki.transfer.service.checking.findings import Finding, Look

ANEW = "Run: manyhands rebuild authorship --all"
SAMPLE = 10
_STANDING = sa.func.sum(AuthorshipLedger.added - AuthorshipLedger.removed)
_TOTAL = sa.func.sum(AuthorshipTotal.standing)


def sums(look: Look) -> Iterator[Finding]:
    """Look whether every word of every page is credited to somebody, once."""
    for table, column in ((AuthorshipLedger, _STANDING), (AuthorshipTotal, _TOTAL)):
        credited = sa.select(table.page_id, column.label("words")).group_by(table.page_id)
        found = credited.subquery()
        query = (
            sa.select(Page.path)
            .join(AuthorshipState, AuthorshipState.page_id == Page.id)
            .outerjoin(found, found.c.page_id == Page.id)
            .where(
                AuthorshipState.version == VERSION,
                AuthorshipState.number == Page.head_number,
                sa.func.coalesce(found.c.words, 0) != Page.words,
            )
            .order_by(Page.path)
        )
        for path in look.session.scalars(query):
            yield Finding("authorship", f"Not every word of /{path} is credited once.", ANEW)


def pages(look: Look) -> Iterator[Finding]:
    """Follow pages anew and compare: every page, or some of all."""
    query = sa.select(Page.id, Page.path, Page.head_number)
    query = query.join(AuthorshipState, AuthorshipState.page_id == Page.id).where(
        AuthorshipState.version == VERSION, AuthorshipState.number == Page.head_number
    )
    rows = look.session.execute(query.order_by(Page.id)).all()
    chosen = rows if look.is_deep else rows[:: max(1, len(rows) // SAMPLE)]
    for done, row in enumerate(chosen, start=1):
        try:
            found = differences(look.session, row.id)
        except (KeyError, ValueError):
            # What is wrong with its texts is said where texts are read.
            found = []
        if found:
            named = ", ".join(found)
            sentence = f"Who wrote /{row.path} is kept otherwise than its revisions say ({named})."
            yield Finding("authorship", sentence, ANEW)
        look.progress("pages followed", done, len(chosen))


def notes(look: Look) -> list[str]:
    """Return what is worth knowing: pages that are followed when somebody looks at them."""
    count = len(behind(look.session))
    if not count:
        return []
    sentence = f"Pages whose authors are found when somebody looks at them: {count:,}."
    return [f"{sentence} To find them now, run: manyhands rebuild authorship"]

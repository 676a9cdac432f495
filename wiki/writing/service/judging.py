"""Whether somebody may do what they are about to do, asked where it is done.

A door asks too (`pages.guards`), before it shows a form and before it takes one. From then until
the page is locked others may limit it or move it, or change what its writer may do. So every verb
asks again in its own transaction, once the pages are locked, of where they stand by then.
"""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.errors import NotAllowed, NotFound
from wiki.pages.models import Revision
from wiki.pages.queries.sight import Sight, limits
from wiki.pages.rules import NO_PAGE
from wiki.people.models import Person
from wiki.people.rules.rights import NOBODY, Limit, Who, hidden, may, why_not
from wiki.storage.dialect import bare

_PERSON = bare(Person).c
# Made once: to make it takes longer than the database works on it.
_WHO = sa.select(_PERSON.role, _PERSON.team_id).where(
    _PERSON.id == sa.bindparam("person_id"), _PERSON.state == "active"
)


@dataclass(frozen=True, slots=True)
class Rights:
    """What a member may do and see, for acts that ask about many pages."""

    who: Who
    limits: tuple[Limit, ...]

    def may(self, act: str, path: str) -> bool:
        """Return whether they may do `act` on the page at `path`, there or not."""
        return may(self.who, act, path, self.limits, is_open=False)

    @property
    def sight(self) -> Sight:
        """What they may see of the pages."""
        return Sight(hidden(self.who, self.limits, is_open=False))


def rights_of(session: Session, person_id: int) -> Rights:
    """Return what this person may do and see as the rights stand now."""
    return Rights(_who(session, person_id), limits(session))


def need(
    session: Session, person_id: int, act: str, *paths: str, page_id: int | None = None
) -> None:
    """Let this person do `act` at all these paths, there or not, as the rights stand now.

    For a page that is locked. `page_id` names it for acts that its only author may do as well.
    Raises NotFound as for a page that is not there where they may not even read it, otherwise
    NotAllowed.
    """
    rights = rights_of(session, person_id)
    is_only_author = page_id is not None and _is_only_author(session, page_id, person_id)
    for path in paths:
        if may(rights.who, act, path, rights.limits, is_open=False, is_only_author=is_only_author):
            continue
        if rights.may("read", path):
            raise NotAllowed(why_not(rights.who.role or "member", act))
        raise NotFound(NO_PAGE, path=path)


def _who(session: Session, person_id: int) -> Who:
    row = session.execute(_WHO, {"person_id": person_id}).one_or_none()
    return Who(person_id, row.role, row.team_id) if row else NOBODY


def _is_only_author(session: Session, page_id: int, person_id: int) -> bool:
    """Return whether this person wrote on the page, and nobody else did."""
    query = sa.select(Revision.author_id).where(Revision.page_id == page_id).distinct().limit(2)
    return list(session.scalars(query)) == [person_id]

"""The people of an imported history, found among the members or made as imported ones."""

from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.people import service as people
from wiki.people.models import Person, PersonAddress
from wiki.storage.dialect import insert_or_ignore
from wiki.transfer.rules import mailmap
from wiki.transfer.rules.git_log import Commit
from wiki.transfer.rules.mailmap import Author, Mailmap


@dataclass(slots=True)
class Authors:
    """Who is who, found out as their revisions come by."""

    mailmap: Mailmap
    ids: dict[str, int] = field(default_factory=dict)  # by address
    names: dict[int, str] = field(default_factory=dict)  # the last one used


def author_of(session: Session, authors: Authors, commit: Commit, *, now: datetime) -> int:
    """Return the person who made the commit, as an imported member if nobody has the address."""
    author = mailmap.author(authors.mailmap, commit.name, commit.email)
    used = author.other_email or author.email
    if used not in authors.ids:
        authors.ids[used] = _person(session, authors, author, now=now)
    authors.names[authors.ids[used]] = author.name
    return authors.ids[used]


def write_names(session: Session, authors: Authors) -> None:
    """Give imported people the name they used last; members choose their own."""
    query = sa.select(Person).where(Person.id.in_(authors.names), Person.state == "imported")
    for person in session.scalars(query):
        person.name = authors.names[person.id]
    authors.names.clear()
    session.flush()


def people_count(session: Session) -> int:
    """Return how many members there are, imported ones among them."""
    return session.scalar(sa.select(sa.func.count(Person.id))) or 0


def _person(session: Session, authors: Authors, author: Author, *, now: datetime) -> int:
    """Return the person by the main address, else by another one that the wiki knows already."""
    others = mailmap.other_addresses(authors.mailmap, author.email)
    known = author.email
    if not _is_known(session, author.email):
        known = next((other for other in others if _is_known(session, other)), author.email)
    person_id = people.author_of_history(session, name=author.name, email=known, now=now)
    for email in (author.email, author.other_email):
        if email and not _is_known(session, email):
            insert_or_ignore(session, PersonAddress, [{"email": email, "person_id": person_id}])
    return person_id


def _is_known(session: Session, email: str) -> bool:
    person = sa.select(Person.id).where(Person.email == email)
    other = sa.select(PersonAddress.person_id).where(PersonAddress.email == email)
    return session.scalar(person.union_all(other).limit(1)) is not None

"""Whose words a page consists of, in a line."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.authorship.models import AuthorshipTotal as Total
from wiki.people.models import Person


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody of whom words stand on a page."""

    person_id: int
    name: str
    words: int


def authors(session: Session, page_id: int, *, counts_imports: bool) -> list[Author]:
    """Return the people of whom words stand on the page, the most words first; no programs."""
    words = sa.func.sum(Total.standing)
    query = (
        sa.select(Person.id, Person.name, words)
        .join(Person, Person.id == Total.person_id)
        .where(Total.page_id == page_id, Person.is_program.is_(False))
        .group_by(Person.id, Person.name)
        .having(words > 0)
        .order_by(words.desc(), Person.name, Person.id)
    )
    if not counts_imports:
        query = query.where(Total.is_imported.is_(False))
    return [Author(*row) for row in session.execute(query)]

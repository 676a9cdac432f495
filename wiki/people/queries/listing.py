"""Members, as a list that an administrator searches."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.people.models import Person, Team
from wiki.people.queries.members import MemberRow

PAGE_LENGTH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list of members is narrowed to; `page` counts from 1."""

    words: str = ""
    role: str = ""
    state: str = ""
    team_id: int | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the members found, how many there are, and on how many pages."""

    rows: list[MemberRow]
    total: int
    pages: int


def listed(session: Session, wanted: Wanted) -> Listed:
    """Return the members whose name or address holds the words, by name."""
    conditions = _conditions(wanted)
    total = session.scalar(sa.select(sa.func.count(Person.id)).where(*conditions)) or 0
    query = (
        sa.select(
            Person.id,
            Person.name,
            Person.email,
            Team.name,
            Person.role,
            Person.state,
            Person.signed_up_at,
        )
        .outerjoin(Team, Team.id == Person.team_id)
        .where(*conditions)
        .order_by(sa.func.lower(Person.name), Person.id)
        .limit(PAGE_LENGTH)
        .offset((wanted.page - 1) * PAGE_LENGTH)
    )
    rows = [MemberRow(*row) for row in session.execute(query)]
    return Listed(rows, total, -(-total // PAGE_LENGTH))


def teams(session: Session) -> list[tuple[int, str, int]]:
    """Return all teams by name, each with how many active members it has."""
    is_member = sa.and_(Person.team_id == Team.id, Person.state == "active")
    query = (
        sa.select(Team.id, Team.name, sa.func.count(Person.id))
        .outerjoin(Person, is_member)
        .group_by(Team.id, Team.name)
        .order_by(sa.func.lower(Team.name), Team.id)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    for word in wanted.words.split():
        is_named = Person.name.icontains(word, autoescape=True)
        conditions.append(sa.or_(is_named, Person.email.icontains(word, autoescape=True)))
    if wanted.role:
        conditions.append(Person.role == wanted.role)
    if wanted.state:
        conditions.append(Person.state == wanted.state)
    if wanted.team_id is not None:
        conditions.append(Person.team_id == wanted.team_id)
    return conditions

"""What is asked about members and teams."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.people.models import Person, PersonAddress, Team
from wiki.storage.dialect import locked

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member in a list."""

    id: int
    name: str
    email: str
    team: str | None
    role: str
    state: str
    signed_up_at: datetime | None


@dataclass(frozen=True, slots=True)
class MemberCard:
    """What a member shows to others; `about` is in their own words."""

    id: int
    name: str
    team: str | None
    about: str
    state: str


def active_person(session: Session, email: str) -> Person | None:
    """Return the active member whose letters go to `email`."""
    query = sa.select(Person).where(Person.email == email, Person.state == "active")
    return session.scalars(query).one_or_none()


def active_admins(session: Session) -> list[Person]:
    """Return the active administrators, the one known longest first."""
    query = sa.select(Person).where(Person.role == "admin", Person.state == "active")
    return list(session.scalars(query.order_by(Person.id)))


def person(session: Session, person_id: int) -> Person | None:
    """Return the record of a person."""
    return session.get(Person, person_id)


def person_to_change(session: Session, person_id: int) -> Person | None:
    """Return the record of a person, locked, and as it is since nobody else can change it."""
    session.flush()
    query = locked(sa.select(Person).where(Person.id == person_id))
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def known_people(session: Session, emails: Iterable[str]) -> dict[str, Person]:
    """Return the records of those who have one of the addresses, also as another address."""
    wanted = sorted(set(emails))
    found: dict[str, Person] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        others = (
            sa.select(PersonAddress.email, Person)
            .join(Person, Person.id == PersonAddress.person_id)
            .where(PersonAddress.email.in_(some))
        )
        found.update((email, person) for email, person in session.execute(others))
        people = session.scalars(sa.select(Person).where(Person.email.in_(some)))
        found.update((person.email, person) for person in people)
    return found


def names_of_people(session: Session, states: Sequence[str]) -> list[tuple[int, str]]:
    """Return the id and the name of everybody who is in one of the states."""
    query = sa.select(Person.id, Person.name).where(Person.state.in_(states))
    return [(row[0], row[1]) for row in session.execute(query)]


def teams_by_folded_name(session: Session) -> dict[str, Team]:
    """Return the record of every team by its name, without regard to case."""
    return {team.name.casefold(): team for team in session.scalars(sa.select(Team))}


def team_choices(session: Session) -> list[tuple[int, str]]:
    """Return all teams, by name."""
    query = sa.select(Team.id, Team.name).order_by(sa.func.lower(Team.name), Team.id)
    return [(row[0], row[1]) for row in session.execute(query)]


def member_card(session: Session, person_id: int) -> MemberCard | None:
    """Return what a member shows to others."""
    query = (
        sa.select(Person.id, Person.name, Team.name, Person.about, Person.state)
        .outerjoin(Team, Team.id == Person.team_id)
        .where(Person.id == person_id)
    )
    row = session.execute(query).one_or_none()
    return MemberCard(*row) if row else None


def has_password(session: Session, person_id: int) -> bool:
    """Return whether a member could sign in with a password."""
    query = sa.select(Person.id).where(Person.id == person_id, Person.password_hash.is_not(None))
    return session.execute(query).one_or_none() is not None


def everybody(session: Session) -> list[MemberRow]:
    """Return all members by name."""
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
        .order_by(sa.func.lower(Person.name), Person.id)
    )
    return [MemberRow(*row) for row in session.execute(query)]


def member_row(session: Session, person_id: int) -> MemberRow | None:
    """Return one member."""
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
        .where(Person.id == person_id)
    )
    row = session.execute(query).one_or_none()
    return MemberRow(*row) if row else None


def other_active_admins(session: Session, person_id: int) -> int:
    """Return how many administrators there are besides this person."""
    query = sa.select(sa.func.count(Person.id)).where(
        Person.role == "admin", Person.state == "active", Person.id != person_id
    )
    return session.scalar(query) or 0

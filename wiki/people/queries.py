"""Everything that is asked about members."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.people.models import Person, PersonAddress, SignIn, SignInLink, Team, WikiSetting
from wiki.storage.dialect import locked

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Who is asking."""

    id: int
    name: str
    role: str
    team_id: int | None
    time_zone: str | None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A member in one browser."""

    sign_in_id: int
    seen_at: datetime
    expires_at: datetime
    member: Member


@dataclass(frozen=True, slots=True)
class SignInRow:
    """One browser in which a member is signed in, to be shown to that member."""

    id: int
    made_at: datetime
    seen_at: datetime


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


@dataclass(frozen=True, slots=True, kw_only=True)
class WikiSettings:
    """What an administrator decided about the wiki."""

    name: str = "Manyhands"
    readers: str = "everybody"

    @property
    def is_open(self) -> bool:
        """Return whether everybody may read."""
        return self.readers == "everybody"


def wiki_settings(session: Session) -> WikiSettings:
    """Return the settings of the wiki, with defaults for what nobody decided."""
    rows = session.execute(sa.select(WikiSetting.key, WikiSetting.value))
    known = WikiSettings.__dataclass_fields__
    return WikiSettings(**{key: value for key, value in rows if key in known})


def signed_in(session: Session, token_hash: str) -> SignedIn | None:
    """Return the active member who holds the token; whether it is still good is in the value."""
    query = (
        sa.select(
            SignIn.id,
            SignIn.seen_at,
            SignIn.expires_at,
            Person.id.label("person_id"),
            Person.name,
            Person.role,
            Person.team_id,
            Person.time_zone,
        )
        .join(Person, Person.id == SignIn.person_id)
        .where(SignIn.token_hash == token_hash, Person.state == "active")
    )
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    member = Member(
        id=row.person_id,
        name=row.name,
        role=row.role,
        team_id=row.team_id,
        time_zone=row.time_zone,
    )
    return SignedIn(row.id, row.seen_at, row.expires_at, member)


def sign_ins(session: Session, person_id: int, *, now: datetime) -> list[SignInRow]:
    """Return the browsers in which a person is signed in, the one used last first."""
    query = (
        sa.select(SignIn.id, SignIn.made_at, SignIn.seen_at)
        .where(SignIn.person_id == person_id, SignIn.expires_at > now)
        .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    )
    return [SignInRow(*row) for row in session.execute(query)]


def link_is_good(session: Session, token_hash: str, *, now: datetime) -> bool:
    """Return whether the link of this token would sign somebody in."""
    query = (
        sa.select(SignInLink.id)
        .join(Person, Person.id == SignInLink.person_id)
        .where(
            SignInLink.token_hash == token_hash,
            SignInLink.spent_at.is_(None),
            SignInLink.expires_at > now,
            Person.state == "active",
        )
    )
    return session.execute(query).one_or_none() is not None


def active_person(session: Session, email: str) -> Person | None:
    """Return the active member whose letters go to `email`."""
    query = sa.select(Person).where(Person.email == email, Person.state == "active")
    return session.scalars(query).one_or_none()


def active_admins(session: Session) -> list[Person]:
    """Return the active administrators, the one known longest first."""
    query = sa.select(Person).where(Person.role == "admin", Person.state == "active")
    return list(session.scalars(query.order_by(Person.id)))


def person_to_change(session: Session, person_id: int) -> Person | None:
    """Return the record of a person, locked."""
    return session.scalars(locked(sa.select(Person).where(Person.id == person_id))).one_or_none()


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


def teams_by_folded_name(session: Session) -> dict[str, Team]:
    """Return the record of every team by its name, without regard to case."""
    return {team.name.casefold(): team for team in session.scalars(sa.select(Team))}


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

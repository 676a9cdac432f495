"""What is asked about sign-ins and about links in letters."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.people.models import Person, SignIn, SignInLink

# Made once: each page asks this, and to make it takes longer than the database works on it.
_SIGNED_IN = (
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
    .where(SignIn.token_hash == sa.bindparam("token_hash"), Person.state == "active")
)


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
class GoodLink:
    """Whose link it is, their address, and the one that the link proves."""

    name: str
    email: str
    proves: str


def signed_in(session: Session, token_hash: str) -> SignedIn | None:
    """Return the active member who holds the token; whether it is still good is in the value."""
    row = session.execute(_SIGNED_IN, {"token_hash": token_hash}).one_or_none()
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


def link_is_good(
    session: Session, token_hash: str, *, now: datetime, purpose: str = "sign-in"
) -> bool:
    """Return whether the link of this token would do what it is for."""
    return good_link(session, token_hash, purpose, now=now) is not None


def good_link(session: Session, token_hash: str, purpose: str, *, now: datetime) -> GoodLink | None:
    """Return for whom a link of this purpose is good, or None."""
    query = (
        sa.select(Person.name, Person.email, SignInLink.email.label("proves"))
        .join(Person, Person.id == SignInLink.person_id)
        .where(
            SignInLink.token_hash == token_hash,
            SignInLink.purpose == purpose,
            SignInLink.spent_at.is_(None),
            SignInLink.expires_at > now,
            Person.state == "active",
        )
    )
    row = session.execute(query).one_or_none()
    return GoodLink(row.name, row.email, row.proves) if row else None


def signed_in_at(session: Session, sign_in_id: int) -> datetime | None:
    """Return when this browser signed in."""
    return session.scalar(sa.select(SignIn.made_at).where(SignIn.id == sign_in_id))

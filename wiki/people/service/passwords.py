"""Keeping passwords as argon2id hashes, and asking whether one is right."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session

from wiki.activity.service import record
from wiki.errors import NotFound
from wiki.mail.letters import Envelope, queue
from wiki.people import queries
from wiki.people.models import Person
from wiki.people.rules.passwords import LONGEST, check_password
from wiki.people.service.letters import Write
from wiki.people.service.signing_in import (
    PASSWORD,
    end_ways_in,
    hashed,
    make_link,
    open_sign_in,
    take_link,
)

PASSWORD_LINK_LASTS = timedelta(hours=1)

# The least that OWASP asks for: every thread that checks a password needs this memory.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@dataclass(frozen=True, slots=True)
class Recognised:
    """Whose password was right, and the hash that it was compared with."""

    person_id: int
    password_hash: str


def person_with_password(session: Session, email: str, password: str) -> Recognised | None:
    """Return the active member with this address and password, or None.

    It takes the same time whether or not anybody has the address, or a password.
    """
    person = queries.active_person(session, email)
    stored = person.password_hash if person is not None else None
    is_right = _matches(stored or _nobodys_hash(), password)
    if person is None or not stored or not is_right:
        return None
    return Recognised(person.id, stored)


def set_password(
    session: Session, person: Person, password: str, *, now: datetime, keep: int | None = None
) -> None:
    """Give a person a new password and end every other way in, but for the sign-in `keep`.

    Raises Invalid for a password that is easy to guess.
    """
    keep_hash(session, person, hash_of(password, person.name, person.email), now=now, keep=keep)


def hash_of(password: str, name: str, email: str) -> str:
    """Return what is kept of a new password; raise Invalid for one that is easy to guess.

    This takes a while, so it is best done before a transaction that others would wait for.
    """
    check_password(password, name=name, email=email)
    return HASHER.hash(_as_bytes(password))


def keep_hash(
    session: Session, person: Person, stored: str, *, now: datetime, keep: int | None = None
) -> None:
    """Give a person the password of this hash and end every other way in but `keep`."""
    person.password_hash = stored
    session.flush()
    end_ways_in(session, person.id, now=now, keep=keep)
    record(session, "person.password_changed", at=now, person=person.id)


def is_password_of(session: Session, person_id: int, password: str) -> bool:
    """Return whether this is the password of a member who has one."""
    stored = session.scalar(sa.select(Person.password_hash).where(Person.id == person_id))
    return _matches(stored or _nobodys_hash(), password) and bool(stored)


def send_password_link(
    session: Session, email: str, token: str, *, write: Write, now: datetime
) -> None:
    """Write to the active member with this address how to choose a new password.

    The letter is worded for nobody, too, so that the time this takes does not tell who is a member.
    """
    person = queries.active_person(session, email)
    name = person.name if person is not None else email
    words = write("password_link", f"/sign-in/password/{token}", name=name)
    if person is None:
        return
    make_link(session, person.id, now=now, token=token, purpose=PASSWORD, lasts=PASSWORD_LINK_LASTS)
    envelope = Envelope(
        key=f"password-link:{hashed(token)}",
        kind="password-link",
        recipient=person.email,
        person_id=person.id,
        send_before=now + PASSWORD_LINK_LASTS,
        is_secret=True,
    )
    queue(session, envelope, words, now=now)


def choose_password(
    session: Session, token: str, stored: str, *, write: Write, now: datetime
) -> str | None:
    """Spend a link from a letter, keep the password of this hash, and sign in.

    Returns the token for the browser, or None if the link is over. Every other way in ends.
    """
    taken = take_link(session, token, PASSWORD, now=now)
    return None if taken is None else change_password(session, taken[0], stored, write, now=now)


def change_password(
    session: Session, person_id: int, stored: str, write: Write, *, now: datetime
) -> str:
    """Keep the password of this hash, end every way in, tell the member, and sign in anew.

    Returns the token for the browser. Raises NotFound.
    """
    person = queries.person_to_change(session, person_id)
    if person is None:
        raise NotFound("There is no such member.")
    keep_hash(session, person, stored, now=now)
    token = open_sign_in(session, person_id, now=now)
    envelope = Envelope(
        key=f"password-changed:{hashed(token)}",
        kind="password-changed",
        recipient=person.email,
        person_id=person_id,
    )
    words = write("password_changed", "/sign-in/forgotten", name=person.name)
    queue(session, envelope, words, now=now)
    return token


def _matches(stored: str, password: str) -> bool:
    try:
        return HASHER.verify(stored, _as_bytes(password[: LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False


def _as_bytes(password: str) -> bytes:
    # Keyboards write the same letter in several ways.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


@cache
def _nobodys_hash() -> str:
    return HASHER.hash(b"nobody has this password")

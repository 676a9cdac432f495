"""Keeping passwords as argon2id hashes, and asking whether one is right."""

import unicodedata
from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session

from wiki.activity.service import record
from wiki.people import queries
from wiki.people.models import Person
from wiki.people.rules.passwords import LONGEST, check_password
from wiki.people.service.signing_in import end_ways_in

# The least that OWASP asks for: every thread that checks a password needs this memory.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def person_with_password(session: Session, email: str, password: str) -> int | None:
    """Return the id of the active member with this address and password, or None.

    It takes the same time whether or not anybody has the address, or a password.
    """
    person = queries.active_person(session, email)
    stored = person.password_hash if person is not None else None
    is_right = _matches(stored or _nobodys_hash(), password)
    return person.id if person is not None and stored and is_right else None


def set_password(
    session: Session, person: Person, password: str, *, now: datetime, keep: int | None = None
) -> None:
    """Give a person a new password and end every other way in, but for the sign-in `keep`.

    Raises Invalid for a password that is easy to guess.
    """
    check_password(password, name=person.name, email=person.email)
    person.password_hash = HASHER.hash(_as_bytes(password))
    session.flush()
    end_ways_in(session, person.id, now=now, keep=keep)
    record(session, "person.password_changed", at=now, person=person.id)


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

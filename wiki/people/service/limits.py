"""How often something may be tried, counted in the database for all processes together.

Tries are counted by address and by source. A limit by address slows down whoever guesses,
but shuts nobody out: a letter with a link and the browsers already signed in still work,
and tries over the limit are not counted, so the wait never grows.

A whole council may sit behind one source, so limits by source lie far above those by address,
and what went well is given back: a right password at once, a letter when its button is pressed.
Letters that go to members alone, and those to addresses that nobody proved, are counted apart:
whoever floods the one does not close the other.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.errors import TooMany
from wiki.people.models import Attempt
from wiki.people.rules.names import folded_address
from wiki.people.rules.sources import source_of
from wiki.storage.dialect import one_at_a_time

KEPT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many tries in so long a time, and what to say about it."""

    what: str
    count: int
    within: timedelta
    sentence: str


SIGN_IN_BY_ADDRESS = Limit(
    "sign-in address",
    10,
    timedelta(minutes=5),
    "There were too many tries to sign in. Wait five minutes and try again, "
    "or ask for a link by e-mail.",
)
SIGN_IN_BY_SOURCE = Limit(
    "sign-in source",
    100,
    timedelta(minutes=5),
    "There were too many wrong passwords from your network. Wait five minutes and try again, "
    "or ask for a link by e-mail.",
)
LINK_BY_ADDRESS = Limit(
    "link address",
    3,
    timedelta(minutes=15),
    "We wrote to this address three times in the last quarter of an hour. Look for our "
    "letters, also among the unwanted mail, or ask again in fifteen minutes.",
)
LINK_BY_SOURCE = Limit(
    "link source",
    300,
    timedelta(hours=1),
    "Very many links by e-mail were asked for from your network within the hour. Ask again a "
    "little later, or sign in with your password.",
)
STRANGER_BY_SOURCE = Limit(
    "stranger source",
    100,
    timedelta(hours=1),
    "Very many e-mails to new addresses were asked for from your network within the hour. Ask "
    "again a little later.",
)

OWN_PASSWORD = Limit(
    "own password",
    10,
    timedelta(minutes=5),
    "There were too many tries with a wrong password. Wait five minutes and try again.",
)
INVITATIONS_BY_MEMBER = Limit(
    "invitations member",
    20,
    timedelta(hours=1),
    "You sent many invitations within the hour. Send more later, or ask an administrator to add "
    "people from a list.",
)


def try_sign_in(
    session: Session, *, email: str, source: str, secret: str, now: datetime
) -> list[int]:
    """Count one try to sign in and return its marks, or raise TooMany."""
    asked = ((SIGN_IN_BY_ADDRESS, folded_address(email)), (SIGN_IN_BY_SOURCE, source_of(source)))
    return _count(session, asked, secret=secret, now=now)


def try_link(
    session: Session,
    *,
    email: str,
    source: str,
    secret: str,
    now: datetime,
    to_stranger: bool = False,
) -> list[int]:
    """Count one wish for a link by e-mail and return its marks, or raise TooMany.

    `to_stranger` is one that anybody may get, not members alone.
    """
    asked = ((LINK_BY_ADDRESS, folded_address(email)), _letter(source, to_stranger=to_stranger))
    return _count(session, asked, secret=secret, now=now)


def letter_was_used(
    session: Session, *, source: str, secret: str, to_stranger: bool = False
) -> None:
    """Forget one wish of this source for a letter, as one came to whom it was meant for.

    Not when the letter is written: that would tell which addresses are those of members.
    """
    limit, who = _letter(source, to_stranger=to_stranger)
    bucket = _bucket(limit, who, secret)
    latest = sa.select(sa.func.max(Attempt.id)).where(Attempt.bucket == bucket)
    session.execute(sa.delete(Attempt).where(Attempt.id == latest.scalar_subquery()))


def try_own_password(session: Session, *, member_id: int, secret: str, now: datetime) -> list[int]:
    """Count one try of a member at their own password and return its mark, or raise TooMany."""
    return _count(session, ((OWN_PASSWORD, str(member_id)),), secret=secret, now=now)


def try_invite(session: Session, *, member_id: int, secret: str, now: datetime) -> list[int]:
    """Count one letter of invitations by a member and return its mark, or raise TooMany."""
    return _count(session, ((INVITATIONS_BY_MEMBER, str(member_id)),), secret=secret, now=now)


def take_back(session: Session, marks: Sequence[int]) -> None:
    """Forget a try that went well: a whole office may sign in from one source."""
    session.execute(sa.delete(Attempt).where(Attempt.id.in_(marks)))


def _letter(source: str, *, to_stranger: bool) -> tuple[Limit, str]:
    return (STRANGER_BY_SOURCE if to_stranger else LINK_BY_SOURCE), source_of(source)


def _count(
    session: Session, asked: Sequence[tuple[Limit, str]], *, secret: str, now: datetime
) -> list[int]:
    session.execute(sa.delete(Attempt).where(Attempt.at < now - KEPT))
    tries = [Attempt(bucket=_bucket(limit, who, secret), at=now) for limit, who in asked]
    # In one order, so that two who wait for each other cannot happen.
    for bucket in sorted(attempt.bucket for attempt in tries):
        one_at_a_time(session, bucket)
    for (limit, _), attempt in zip(asked, tries, strict=True):
        _refuse_over(session, limit, attempt.bucket, now)
    session.add_all(tries)
    session.flush()
    return [attempt.id for attempt in tries]


def _refuse_over(session: Session, limit: Limit, bucket: str, now: datetime) -> None:
    query = sa.select(sa.func.count(Attempt.id), sa.func.min(Attempt.at)).where(
        Attempt.bucket == bucket, Attempt.at > now - limit.within
    )
    count, first = session.execute(query).one()
    if count >= limit.count:
        wait = first + limit.within - now
        raise TooMany(limit.sentence, wait_seconds=max(1, int(wait.total_seconds()) + 1))


def _bucket(limit: Limit, who: str, secret: str) -> str:
    # Keyed: nobody who reads the table can find out which addresses were tried.
    text = f"{limit.what}\n{who}".encode("utf-8", "surrogatepass")
    return hmac.new(secret.encode(), text, "sha256").hexdigest()

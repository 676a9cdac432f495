"""Ways in: sign-ins that browsers hold, and links that make one.

A browser and a letter hold a token of 256 random bits; the database holds its hash, so
nobody who reads the database can sign in with what stands there.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.activity.service import record
from wiki.errors import NotAllowed
from wiki.mail.letters import Envelope, Words, queue
from wiki.people import queries
from wiki.people.models import Person, SignIn, SignInLink

SIGN_IN_LASTS = timedelta(days=30)
LINK_LASTS = timedelta(minutes=15)
SIGN_IN = "sign-in"
PASSWORD = "password"  # noqa: S105  # what a link is for
ADDRESS = "address"
_TOKEN_BYTES = 32


def hashed(token: str) -> str:
    """Return what the database knows of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def open_sign_in(
    session: Session, person_id: int, *, now: datetime, password_hash: str | None = None
) -> str:
    """Sign an active member in and return the token for the browser.

    `password_hash` is what a password was compared with before; it must still be the member's.
    Raises NotAllowed.
    """
    person = queries.person_to_change(session, person_id)
    if person is None or person.state != "active":
        raise NotAllowed("This member cannot sign in.")
    if password_hash is not None and person.password_hash != password_hash:
        raise NotAllowed("The password was changed a moment ago.")
    session.execute(sa.delete(SignIn).where(SignIn.expires_at <= now))
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    session.add(
        SignIn(
            token_hash=hashed(token),
            person_id=person_id,
            made_at=now,
            seen_at=now,
            expires_at=now + SIGN_IN_LASTS,
        )
    )
    session.flush()
    return token


def see(session: Session, sign_in_id: int, *, now: datetime) -> None:
    """Note that a sign-in is in use; it then lasts its whole time again."""
    session.execute(
        sa.update(SignIn)
        .where(SignIn.id == sign_in_id)
        .values(seen_at=now, expires_at=now + SIGN_IN_LASTS)
    )


def sign_out(session: Session, token: str) -> None:
    """End the sign-in that this token stands for, if there is one."""
    session.execute(sa.delete(SignIn).where(SignIn.token_hash == hashed(token)))


def sign_out_everywhere(session: Session, person_id: int, *, now: datetime) -> None:
    """End every way in of a person, in every browser and every letter."""
    end_ways_in(session, person_id, now=now)
    record(session, "person.signed_out_everywhere", at=now, actor_id=person_id, person=person_id)


def end_ways_in(
    session: Session, person_id: int, *, now: datetime, keep: int | None = None
) -> None:
    """End all sign-ins of a person but `keep`, and spend all links sent to them."""
    sign_ins = sa.delete(SignIn).where(SignIn.person_id == person_id)
    if keep is not None:
        sign_ins = sign_ins.where(SignIn.id != keep)
    session.execute(sign_ins)
    end_links(session, person_id, now=now)


def end_links(session: Session, person_id: int, *, now: datetime) -> None:
    """Make every link useless that was sent to a person."""
    session.execute(
        sa.update(SignInLink)
        .where(SignInLink.person_id == person_id, SignInLink.spent_at.is_(None))
        .values(spent_at=now)
    )


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def make_link(
    session: Session,
    person_id: int,
    *,
    now: datetime,
    token: str = "",
    purpose: str = SIGN_IN,
    email: str = "",
    lasts: timedelta = LINK_LASTS,
) -> str:
    """Let a token do one thing for this person, once, and return it.

    It signs in for 15 minutes if nothing else is said. `email` is the address that it proves.
    """
    token = token or new_token()
    session.execute(sa.delete(SignInLink).where(SignInLink.expires_at <= now - timedelta(days=1)))
    session.add(
        SignInLink(
            token_hash=hashed(token),
            person_id=person_id,
            made_at=now,
            expires_at=now + lasts,
            purpose=purpose,
            email=email,
        )
    )
    session.flush()
    return token


def take_link(
    session: Session, token: str, purpose: str, *, now: datetime
) -> tuple[int, str] | None:
    """Spend a link of this purpose; return whose it is and which address it proves, or None.

    However many ask at the same moment, one of them is answered: the row is changed only by
    who finds it unspent. A link of another purpose is left as it is.
    """
    spent = session.execute(
        sa.update(SignInLink)
        .where(
            SignInLink.token_hash == hashed(token),
            SignInLink.purpose == purpose,
            SignInLink.spent_at.is_(None),
            SignInLink.expires_at > now,
            SignInLink.person_id.in_(sa.select(Person.id).where(Person.state == "active")),
        )
        .values(spent_at=now)
        .returning(SignInLink.person_id, SignInLink.email)
    )
    row = spent.one_or_none()
    return (row.person_id, row.email) if row else None


def spend_link(session: Session, token: str, *, now: datetime) -> str | None:
    """Spend a link and sign its person in; return the token for the browser, or None."""
    taken = take_link(session, token, SIGN_IN, now=now)
    return None if taken is None else open_sign_in(session, taken[0], now=now)


def send_link(
    session: Session, email: str, token: str, write: Callable[[str], Words], *, now: datetime
) -> None:
    """Write to the active member with this address, if there is one, that `token` is a way in.

    `write` gives the letter for a name. It is written for nobody, too, so that the time
    this takes does not tell who is a member.
    """
    person = queries.active_person(session, email)
    words = write(person.name if person is not None else email)
    if person is None:
        return
    make_link(session, person.id, now=now, token=token)
    envelope = Envelope(
        key=f"sign-in-link:{hashed(token)}",
        kind="sign-in-link",
        recipient=person.email,
        person_id=person.id,
        send_before=now + LINK_LASTS,
        is_secret=True,
    )
    queue(session, envelope, words, now=now)

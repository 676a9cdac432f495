"""What is asked about people on their way in: those who asked to join, and those invited."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from wiki.people.models import Person, SignUp, Team
from wiki.storage.dialect import locked

INVITATIONS_SHOWN = 200
_Inviter = aliased(Person)


@dataclass(frozen=True, slots=True)
class OpenLink:
    """What the button of a letter would do: for whom, and what they wrote so far."""

    name: str
    email: str
    is_invited: bool


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """Somebody who proved an address and waits for an administrator."""

    id: int
    name: str
    email: str
    reason: str
    team_id: int | None
    team: str | None
    proven_at: datetime


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation; `state` is open, joined, withdrawn or expired."""

    id: int
    email: str
    role: str
    team: str | None
    inviter_id: int
    inviter: str
    made_at: datetime
    expires_at: datetime
    state: str


def open_link(session: Session, token_hash: str, *, now: datetime) -> OpenLink | None:
    """Return what the link of this token is for, or None if it is over."""
    query = sa.select(SignUp.name, SignUp.email, SignUp.invited_by).where(
        SignUp.token_hash == token_hash,
        SignUp.proven_at.is_(None),
        SignUp.outcome == "",
        SignUp.expires_at > now,
    )
    row = session.execute(query).one_or_none()
    return OpenLink(row.name, row.email, row.invited_by is not None) if row else None


def waiting(session: Session) -> list[WaitingRow]:
    """Return those who wait for an administrator, the longest waiting first."""
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            SignUp.id,
            SignUp.name,
            SignUp.email,
            SignUp.reason,
            SignUp.team_id,
            Team.name,
            SignUp.proven_at,
        )
        .outerjoin(Team, Team.id == SignUp.team_id)
        .where(SignUp.proven_at.is_not(None), SignUp.outcome == "")
        .order_by(SignUp.proven_at, SignUp.id)
    )
    return [WaitingRow(*row) for row in session.execute(query)]


def invitations(
    session: Session, *, now: datetime, inviter_id: int | None = None
) -> list[InvitationRow]:
    """Return the newest invitations, of everybody or of one member."""
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            SignUp.id,
            SignUp.email,
            SignUp.role,
            Team.name,
            _Inviter.id,
            _Inviter.name,
            SignUp.made_at,
            SignUp.expires_at,
            SignUp.outcome,
        )
        .join(_Inviter, _Inviter.id == SignUp.invited_by)
        .outerjoin(Team, Team.id == SignUp.team_id)
        .order_by(SignUp.made_at.desc(), SignUp.id.desc())
        .limit(INVITATIONS_SHOWN)
    )
    if inviter_id is not None:
        query = query.where(SignUp.invited_by == inviter_id)
    return [_invitation(row, now) for row in session.execute(query)]


def _invitation(row: sa.Row[*tuple[Any, ...]], now: datetime) -> InvitationRow:
    *facts, expires_at, outcome = row
    state = outcome or ("open" if expires_at > now else "expired")
    return InvitationRow(*[*facts, expires_at, state])


def sign_up_to_change(session: Session, sign_up_id: int) -> SignUp | None:
    """Return the record of somebody on the way in, locked."""
    return session.scalars(locked(sa.select(SignUp).where(SignUp.id == sign_up_id))).one_or_none()


def asked_lately(session: Session, email: str, *, since: datetime, now: datetime) -> bool:
    """Return whether this address was written to after `since` and its link is still open."""
    query = sa.select(SignUp.id).where(
        SignUp.email == email,
        SignUp.invited_by.is_(None),
        SignUp.proven_at.is_(None),
        SignUp.outcome == "",
        SignUp.made_at > since,
        SignUp.expires_at > now,
    )
    return session.execute(query.limit(1)).one_or_none() is not None

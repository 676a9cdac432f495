"""Inviting people by their addresses, and taking invitations back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.activity.service import record
from wiki.errors import Invalid, NotAllowed, NotFound
from wiki.mail.letters import Envelope, queue
from wiki.people import queries
from wiki.people.models import Person, SignUp
from wiki.people.queries import Member
from wiki.people.rules.roles import ROLES, includes
from wiki.people.service.letters import Write
from wiki.people.service.signing_in import hashed, new_token
from wiki.storage.dialect import one_at_a_time

INVITATION_LASTS = timedelta(days=7)
MAY_INVITE = "facilitator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Whom to invite, to what, and some words of one's own for the letter."""

    emails: tuple[str, ...]
    role: str = "member"
    team_id: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Invited:
    """Who was written to, and who was not: members already, and those who were deactivated."""

    sent: tuple[str, ...]
    members: tuple[str, ...]
    deactivated: tuple[str, ...]


def invite(
    session: Session, inviter: Member, invitation: Invitation, *, write: Write, now: datetime
) -> Invited:
    """Write an invitation to each address that is no member's; a new one replaces an older one.

    Each is good for one person, once, for seven days. Raises NotAllowed and Invalid: nobody can
    give a role above their own, or a team that is not theirs to give.
    """
    _check_gift(session, inviter, invitation)
    one_at_a_time(session, "people")
    known = queries.known_people(session, invitation.emails)
    states = {email: person.state for email, person in known.items()}
    open_to = [email for email in invitation.emails if states.get(email) in (None, "imported")]
    _withdraw_older(session, open_to, inviter.id, now)
    for email in open_to:
        _invite_one(session, inviter, email, invitation, write, now)
    return Invited(
        tuple(open_to),
        tuple(email for email in invitation.emails if states.get(email) == "active"),
        tuple(email for email in invitation.emails if states.get(email) == "deactivated"),
    )


def _check_gift(session: Session, inviter: Member, invitation: Invitation) -> None:
    settings = queries.wiki_settings(session)
    if not settings.invites:
        raise NotAllowed("Nobody can be invited while only administrators add members.")
    if not includes(inviter.role, MAY_INVITE):
        raise NotAllowed(
            "Your role in this wiki does not include this. "
            "If you think it should, ask an administrator."
        )
    if invitation.role not in ROLES or not includes(inviter.role, invitation.role):
        raise Invalid("Choose a role no higher than your own.", field="role")
    if invitation.team_id is None or invitation.team_id == inviter.team_id:
        return
    may_give_any = inviter.role == "admin" or settings.lets_choose_team
    if not may_give_any or invitation.team_id not in dict(queries.team_choices(session)):
        raise Invalid("Choose your own team, or none.", field="team")


def _withdraw_older(session: Session, emails: list[str], actor_id: int, now: datetime) -> None:
    session.execute(
        sa.update(SignUp)
        .where(SignUp.email.in_(emails), SignUp.invited_by.is_not(None), SignUp.outcome == "")
        .values(outcome="withdrawn", decided_at=now, decided_by=actor_id)
    )


def _invite_one(
    session: Session,
    inviter: Member,
    email: str,
    invitation: Invitation,
    write: Write,
    now: datetime,
) -> None:
    token = new_token()
    made = SignUp(
        email=email,
        name="",
        reason="",
        role=invitation.role,
        team_id=invitation.team_id,
        invited_by=inviter.id,
        token_hash=hashed(token),
        made_at=now,
        expires_at=now + INVITATION_LASTS,
        outcome="",
    )
    session.add(made)
    session.flush()
    record(session, "person.invited", at=now, actor_id=inviter.id, sign_up=made.id)
    envelope = Envelope(
        key=f"invitation:{hashed(token)}",
        kind="invitation",
        recipient=email,
        send_before=now + INVITATION_LASTS,
        is_secret=True,
    )
    words = write("invitation", f"/sign-up/{token}", inviter=inviter.name, words=invitation.words)
    queue(session, envelope, words, now=now)


def revoke_invitation(session: Session, sign_up_id: int, *, actor: Member, now: datetime) -> str:
    """Make an open invitation useless and return its address.

    Whoever invited may, and administrators. Raises NotFound when there is no such invitation for
    them, or when it is no longer open.
    """
    invited = queries.sign_up_to_change(session, sign_up_id)
    if (
        invited is None
        or invited.invited_by is None
        or (invited.invited_by != actor.id and actor.role != "admin")
        or invited.outcome
    ):
        raise NotFound("There is no such open invitation.")
    invited.outcome, invited.decided_at, invited.decided_by = "withdrawn", now, actor.id
    session.flush()
    record(session, "person.invitation_revoked", at=now, actor_id=actor.id, sign_up=invited.id)
    return invited.email


def inviter_may_still(session: Session, invited: SignUp) -> bool:
    """Return whether whoever invited could invite to this role now, too."""
    inviter = session.get(Person, invited.invited_by)
    return (
        inviter is not None
        and inviter.state == "active"
        and includes(inviter.role, MAY_INVITE)
        and includes(inviter.role, invited.role)
    )

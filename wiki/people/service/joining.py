"""Becoming a member, whichever way led here."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.activity.service import record
from wiki.people import queries
from wiki.people.models import SignUp
from wiki.people.service.members import new_person, welcome


def join(
    session: Session,
    sign_up: SignUp,
    *,
    team_id: int | None,
    now: datetime,
    actor_id: int | None = None,
) -> int:
    """Make a member of somebody who proved an address; return their id.

    Who is known from an imported history becomes active with it; who is a member already stays
    what they are. Every other way in for this address that is still open ends. Raises Invalid for
    somebody who was deactivated.
    """
    person = queries.known_people(session, [sign_up.email]).get(sign_up.email)
    if person is None:
        person = new_person(sign_up.email, sign_up.name, sign_up.role, now)
        person.team_id = team_id
        session.add(person)
        session.flush()
        record(session, "person.added", at=now, actor_id=actor_id, person=person.id)
    elif welcome(session, person, sign_up.email, signed_up_at=None, now=now):
        person.name, person.role = sign_up.name, sign_up.role
        person.team_id = team_id or person.team_id
    end_open_ways(session, sign_up.email, "joined", now=now, actor_id=actor_id)
    return person.id


def end_open_ways(
    session: Session, email: str, outcome: str, *, now: datetime, actor_id: int | None = None
) -> None:
    """Let no wish and no invitation of this address be open any more."""
    session.flush()
    session.execute(
        sa.update(SignUp)
        .where(SignUp.email == email, SignUp.outcome == "")
        .values(outcome=outcome, decided_at=now, decided_by=actor_id)
    )

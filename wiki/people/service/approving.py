"""Deciding about those who asked to join, and telling administrators that somebody waits."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from wiki.activity.service import record
from wiki.errors import Invalid, NotFound
from wiki.mail.letters import Envelope, queue, take_back, was_written
from wiki.people import queries
from wiki.people.models import SignUp
from wiki.people.service.joining import join
from wiki.people.service.letters import Write
from wiki.people.service.signing_in import hashed, make_link, new_token
from wiki.storage.dialect import one_at_a_time

WAITING_LETTER = "sign-ups-waiting"
WELCOME_LASTS = timedelta(days=7)


def tell_admins(session: Session, asked: SignUp, *, write: Write, now: datetime) -> None:
    """Write to every administrator who waits, and why: at once, but one letter a day at most.

    Whoever asks after today's letter is told of in tomorrow's, unless all are decided by then.
    """
    tomorrow = (now + timedelta(days=1)).replace(hour=6, minute=0, second=0, microsecond=0)
    for admin in queries.active_admins(session):
        key, moment = _waiting_key(admin.id, now), now
        if was_written(session, key):
            key, moment = _waiting_key(admin.id, tomorrow), tomorrow
        envelope = Envelope(
            key=key,
            kind=WAITING_LETTER,
            recipient=admin.email,
            person_id=admin.id,
            send_after=moment,
            is_secret=True,  # what they said to be let in is not kept for longer than they wait
        )
        words = write(
            "sign_up_waiting",
            "/members/waiting",
            name=admin.name,
            asker=asked.name,
            email=asked.email,
            reason=asked.reason,
        )
        queue(session, envelope, words, now=now)


def _waiting_key(person_id: int, moment: datetime) -> str:
    return f"{WAITING_LETTER}:{person_id}:{moment:%Y-%m-%d}"


def approve(
    session: Session,
    sign_up_id: int,
    *,
    team_id: int | None,
    actor_id: int,
    write: Write,
    now: datetime,
) -> int:
    """Let in somebody who waits, into this team, and send them a link; return their id.

    The team is the administrator's to say: it may open pages that are limited to it. Raises
    NotFound when nobody waits under this number (any more), Invalid for a team that is none.
    """
    one_at_a_time(session, "people")
    asked = _waiting(session, sign_up_id)
    if team_id is not None and team_id not in dict(queries.team_choices(session)):
        raise Invalid("Choose a team from the list.", field="team")
    person_id = join(session, asked, team_id=team_id, now=now, actor_id=actor_id)
    record(session, "sign_up.approved", at=now, actor_id=actor_id, person=person_id)
    token = make_link(session, person_id, now=now, token=new_token(), lasts=WELCOME_LASTS)
    envelope = Envelope(
        key=f"sign-up-approved:{hashed(token)}",
        kind="sign-up",
        recipient=asked.email,
        person_id=person_id,
        send_before=now + WELCOME_LASTS,
        is_secret=True,
    )
    words = write("sign_up_approved", f"/sign-in/link/{token}", name=asked.name)
    queue(session, envelope, words, now=now)
    _forget_letters(session)
    return person_id


def refuse(
    session: Session, sign_up_id: int, *, actor_id: int, write: Write, now: datetime
) -> None:
    """Turn away somebody who waits, and tell them politely. Raises NotFound as `approve` does."""
    one_at_a_time(session, "people")
    asked = _waiting(session, sign_up_id)
    asked.outcome, asked.decided_at, asked.decided_by = "refused", now, actor_id
    session.flush()
    record(session, "sign_up.refused", at=now, actor_id=actor_id, sign_up=asked.id)
    envelope = Envelope(key=f"sign-up-refused:{asked.id}", kind="sign-up", recipient=asked.email)
    queue(session, envelope, write("sign_up_refused", name=asked.name), now=now)
    _forget_letters(session)


def _waiting(session: Session, sign_up_id: int) -> SignUp:
    asked = queries.sign_up_to_change(session, sign_up_id)
    if asked is None or asked.proven_at is None or asked.outcome:
        raise NotFound(
            "Nobody is waiting here any more: somebody else may have decided in the meantime."
        )
    return asked


def _forget_letters(session: Session) -> None:
    if not queries.waiting(session):
        take_back(session, kind=WAITING_LETTER)

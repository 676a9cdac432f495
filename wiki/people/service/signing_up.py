"""Asking to join: an address is proven by a letter, then people come in or wait for approval.

Whoever asks is answered alike; who they are to us is said in the letter alone, which only the
owner of the address reads. A letter to an address that nobody proved yet holds nothing that the
one who asked wrote: it could be an advertisement.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.activity.service import record
from wiki.errors import NotAllowed
from wiki.mail.letters import Envelope, queue
from wiki.people import queries
from wiki.people.models import Person, SignUp
from wiki.people.queries import WikiSettings
from wiki.people.rules.joining import AT_ONCE, way_in
from wiki.people.rules.names import person_name
from wiki.people.service.approving import tell_admins
from wiki.people.service.invitations import inviter_may_still
from wiki.people.service.joining import end_open_ways, join
from wiki.people.service.letters import Write
from wiki.people.service.naming import refuse_taken_name
from wiki.people.service.signing_in import hashed, open_sign_in
from wiki.storage.dialect import one_at_a_time

SIGN_UP_LASTS = timedelta(days=7)
_SAME_WISH = timedelta(minutes=2)
_KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Somebody wants to join; the team is what they say, for an administrator to confirm."""

    name: str
    email: str
    reason: str = ""
    team_id: int | None = None
    target: str = "/"


@dataclass(frozen=True, slots=True)
class Proven:
    """What came of the button in a letter.

    `outcome` is joined (the browser then holds `token`), waiting, member (they are one already) or
    over (the link).
    """

    outcome: str
    name: str = ""
    token: str = ""


def ask_to_join(session: Session, wish: Wish, token: str, *, write: Write, now: datetime) -> None:
    """Write to the address how to join, or why there is no need to; asked twice, write once.

    Raises NotAllowed and Invalid where `way_in` does.
    """
    settings = queries.wiki_settings(session)
    way_in(settings.sign_up, settings.domains, wish.email)
    known = queries.known_people(session, [wish.email]).get(wish.email)
    if known is not None and known.state != "imported":
        _tell_known(session, known, wish.email, write=write, now=now)
        return
    session.execute(sa.delete(SignUp).where(_is_forgotten(now)))
    if queries.asked_lately(session, wish.email, since=now - _SAME_WISH, now=now):
        return
    session.add(
        SignUp(
            email=wish.email,
            name=wish.name,
            reason=wish.reason,
            team_id=wish.team_id,
            token_hash=hashed(token),
            made_at=now,
            expires_at=now + SIGN_UP_LASTS,
            outcome="",
        )
    )
    session.flush()
    envelope = Envelope(
        key=f"sign-up:{hashed(token)}",
        kind="sign-up",
        recipient=wish.email,
        send_before=now + SIGN_UP_LASTS,
        is_secret=True,
    )
    words = write("sign_up", f"/sign-up/{token}", wish.target)
    queue(session, envelope, words, now=now)


def _is_forgotten(now: datetime) -> sa.ColumnElement[bool]:
    """Return which rows tell nobody anything any more: addresses are not kept for ever."""
    has_no_end = sa.and_(SignUp.outcome == "", SignUp.proven_at.is_(None))
    is_old = SignUp.expires_at <= now - _KEPT
    return sa.and_(sa.or_(has_no_end, SignUp.outcome != ""), is_old)


def _tell_known(
    session: Session, known: Person, email: str, *, write: Write, now: datetime
) -> None:
    """Write to a member that they are one, or that they no longer are."""
    template, path = "sign_up_member", "/sign-in"
    if known.state == "deactivated":
        template, path = "sign_up_ended", ""
    slot = int(now.timestamp() // _SAME_WISH.total_seconds())
    envelope = Envelope(
        key=f"{template}:{known.id}:{slot}", kind="sign-up", recipient=email, person_id=known.id
    )
    queue(session, envelope, write(template, path, name=known.name), now=now)


def prove(session: Session, token: str, *, name: str, write: Write, now: datetime) -> Proven:
    """Spend the link of a letter: whoever holds it owns the address, and is called `name`.

    However many press at the same moment, one of them spends it. Raises Invalid for a name that
    is none or somebody else's; the link is then still good.
    """
    name = person_name(name)
    one_at_a_time(session, "people")
    spent = _spend(session, token, now=now)
    if spent is None:
        return Proven("over")
    spent.name = name
    known = queries.known_people(session, [spent.email]).get(spent.email)
    if known is not None and known.state != "imported":
        is_member = known.state == "active"
        end_open_ways(session, spent.email, "joined" if is_member else "withdrawn", now=now)
        return Proven("member" if is_member else "over")
    # Who wrote in an imported history may come back with another address.
    refuse_taken_name(
        session,
        name,
        person_id=known.id if known else None,
        states=("active", "deactivated"),
    )
    settings = queries.wiki_settings(session)
    if not _comes_in(session, spent, settings):
        _let_wait(session, spent, write=write, now=now)
        return Proven("waiting", name)
    takes_team = spent.invited_by is not None or settings.lets_choose_team
    person_id = join(session, spent, team_id=spent.team_id if takes_team else None, now=now)
    return Proven("joined", name, open_sign_in(session, person_id, now=now))


def _spend(session: Session, token: str, *, now: datetime) -> SignUp | None:
    spent = session.execute(
        sa.update(SignUp)
        .where(
            SignUp.token_hash == hashed(token),
            SignUp.proven_at.is_(None),
            SignUp.outcome == "",
            SignUp.expires_at > now,
        )
        .values(proven_at=now)
        .returning(SignUp.id)
    )
    sign_up_id = spent.scalar_one_or_none()
    return None if sign_up_id is None else session.get(SignUp, sign_up_id)


def _comes_in(session: Session, spent: SignUp, settings: WikiSettings) -> bool:
    """Return whether this one needs nobody's approval; raise NotAllowed for whom may not come."""
    if spent.invited_by is None:
        return way_in(settings.sign_up, settings.domains, spent.email) == AT_ONCE
    if not settings.invites or not inviter_may_still(session, spent):
        raise NotAllowed("This invitation is no longer good. Ask for a new one.")
    return True


def _let_wait(session: Session, spent: SignUp, *, write: Write, now: datetime) -> None:
    """Let an administrator decide, about the latest wish of this address only."""
    session.execute(
        sa.update(SignUp)
        .where(
            SignUp.email == spent.email,
            SignUp.id != spent.id,
            SignUp.proven_at.is_not(None),
            SignUp.outcome == "",
        )
        .values(outcome="withdrawn", decided_at=now)
    )
    session.flush()
    record(session, "sign_up.asked", at=now, sign_up=spent.id)
    tell_admins(session, spent, write=write, now=now)

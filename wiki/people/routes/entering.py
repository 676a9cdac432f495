"""What happens in a browser when a link of a letter, or a new password, lets somebody in."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from wiki.clock import utc_now
from wiki.errors import Invalid
from wiki.people import guards, queries, service
from wiki.people.queries import Member
from wiki.people.rules.returns import HOME
from wiki.web.db import begin, reading, settings

JUST_SIGNED_IN_SECONDS = 60 * 60


def enter_instead(token: str) -> None:
    """Let this browser hold `token`, and end the sign-in that it held before."""
    left = guards.leave()
    guards.enter(token)
    if left:
        with begin() as session:
            service.sign_out(session, left)


def over(target: str = HOME) -> ResponseReturnValue:
    """Answer a link that is over: who is signed in has what they wanted from it and goes on."""
    if guards.me() is not None:
        return redirect(target, 303)
    return render_template("people/link_over.html", may_sign_up=guards.wiki().has_sign_up), 410


def proves_by_password(member: Member) -> bool:
    """Return whether a member shows that it is them by a password, not by a fresh sign-in."""
    with reading() as session:
        return queries.has_password(session, member.id)


def is_just_signed_in() -> bool:
    """Return whether whoever sits here signed in within the last hour."""
    sign_in_id = guards.my_sign_in()
    if sign_in_id is None:
        return False
    with reading() as session:
        moment = queries.signed_in_at(session, sign_in_id)
    return moment is not None and (utc_now() - moment).total_seconds() <= JUST_SIGNED_IN_SECONDS


def check_self(member: Member, password: str, field: str = "password") -> None:
    """Raise Invalid unless whoever sits here is the member: by password, or a fresh sign-in.

    Tries count as those to sign in do, so that nobody guesses here what they may not guess there.
    """
    if not proves_by_password(member):
        if not is_just_signed_in():
            raise Invalid(sign_in_anew(), field=field)
        return
    if not password:
        raise Invalid("Enter your current password.", field=field)
    with begin() as session:
        marks = service.try_own_password(
            session, member_id=member.id, secret=settings().secret_key, now=utc_now()
        )
    with reading() as session:
        is_right = service.is_password_of(session, member.id, password)
    if not is_right:
        raise Invalid("This is not your current password.", field=field)
    with begin() as session:
        service.take_back(session, marks)


def sign_in_anew() -> str:
    """Return the sentence for whoever signed in too long ago."""
    return str(
        gettext(
            "You signed in more than an hour ago. To be sure that it is you, "
            "please sign out, sign in again and come back."
        )
    )

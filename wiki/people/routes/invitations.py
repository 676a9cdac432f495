"""Inviting people by e-mail, and taking invitations back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from wiki.clock import utc_now
from wiki.errors import Invalid
from wiki.people import forms, guards, queries, service
from wiki.people.queries import Member
from wiki.people.routes.letters import write
from wiki.people.routes.wording import role_names
from wiki.people.rules.roles import ROLES, includes
from wiki.people.service import Invited
from wiki.web.db import begin, reading, settings
from wiki.web.refusals import said

_SHOWN = 5


def show() -> ResponseReturnValue:
    """Show the form, and the invitations sent so far: to administrators everybody's."""
    return _page(guards.need_role("facilitator"))


def send() -> ResponseReturnValue:
    """Send the invitations, and say to whom none was sent."""
    member = guards.need_role("facilitator")
    now = utc_now()
    try:
        invitation = forms.invitation(request.form)
        with begin() as session:
            service.try_invite(session, member_id=member.id, secret=settings().secret_key, now=now)
            invited = service.invite(session, member, invitation, write=write, now=now)
    except Invalid as refusal:
        return _page(member, refusal), 422
    flash(_report(invited), "success" if invited.sent else "notice")
    return redirect(url_for("people.invite"), 303)


def revoke(number: int) -> ResponseReturnValue:
    """Take an invitation back."""
    member = guards.need_role("facilitator")
    with begin() as session:
        email = service.revoke_invitation(session, number, actor=member, now=utc_now())
    flash(gettext("The invitation to %(email)s no longer works.", email=email), "success")
    return redirect(url_for("people.invite"), 303)


def _report(invited: Invited) -> str:
    count = len(invited.sent)
    parts = [
        ngettext("One invitation is on its way.", "%(num)s invitations are on their way.", count)
    ]
    if not count:
        parts = [gettext("No invitation was sent.")]
    if invited.members:
        parts.append(gettext("Already members: %(who)s.", who=_some(invited.members)))
    if invited.deactivated:
        parts.append(
            gettext(
                "No longer members, so only an administrator can bring them back: %(who)s.",
                who=_some(invited.deactivated),
            )
        )
    return " ".join(parts)


def _some(emails: tuple[str, ...]) -> str:
    shown = ", ".join(emails[:_SHOWN])
    rest = len(emails) - _SHOWN
    return gettext("%(shown)s and %(rest)s more", shown=shown, rest=rest) if rest > 0 else shown


def _page(member: Member, refusal: Invalid | None = None) -> str:
    is_admin = member.role == "admin"
    with reading() as session:
        teams = queries.team_choices(session)
        rows = queries.invitations(
            session, now=utc_now(), inviter_id=None if is_admin else member.id
        )
    may_give_any = is_admin or guards.wiki().lets_choose_team
    given = [team for team in teams if may_give_any or team[0] == member.team_id]
    errors = [(refusal.field, said(refusal))] if refusal else []
    return render_template(
        "people/invite.html",
        typed={name: request.form.get(name, "") for name in ("emails", "role", "team", "words")},
        roles=[(role, role_names()[role]) for role in ROLES if includes(member.role, role)],
        teams=[("", gettext("None")), *((str(number), name) for number, name in given)],
        role_names=role_names(),
        invitations=rows,
        errors=errors,
        wrong=dict(errors),
    )

"""What a member says about themselves, and leaving the wiki."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from wiki.clock import utc_now
from wiki.errors import Invalid, NotFound
from wiki.people import forms, guards, queries, service
from wiki.people.routes.entering import (
    check_self,
    is_just_signed_in,
    proves_by_password,
    sign_in_anew,
)
from wiki.people.routes.letters import write
from wiki.people.routes.zones import zone_choices
from wiki.people.service import Profile
from wiki.web.db import begin, reading
from wiki.web.refusals import said


def show() -> ResponseReturnValue:
    """Show what is said so far, to be changed."""
    member = guards.need_member()
    with reading() as session:
        person = queries.person(session, member.id)
    if person is None:
        raise NotFound("There is no such member.")
    profile = Profile(
        name=person.name,
        about=person.about,
        time_zone=person.time_zone or "",
        team_id=person.team_id,
    )
    return _form(profile)


def change() -> ResponseReturnValue:
    """Take over what a member says about themselves."""
    member = guards.need_member()
    profile = forms.profile(request.form)
    try:
        with begin() as session:
            service.change_profile(session, member.id, profile, now=utc_now())
    except Invalid as refusal:
        return _form(profile, refusal), 422
    flash(gettext("Your profile has been saved."), "success")
    return redirect(url_for("people.account"), 303)


def ask_to_leave_wiki() -> ResponseReturnValue:
    """Say what leaving means, and show the button."""
    return _leaving()


def leave_wiki() -> ResponseReturnValue:
    """Deactivate whoever sits here and proves to be the member."""
    member = guards.need_member()
    try:
        check_self(member, request.form.get("password", ""))
        with begin() as session:
            service.leave_wiki(session, member.id, write=write, now=utc_now())
    except Invalid as refusal:
        return _leaving(refusal), 422
    guards.leave()
    flash(gettext("You have left the wiki. Thank you for everything you wrote."), "success")
    return redirect("/" if guards.wiki().is_open else url_for("people.sign_in"), 303)


def _form(profile: Profile, refusal: Invalid | None = None) -> str:
    with reading() as session:
        teams = queries.team_choices(session)
    errors = [(refusal.field, said(refusal))] if refusal else []
    return render_template(
        "people/profile.html",
        profile=profile,
        teams=[("", gettext("None")), *((str(number), name) for number, name in teams)],
        team=dict(teams).get(profile.team_id or 0, ""),
        zones=zone_choices(),
        errors=errors,
        wrong=dict(errors),
    )


def _leaving(refusal: Invalid | None = None) -> str:
    has_password = proves_by_password(guards.need_member())
    must_sign_in = not has_password and not is_just_signed_in()
    errors = [(refusal.field if has_password else "", said(refusal))] if refusal else []
    return render_template(
        "people/leave.html",
        has_password=has_password,
        sign_in_anew=sign_in_anew() if must_sign_in else "",
        errors=errors,
        wrong=dict(errors),
    )

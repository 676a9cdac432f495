"""One's own account."""

from functools import cache

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from wiki.clock import utc_now
from wiki.errors import Invalid, NotFound
from wiki.people import guards, queries, service
from wiki.web.db import begin, reading, settings
from wiki.web.refusals import said

_CONTINENTS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


def show() -> ResponseReturnValue:
    """Show who I am here and where I am signed in."""
    return _page()


def change() -> ResponseReturnValue:
    """Change my time zone."""
    member = guards.need_member()
    try:
        with begin() as session:
            service.choose_time_zone(session, member.id, request.form.get("time_zone", ""))
    except Invalid as refusal:
        return _page(refusal), 422
    flash(gettext("Your time zone is saved."), "success")
    return redirect(url_for("people.account"), 303)


def sign_out_everywhere() -> ResponseReturnValue:
    """Sign me out in every browser, this one too."""
    member = guards.need_member()
    with begin() as session:
        service.sign_out_everywhere(session, member.id, now=utc_now())
    guards.leave()
    flash(gettext("You are signed out everywhere."), "success")
    return redirect(url_for("people.sign_in"), 303)


def _page(refusal: Invalid | None = None) -> str:
    member = guards.need_member()
    with reading() as session:
        profile = queries.member_row(session, member.id)
        sign_ins = queries.sign_ins(session, member.id, now=utc_now())
    if profile is None:
        raise NotFound("There is no such member.")
    return render_template(
        "people/account.html",
        profile=profile,
        sign_ins=sign_ins,
        this_sign_in=guards.my_sign_in(),
        zone=request.form.get("time_zone", member.time_zone or ""),
        zones=_zone_choices(),
        role_names=_role_names(),
        errors=[(refusal.field, said(refusal))] if refusal else [],
    )


def _role_names() -> dict[str, str]:
    return {
        "member": gettext("Member"),
        "reviewer": gettext("Reviewer"),
        "facilitator": gettext("Facilitator"),
        "admin": gettext("Administrator"),
    }


def _zone_choices() -> list[tuple[str, str]]:
    own = gettext("%(place)s, as everybody here", place=_place(settings().time_zone))
    return [("", own), *((zone, _place(zone)) for zone in _zones())]


def _place(zone: str) -> str:
    return zone.replace("_", " ")


@cache
def _zones() -> tuple[str, ...]:
    """Return the time zones that are places, and UTC; the others are old names of these."""
    places = (zone for zone in service.time_zones() if zone.partition("/")[0] in _CONTINENTS)
    return (*sorted(places), "UTC")

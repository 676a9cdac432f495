"""One's own account."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from wiki.clock import utc_now
from wiki.errors import NotFound
from wiki.people import guards, queries, service
from wiki.people.routes.wording import role_names
from wiki.people.routes.zones import zone_name
from wiki.people.rules.roles import includes
from wiki.web.db import begin, reading


def show() -> ResponseReturnValue:
    """Show who I am here and where I am signed in."""
    member = guards.need_member()
    with reading() as session:
        profile = queries.member_row(session, member.id)
        card = queries.member_card(session, member.id)
        sign_ins = queries.sign_ins(session, member.id, now=utc_now())
        has_password = queries.has_password(session, member.id)
    if profile is None:
        raise NotFound("There is no such member.")
    return render_template(
        "people/account.html",
        profile=profile,
        card=card,
        sign_ins=sign_ins,
        this_sign_in=guards.my_sign_in(),
        has_password=has_password,
        zone_name=zone_name(member.time_zone or ""),
        role_names=role_names(),
        may_invite=guards.wiki().invites and includes(member.role, "facilitator"),
    )


def sign_out_everywhere() -> ResponseReturnValue:
    """Sign me out in every browser, this one too."""
    member = guards.need_member()
    with begin() as session:
        service.sign_out_everywhere(session, member.id, now=utc_now())
    guards.leave()
    flash(gettext("You have been signed out everywhere."), "success")
    return redirect(url_for("people.sign_in"), 303)

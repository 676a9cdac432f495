"""Moving to another e-mail address, by a letter to that address."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from wiki.clock import utc_now
from wiki.errors import Invalid
from wiki.people import forms, guards, queries, service
from wiki.people.queries import GoodLink
from wiki.people.routes.entering import (
    check_self,
    is_just_signed_in,
    over,
    proves_by_password,
    sign_in_anew,
)
from wiki.people.routes.letters import was_used, write
from wiki.web.db import begin, reading, settings
from wiki.web.refusals import said


def show() -> ResponseReturnValue:
    """Show the form that asks for the new address."""
    guards.need_member()
    return _form()


def ask() -> ResponseReturnValue:
    """Write to the new address; whose it is already is said there and not here."""
    member = guards.need_member()
    now = utc_now()
    try:
        email = forms.one_address(request.form)
        check_self(member, request.form.get("password", ""))
        with begin() as session:
            service.try_link(
                session,
                email=email,
                source=request.remote_addr or "",
                secret=settings().secret_key,
                now=now,
                to_stranger=True,
            )
            service.ask_for_address(
                session, member.id, email, service.new_token(), write=write, now=now
            )
    except Invalid as refusal:
        return _form(refusal), 422
    sentence = gettext(
        (
            "An e-mail is on its way to %(email)s. Your address stays as it is "
            "until you follow the link in it and press the button."
        ),
        email=email,
    )
    flash(sentence, "success")
    return redirect(url_for("people.account"), 303)


def look(token: str) -> ResponseReturnValue:
    """Show the button that takes the new address; looking does not spend the link."""
    link = _good_link(token)
    if link is None:
        return over(url_for("people.account"))
    return render_template("people/address_link.html", token=token, email=link.proves)


def prove(token: str) -> ResponseReturnValue:
    """Spend the link and take the new address."""
    with begin() as session:
        email = service.prove_address(session, token, write=write, now=utc_now())
        if email is not None:
            was_used(session, to_stranger=True)
    if email is None:
        return over(url_for("people.account"))
    flash(gettext("Your address is now %(email)s.", email=email), "success")
    return redirect(url_for("people.account"), 303)


def _good_link(token: str) -> GoodLink | None:
    with reading() as session:
        return queries.good_link(session, service.hashed(token), "address", now=utc_now())


def _form(refusal: Invalid | None = None) -> str:
    member = guards.need_member()
    has_password = proves_by_password(member)
    must_sign_in = not has_password and not is_just_signed_in()
    errors = [(refusal.field, said(refusal))] if refusal else []
    return render_template(
        "people/address.html",
        email=request.form.get("email", ""),
        has_password=has_password,
        sign_in_anew=sign_in_anew() if must_sign_in else "",
        errors=errors,
        wrong=dict(errors),
    )

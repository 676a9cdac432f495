"""Choosing a password: on one's account, or by a letter when it is forgotten."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from wiki.clock import utc_now
from wiki.errors import Invalid, NotFound
from wiki.people import forms, guards, queries, service
from wiki.people.queries import GoodLink
from wiki.people.routes.entering import (
    check_self,
    enter_instead,
    is_just_signed_in,
    over,
    proves_by_password,
    sign_in_anew,
)
from wiki.people.routes.letters import was_used, write
from wiki.web.db import begin, reading, settings
from wiki.web.refusals import said


def show() -> ResponseReturnValue:
    """Show the form in which a member sets or changes the password."""
    guards.need_member()
    return _form()


def change() -> ResponseReturnValue:
    """Change the password, end every other sign-in, and go on with a new one."""
    member = guards.need_member()
    with reading() as session:
        row = queries.member_row(session, member.id)
    if row is None:
        raise NotFound("There is no such member.")
    try:
        check_self(member, request.form.get("current", ""), field="current")
        stored = service.hash_of(request.form.get("password", ""), row.name, row.email)
    except Invalid as refusal:
        return _form(refusal), 422
    with begin() as session:
        token = service.change_password(session, member.id, stored, write, now=utc_now())
    enter_instead(token)
    flash(_is_changed(), "success")
    return redirect(url_for("people.account"), 303)


def forgotten() -> ResponseReturnValue:
    """Show where to ask for a letter that leads to a new password."""
    return _forgotten()


def ask() -> ResponseReturnValue:
    """Send a letter to a member's address; the answer is the same for every address."""
    try:
        email = forms.one_address(request.form)
    except Invalid as refusal:
        return _forgotten(refusal), 422
    now = utc_now()
    with begin() as session:
        service.try_link(
            session,
            email=email,
            source=request.remote_addr or "",
            secret=settings().secret_key,
            now=now,
        )
        service.send_password_link(session, email, service.new_token(), write=write, now=now)
    return redirect(url_for("people.password_link_sent"), 303)


def sent() -> ResponseReturnValue:
    """Say that a letter is on its way, if the address is a member's."""
    return render_template("people/password_link_sent.html")


def look(token: str) -> ResponseReturnValue:
    """Show the form of a new password; looking does not spend the link."""
    if _good_link(token) is None:
        return over(url_for("people.account"))
    return _new_password(token)


def choose(token: str) -> ResponseReturnValue:
    """Spend the link with a new password, and sign in."""
    link = _good_link(token)
    if link is None:
        return over(url_for("people.account"))
    try:
        stored = service.hash_of(request.form.get("password", ""), link.name, link.email)
    except Invalid as refusal:
        return _new_password(token, refusal), 422
    with begin() as session:
        new_token = service.choose_password(session, token, stored, write=write, now=utc_now())
        if new_token is not None:
            was_used(session)
    if new_token is None:
        return over(url_for("people.account"))
    enter_instead(new_token)
    flash(_is_changed(), "success")
    return redirect("/", 303)


def _good_link(token: str) -> GoodLink | None:
    with reading() as session:
        return queries.good_link(session, service.hashed(token), "password", now=utc_now())


def _is_changed() -> str:
    return str(
        gettext("Your new password has been saved, and every other browser has been signed out.")
    )


def _form(refusal: Invalid | None = None) -> str:
    has_password = proves_by_password(guards.need_member())
    must_sign_in = not has_password and not is_just_signed_in()
    errors = [(refusal.field, said(refusal))] if refusal else []
    return render_template(
        "people/password.html",
        has_password=has_password,
        sign_in_anew=sign_in_anew() if must_sign_in else "",
        errors=errors,
        wrong=dict(errors),
    )


def _forgotten(refusal: Invalid | None = None) -> str:
    errors = [(refusal.field, said(refusal))] if refusal else []
    return render_template(
        "people/forgotten.html",
        email=request.form.get("email", ""),
        errors=errors,
        wrong=dict(errors),
    )


def _new_password(token: str, refusal: Invalid | None = None) -> str:
    errors = [(refusal.field, said(refusal))] if refusal else []
    return render_template(
        "people/new_password.html", token=token, errors=errors, wrong=dict(errors)
    )

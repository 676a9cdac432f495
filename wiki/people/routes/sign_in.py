"""Signing in with a password, and signing out."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError

from wiki.clock import utc_now
from wiki.errors import Invalid, NotAllowed
from wiki.people import forms, guards, service
from wiki.people.routes.pages import sign_in_page
from wiki.web import carrying
from wiki.web.db import begin, reading, settings
from wiki.web.refusals import said


def show() -> ResponseReturnValue:
    """Show the ways to sign in; who is signed in already goes on."""
    if guards.me() is not None:
        return redirect(forms.target(request.args), 303)
    return sign_in_page()


@carrying.roomy
def enter() -> ResponseReturnValue:
    """Sign in with address and password."""
    try:
        wanted = forms.credentials(request.form)
    except Invalid as refusal:
        return sign_in_page(refusal), 422
    now = utc_now()
    # Three transactions: the try counts whatever comes of it, and nobody else should wait
    # for the database while a password is checked.
    with begin() as session:
        marks = service.try_sign_in(
            session,
            email=wanted.email,
            source=request.remote_addr or "",
            secret=settings().secret_key,
            now=now,
        )
    with reading() as session:
        found = service.person_with_password(session, wanted.email, wanted.password)
    if found is None:
        return _not_right()
    try:
        with begin() as session:
            service.take_back(session, marks)
            token = service.open_sign_in(
                session, found.person_id, now=now, password_hash=found.password_hash
            )
            service.sign_out(session, guards.leave())
    except NotAllowed:
        # Meanwhile the password was changed, or the member was shut out.
        return _not_right()
    guards.enter(token)
    return carrying.go_on() or redirect(forms.target(request.form), 303)


def _not_right() -> ResponseReturnValue:
    refusal = Invalid("The e-mail address or the password is not right.", field="email")
    return sign_in_page(refusal, also_marked="password"), 422


def ask_to_leave() -> ResponseReturnValue:
    """Show the button that signs out."""
    return render_template("people/sign_out.html")


def leave() -> ResponseReturnValue:
    """Sign out in this browser; who may not read on is not sent to where that is refused."""
    token = guards.leave()
    with begin() as session:
        service.sign_out(session, token)
    flash(gettext("You have been signed out."), "success")
    return redirect("/" if guards.wiki().is_open else url_for("people.sign_in"), 303)


def form_expired(_error: CSRFError) -> ResponseReturnValue:
    """Show the form again with what was typed, when its token was too old."""
    refusal = Invalid("This page was open for too long. Please try again.")
    if request.endpoint in {"people.enter", "people.ask_for_link"}:
        return sign_in_page(refusal), 400
    if request.endpoint == "people.leave":
        return render_template("people/sign_out.html", problem=said(refusal)), 400
    return render_template("errors/400.html", sentence=said(refusal), status=400), 400

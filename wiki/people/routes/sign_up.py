"""Asking to join, and the button in the letter that proves an address or takes an invitation."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from wiki.clock import utc_now
from wiki.errors import Invalid
from wiki.people import forms, guards, queries, service
from wiki.people.queries import OpenLink
from wiki.people.routes.entering import enter_instead, over
from wiki.people.routes.letters import was_used, write
from wiki.people.service import Proven
from wiki.web.db import begin, reading, settings
from wiki.web.refusals import said


def show() -> ResponseReturnValue:
    """Show the form, or say honestly who may join; who is a member already goes on."""
    if guards.me() is not None:
        return redirect(forms.target(request.args), 303)
    return page()


def ask() -> ResponseReturnValue:
    """Write to the address that wants to join; the answer is the same for every address."""
    try:
        wish = forms.wish(request.form, guards.wiki())
        _check_team(wish.team_id)
    except Invalid as refusal:
        return page(refusal), 422
    now = utc_now()
    with begin() as session:
        service.try_link(
            session,
            email=wish.email,
            source=request.remote_addr or "",
            secret=settings().secret_key,
            now=now,
            to_stranger=True,
        )
        service.ask_to_join(session, wish, service.new_token(), write=write, now=now)
    return redirect(url_for("people.sign_up_sent"), 303)


def sent() -> ResponseReturnValue:
    """Say that a letter is on its way."""
    return render_template("people/sign_up_sent.html")


def look(token: str) -> ResponseReturnValue:
    """Show the button that joins; programs that look into letters press none."""
    link = _open_link(token)
    if link is None:
        return over(forms.target(request.args))
    return _join_page(token, link)


def join(token: str) -> ResponseReturnValue:
    """Spend the link: come in, or wait for an administrator."""
    link = _open_link(token)
    if link is None:
        return over(forms.target(request.form))
    try:
        with begin() as session:
            name = request.form.get("name", "")
            proven = service.prove(session, token, name=name, write=write, now=utc_now())
            if proven.outcome != "over":
                was_used(session, to_stranger=True)
    except Invalid as refusal:
        return _join_page(token, link, refusal), 422
    return _after(proven)


def _after(proven: Proven) -> ResponseReturnValue:
    target = forms.target(request.form)
    if proven.outcome == "joined":
        enter_instead(proven.token)
        flash(_welcome(proven.name), "success")
        return redirect(target, 303)
    if proven.outcome == "waiting":
        return redirect(url_for("people.sign_up_waiting"), 303)
    if proven.outcome == "member":
        flash(gettext("You are already a member. Sign in here."), "notice")
        return redirect(url_for("people.sign_in"), 303)
    return over(target)


def waiting() -> ResponseReturnValue:
    """Say that an administrator will decide."""
    return render_template("people/sign_up_waiting.html")


def page(refusal: Invalid | None = None) -> str:
    """Return the page to sign up on with what was typed, and what is wrong with it."""
    with reading() as session:
        teams = queries.team_choices(session)
    errors = [(refusal.field, said(refusal))] if refusal else []
    typed = {name: request.form.get(name, "") for name in ("name", "email", "team", "reason")}
    return render_template(
        "people/sign_up.html",
        typed=typed,
        target=forms.target(request.form if request.method == "POST" else request.args),
        # Who may not read the wiki need not know how the organisation is divided.
        teams=[("", gettext("None of these")), *_choices(teams)] if guards.wiki().is_open else [],
        errors=errors,
        wrong=dict(errors),
    )


def _choices(teams: list[tuple[int, str]]) -> list[tuple[str, str]]:
    return [(str(number), name) for number, name in teams]


def _check_team(team_id: int | None) -> None:
    with reading() as session:
        teams = dict(queries.team_choices(session))
    if team_id is not None and team_id not in teams:
        raise Invalid("Choose a team from the list.", field="team")


def _open_link(token: str) -> OpenLink | None:
    with reading() as session:
        return queries.open_link(session, service.hashed(token), now=utc_now())


def _join_page(token: str, link: OpenLink, refusal: Invalid | None = None) -> str:
    errors = [(refusal.field, said(refusal))] if refusal else []
    return render_template(
        "people/join.html",
        token=token,
        link=link,
        name=request.form.get("name", link.name),
        target=forms.target(request.form if request.method == "POST" else request.args),
        errors=errors,
        wrong=dict(errors),
    )


def _welcome(name: str) -> str:
    return str(
        gettext(
            "Welcome, %(name)s. A good first step: look under “Where words are needed” for a "
            "section that you know something about.",
            name=name,
        )
    )

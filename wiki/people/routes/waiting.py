"""Letting in, or turning away, those who asked to join."""

from typing import cast

from flask import Flask, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from wiki.clock import utc_now
from wiki.errors import Invalid
from wiki.people import forms, guards, queries, service
from wiki.people.routes.letters import write
from wiki.web.db import begin, reading
from wiki.web.panels import add_panel
from wiki.web.refusals import said


def show() -> ResponseReturnValue:
    """List those who wait, the longest waiting first."""
    guards.need_role("admin")
    return _page()


def decide(number: int) -> ResponseReturnValue:
    """Let in or turn away one who waits; they get a letter."""
    me = guards.need_role("admin")
    decision = request.form.get("act", "")
    if decision not in {"approve", "refuse"}:
        return _page(Invalid("Choose whether to let this person in.")), 422
    try:
        with begin() as session:
            if decision == "approve":
                _approve(session, number, me.id)
                told = gettext(
                    "They are now a member and will get an e-mail with a link to sign in."
                )
            else:
                service.refuse(session, number, actor_id=me.id, write=write, now=utc_now())
                told = gettext("They have not been let in and will get an e-mail that says so.")
    except Invalid as refusal:
        return _page(refusal), 422
    flash(told, "success")
    return redirect(url_for("people.waiting"), 303)


def _approve(session: Session, number: int, actor_id: int) -> None:
    team_id = forms.team_of(request.form)
    service.approve(session, number, team_id=team_id, actor_id=actor_id, write=write, now=utc_now())


def add_panels(state: BlueprintSetupState) -> None:
    """Tell administrators on the home page that somebody waits."""
    add_panel(cast("Flask", state.app), "home", _at_home)


def _at_home() -> str:
    member = guards.me()
    if member is None or member.role != "admin":
        return ""
    with reading() as session:
        count = len(queries.waiting(session))
    return render_template("people/waiting_at_home.html", count=count) if count else ""


def _page(refusal: Invalid | None = None) -> str:
    with reading() as session:
        rows = queries.waiting(session)
        teams = queries.team_choices(session)
    return render_template(
        "people/waiting.html",
        rows=rows,
        teams=[("", gettext("None")), *((str(number), name) for number, name in teams)],
        errors=[(refusal.field, said(refusal))] if refusal else [],
    )

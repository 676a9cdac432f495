"""Telling administrators that no letter leaves, as it is after a restore."""

from typing import cast

from flask import Flask, render_template
from flask.blueprints import BlueprintSetupState

from wiki.mail import outbox
from wiki.people import guards
from wiki.web.db import reading
from wiki.web.panels import add_panel


def add_panels(state: BlueprintSetupState) -> None:
    """Say it on the home page, until mail is switched on."""
    add_panel(cast("Flask", state.app), "home", _at_home)


def _at_home() -> str:
    member = guards.me()
    if member is None or member.role != "admin" or guards.wiki().mail == "on":
        return ""
    with reading() as session:
        counts = outbox.counts(session)
    waits = sum(counts[state] for state in ("waiting", "taken", outbox.HELD))
    return render_template("people/mail_off_at_home.html", count=waits, held=counts[outbox.HELD])

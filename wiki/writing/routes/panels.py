"""What writing shows on pages below it."""

from typing import cast

from flask import Flask, render_template
from flask.blueprints import BlueprintSetupState

from wiki.people import guards
from wiki.web.db import reading
from wiki.web.panels import add_panel
from wiki.writing.queries import drafts
from wiki.writing.routes.blueprint import bp
from wiki.writing.routes.presenting import draft_line

SHOWN = 3


def drafts_at_home() -> str:
    """Return a member's latest drafts, and the place for what their browser alone kept."""
    member = guards.me()
    if member is None:
        return ""
    with reading() as session:
        rows = drafts.of_person(session, member.id, limit=SHOWN)
        count = drafts.count_of_person(session, member.id)
    lines = [draft_line(row) for row in rows]
    return render_template("writing/drafts_at_home.html", drafts=lines, count=count)


@bp.record_once
def add(state: BlueprintSetupState) -> None:
    """Put the panels where they belong."""
    add_panel(cast("Flask", state.app), "home", drafts_at_home)

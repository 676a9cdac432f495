"""What changed lately over the whole wiki."""

from datetime import datetime
from http import HTTPStatus
from itertools import groupby
from zoneinfo import ZoneInfo

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.pages.forms import place_after, read_changes_filter
from wiki.pages.guards import sight
from wiki.pages.queries import changes as queries
from wiki.pages.queries.changes import Sitting
from wiki.pages.routes import places
from wiki.pages.routes.blueprint import door
from wiki.people import guards
from wiki.web.db import reading
from wiki.web.refusals import said

LEVELS = 2


@door("/changes")
def changes() -> ResponseReturnValue:
    """Show what was changed, a row a sitting, day by day."""
    zone = guards.reader_zone()
    chosen = read_changes_filter(request.args, zone)
    with reading() as session:
        found = queries.recent(session, chosen.wanted, sight())
        writers = queries.writers(session, sight())
        teams = queries.teams(session)
    under = chosen.wanted.under
    sittings = found[: queries.PAGE_LENGTH]
    older = ""
    if len(found) > len(sittings):
        older = url_for("pages.changes", **chosen.query, before=place_after(sittings[-1]))
    page = render_template(
        "pages/changes.html",
        days=by_day(sittings, zone),
        chosen=chosen,
        errors={name: said(error) for name, error in chosen.errors.items()},
        places=_places(chosen.query.get("under", "") if "under" in chosen.errors else under),
        is_nowhere=bool(under) and not sittings and under not in places.whole_tree().nodes,
        writers=writers,
        teams=teams,
        older=older,
        newest=url_for("pages.changes", **chosen.query) if chosen.wanted.before else "",
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if chosen.errors else HTTPStatus.OK


def _places(under: str) -> list[tuple[str, str]]:
    """Return the pages that others stand under, and the one asked for wherever it lies."""
    parts = [
        (node.path, f"{'– ' * depth}{node.title}")  # noqa: RUF001  # shows the level
        for depth, node in places.whole_tree().walk()
        if node.children and depth < LEVELS
    ]
    is_listed = not under or under in dict(parts)
    return parts if is_listed else [*parts, (under, under)]


def by_day(sittings: list[Sitting], zone: str) -> list[tuple[datetime, list[Sitting]]]:
    """Return the sittings of each day, as the reader's clock counts days, with a moment of it."""
    here = ZoneInfo(zone)
    days = groupby(sittings, key=lambda sitting: sitting.ended_at.astimezone(here).date())
    grouped = [list(rows) for _, rows in days]
    return [(rows[0].ended_at, rows) for rows in grouped]

"""A page with all its words marked by who wrote them, or by how old they are."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any, cast

from flask import Flask, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from wiki.authorship import guards
from wiki.authorship.forms import read_asked, read_question
from wiki.authorship.queries.attribution import Attribution, attribution
from wiki.authorship.routes import legends, who_wrote
from wiki.authorship.routes.blueprint import bp, door, keep_up
from wiki.authorship.routes.contributors import asking, page_at
from wiki.authorship.routes.legends import Legend
from wiki.pages.guards import no_page, sight
from wiki.pages.queries import links, reading
from wiki.pages.queries.reading import ReadPage
from wiki.pages.routes import places, show
from wiki.text.attributed import attribute, looks_of, marked
from wiki.web.db import reading as reads
from wiki.web.db import settings
from wiki.web.panels import add_panel
from wiki.web.refusals import said

# What of an address goes on to the next when something else is chosen.
CARRIED = ("revision", "view", "by")


@door("/pages/<path:path>/authorship")
def authorship(path: str) -> ResponseReturnValue:
    """Show the page with its words marked by author or age, as far as it may be told."""
    asked = read_asked({"revision": request.args.get("revision", "")}, settings().time_zone)
    question = read_question(request.args)
    with reads() as session:
        page_id = reading.page_id(session, path, sight(), with_deleted=True)
        there = places.elsewhere(session, path) if page_id is None else None
    if page_id is None:
        if there is None:
            raise no_page(path)
        return there
    keep_up(page_id)
    with reads() as session:
        page = page_at(session, page_id, asked.number)
        found = attribution(session, page, asking())
        html = show.rendering_of(page).html
        targets = links.targets_of(session, page_id, sight())
    errors = {**asked.errors, **question.errors}
    shown = render_template(
        "authorship/attributed.html",
        page=page,
        found=found,
        question=question,
        errors={name: said(error) for name, error in errors.items()},
        crumbs=places.crumbs(path),
        here_url=url_for("authorship.authorship", path=path),
        carried=[(name, value) for name in CARRIED if (value := request.args.get(name, ""))],
        **_marked(found, show.with_links(html, targets), path),
        **who_wrote.answer(found, question, path),
    )
    return shown, HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK


def _marked(found: Attribution, html: str, path: str) -> dict[str, object]:
    """Return what the template says of the text: its words marked, the legend and the notes."""
    is_by_age = _is_by_age(found)
    legend = legends.by_age(found) if is_by_age else legends.by_person(found)
    wanted = request.args.get("by", "").strip()
    chosen = next((one.slot for one in legend.entries if one.key == wanted), 0)
    told = attribute(html, found.written.spans)
    runs = told.runs
    told = replace(
        told, pieces=tuple(one for one in told.pieces if runs[one.run - 1].origin in legend.slots)
    )
    shown_runs = [run for run in runs if run.origin in legend.slots]
    looks = looks_of(shown_runs, legend.slots, kind="age" if is_by_age else "series", chosen=chosen)
    return {
        "is_by_age": is_by_age,
        "html": marked(told, looks),
        "looks": looks,
        "chosen": chosen,
        "is_unknown": bool(wanted and not chosen),
        "notes": legends.notes(found, shown_runs, looks, path),
        "legend": legend,
        "entries": _entries(legend, chosen, path, is_by_age=is_by_age),
        "all_url": _url(path, by=None),
        "switches": _switches(path, is_by_age=is_by_age),
    }


def _is_by_age(found: Attribution) -> bool:
    """Return whether ages are to be shown: as asked, else where nobody is told from the others."""
    view = request.args.get("view", "")
    writing = [one for one in found.lines if one.line.measures.standing > 0]
    return view == "age" or (view != "people" and len(writing) == 1 and writing[0].line.people > 1)


def _entries(
    legend: Legend, chosen: int, path: str, *, is_by_age: bool
) -> list[Mapping[str, object]]:
    view = "age" if is_by_age else "people"
    return [
        {
            "slot": one.slot,
            "look": one.look,
            "name": one.name,
            "share": f"{one.share:.1f}%",
            "url": _url(path, by=one.key, view=view),
            "is_current": one.slot == chosen,
        }
        for one in legend.entries
    ]


def _switches(path: str, *, is_by_age: bool) -> list[tuple[str, str, bool]]:
    return [
        (gettext("By author"), _url(path, by=None, view="people"), not is_by_age),
        (gettext("By age"), _url(path, by=None, view="age"), is_by_age),
    ]


def _url(path: str, **changed: str | None) -> str:
    """Return the address of this page with something else chosen; None chooses nothing."""
    kept = {name: request.args.get(name) for name in CARRIED}
    asked: dict[str, Any] = {name: value for name, value in {**kept, **changed}.items() if value}
    return url_for("authorship.authorship", path=path, **asked)


def way_to_ask(page: ReadPage) -> str:
    """Return what lets readers of a page ask who wrote the words that they select."""
    if not guards.has_any() or page.deleted_at is not None:
        return ""
    return render_template("authorship/ask.html", page=page)


@bp.record_once
def add(state: BlueprintSetupState) -> None:
    """Put the panel where it belongs."""
    add_panel(cast("Flask", state.app), "page_head", way_to_ask)

"""The page on which an administrator limits who may read or write a subtree."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from wiki.clock import utc_now
from wiki.errors import Invalid
from wiki.pages import guards
from wiki.pages.forms import Chosen, chosen_rules, read_rules
from wiki.pages.queries import reading
from wiki.pages.queries.sight import EVERYTHING
from wiki.pages.routes import places, who_may
from wiki.pages.routes.blueprint import bp
from wiki.pages.service import limits as service
from wiki.people.rules.rights import by_place
from wiki.text.paths import is_within, title_from_path
from wiki.web.db import begin
from wiki.web.db import reading as reads
from wiki.web.filters import page_url
from wiki.web.refusals import said


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A limit of another page that bears on this one, or on one under it."""

    title: str
    url: str
    rule: str


@bp.get("/pages/<path:path>/access")
def access(path: str) -> ResponseReturnValue:
    """Show who may read and write a page and all under it, and let it be changed."""
    guards.need_right("limit", path)
    with reads() as session:
        title = _title(session, path)
        if title is None:
            moved = places.elsewhere(session, path)
            if moved is None:
                raise guards.no_page(path)
            return moved
    rows = by_place(guards.limits())
    return _page(
        path, title, {act: chosen_rules(rows.get((path, act), ())) for act in service.ACTS}
    )


@bp.post("/pages/<path:path>/access")
def limit(path: str) -> ResponseReturnValue:
    """Set who may read and write a page and all under it."""
    member = guards.need_right("limit", path)
    chosen = {act: Chosen.read(request.form, act) for act in service.ACTS}
    with reads() as session:
        title = _title(session, path)
    if title is None:
        raise guards.no_page(path)
    try:
        rules = {act: read_rules(chosen[act], act) for act in service.ACTS}
        with begin() as session:
            for act in service.ACTS:
                service.limit(session, path, act, rules[act], now=utc_now(), actor_id=member.id)
    except Invalid as refusal:
        return _page(path, title, chosen, refusal), 422
    flash(gettext("Saved: these people can now read and change this page."), "success")
    return redirect(url_for("pages.access", path=path), 303)


def _title(session: Session, path: str) -> str | None:
    """Return what stands at `path`, or used to be limited there; None if nothing ever did."""
    node = places.whole_tree().nodes.get(path)
    if node is not None:
        return node.title
    page_id = reading.page_id(session, path, EVERYTHING, with_deleted=True)
    if page_id is not None:
        return reading.outline(session, page_id).page_title
    return title_from_path(path) if any(row.path == path for row in guards.limits()) else None


def _page(
    path: str, title: str, chosen: Mapping[str, Chosen], refusal: Invalid | None = None
) -> str:
    node = places.whole_tree().nodes.get(path)
    return render_template(
        "pages/access.html",
        path=path,
        title=title,
        is_page=node is not None and node.is_page,
        below=sum(one.is_page for _, one in node.walk() if one is not node) if node else 0,
        sentences=[who_may.sentence(act, path) for act in service.ACTS],
        above=_elsewhere(path, is_above=True),
        under=_elsewhere(path, is_above=False),
        chosen=chosen,
        teams=list(who_may.team_names().items()),
        errors=[(refusal.field, said(refusal))] if refusal else [],
        crumbs=places.crumbs(path),
    )


def _elsewhere(path: str, *, is_above: bool) -> list[Elsewhere]:
    nodes = places.whole_tree().nodes
    return [
        Elsewhere(
            nodes[top].title if top in nodes else title_from_path(top),
            f"{page_url(top)}/access",
            who_may.rule_said(rows),
        )
        for (top, _), rows in by_place(guards.limits()).items()
        if top != path and (is_within(path, top) if is_above else is_within(top, path))
    ]

"""The history of a page, fifty revisions at a time."""

from http import HTTPStatus

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.errors import Invalid
from wiki.pages.forms import HistoryFilter, read_history_filter
from wiki.pages.guards import no_page, sight
from wiki.pages.queries import history as queries
from wiki.pages.queries import reading
from wiki.pages.queries.history import Part
from wiki.pages.routes import places
from wiki.pages.routes.blueprint import bp, door
from wiki.people import guards
from wiki.web.db import reading as reads
from wiki.web.refusals import said


@door("/pages/<path:path>/history")
def history(path: str) -> ResponseReturnValue:
    """Show the revisions of a page, narrowed by author and date, newest first."""
    chosen = read_history_filter(request.args, guards.reader_zone())
    with reads() as session:
        page_id = reading.page_id(session, path, sight(), with_deleted=True)
        if page_id is None:
            moved = places.elsewhere(session, path)
            if moved is None:
                raise no_page(path)
            return moved
        part = queries.history(session, page_id, chosen.wanted)
        authors = queries.authors(session, page_id)
        page = reading.outline(session, page_id)
    shown = render_template(
        "pages/history.html",
        page=page,
        part=part,
        authors=authors,
        chosen=chosen,
        errors={name: said(error) for name, error in chosen.errors.items()},
        newer=_newer(path, part, chosen),
        older=_older(path, part, chosen),
        crumbs=places.crumbs(path),
    )
    return shown, HTTPStatus.UNPROCESSABLE_ENTITY if chosen.errors else HTTPStatus.OK


@bp.get("/pages/<path:path>/compare")
def choose(path: str) -> ResponseReturnValue:
    """Lead from the two chosen revisions to their comparison."""
    guards.need_reader()
    older = request.args.get("from", type=int)
    newer = request.args.get("to", type=int)
    if older is None or newer is None:
        raise Invalid("Choose two revisions to compare: go back and mark one in each column.")
    pair = f"{min(older, newer)}..{max(older, newer)}"
    return redirect(url_for("pages.compare", path=path, pair=pair))


def _newer(path: str, part: Part, chosen: HistoryFilter) -> str:
    if not part.has_newer or not part.lines:
        return ""
    return url_for("pages.history", path=path, **chosen.query, after=part.lines[0].number)


def _older(path: str, part: Part, chosen: HistoryFilter) -> str:
    if not part.has_older or not part.lines:
        return ""
    return url_for("pages.history", path=path, **chosen.query, before=part.lines[-1].number)

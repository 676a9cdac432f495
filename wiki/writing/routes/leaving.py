"""Leaving the form without saving: what was kept of it meanwhile is thrown away or kept on."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from wiki.pages.guards import sight
from wiki.pages.routes import places
from wiki.people import guards
from wiki.web.db import begin, reading
from wiki.writing import service
from wiki.writing.queries import drafts, edited
from wiki.writing.queries.drafts import DraftRow
from wiki.writing.routes.blueprint import bp
from wiki.writing.routes.presenting import DraftLine, cancel_url, draft_line
from wiki.writing.rules.keeping import form_of


@bp.get("/pages/<path:path>/leave")
def leave(path: str) -> ResponseReturnValue:
    """Ask what shall become of the draft of a form; lead to the page where there is none."""
    member = guards.need_member()
    name = request.args.get("form", "")
    with reading() as session:
        page = edited.find(session, sight(), path, None, with_deleted=False)
        rows = drafts.of_page(session, member.id, page.page_id if page else None, path)
        kept = next((draft_line(row) for row in rows if row.form == name), None)
        kept = kept or _opened_with(session, rows)
    if kept is not None:
        return render_template(
            "writing/leave.html", draft=kept, back=cancel_url(page), crumbs=places.crumbs(path)
        )
    if page is not None:
        with begin(quiet=True) as session:
            service.close_form(session, page.page_id, member.id)
    return redirect(cancel_url(page), 303)


def _opened_with(session: Session, rows: list[DraftRow]) -> DraftLine | None:
    """Return the draft with which the form was opened, if nobody wrote to it since."""
    stand = request.args.get("continues", "")
    name = form_of(stand)
    row = next((row for row in rows if row.form == name), None)
    if row is None or drafts.content(session, row.draft_id).stand != stand:
        return None
    return draft_line(row)

"""A draft becomes the draft of a new page, title and place chosen: its own page may be deleted."""

from http import HTTPStatus

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from wiki.clock import utc_now
from wiki.errors import Invalid, NotFound
from wiki.people import guards
from wiki.text.paths import parent
from wiki.web.db import begin, reading
from wiki.writing import service
from wiki.writing.forms.acts import Wanted, wanted
from wiki.writing.queries import drafts
from wiki.writing.routes.acting import errors_of, parents
from wiki.writing.routes.blueprint import bp
from wiki.writing.routes.new_page import check_new
from wiki.writing.routes.presenting import NO_DRAFT, DraftLine, draft_line


@bp.route("/drafts/<int(max=2147483647):draft_id>/new-page", methods=["GET", "POST"])
def draft_as_new_page(draft_id: int) -> ResponseReturnValue:
    """Ask for the title and the place of a new page for a draft, or lead to its form."""
    member = guards.need_member()
    with reading() as session:
        row = drafts.own(session, member.id, draft_id)
    if row is None:
        raise NotFound(NO_DRAFT)
    line = draft_line(row)
    if request.method != "POST":
        return _page(line, Wanted(line.title, parent(line.path) or "", ""))
    form = wanted(request.form)
    try:
        check_new(form)
        with begin() as session:
            service.carry_over(
                session, member.id, draft_id, path=form.path, title=form.title, now=utc_now()
            )
    except Invalid as refused:
        return make_response(_page(line, form, refused), HTTPStatus.UNPROCESSABLE_ENTITY)
    flash(gettext("Your text is in the box below. Save it to make the new page."), "notice")
    return redirect(url_for("writing.edit", path=form.path, draft=draft_id), 303)


def _page(line: DraftLine, form: Wanted, *refused: Invalid) -> str:
    return render_template(
        "writing/draft_as_new_page.html",
        draft=line,
        form=form,
        parents=parents(),
        errors=errors_of(*refused),
    )

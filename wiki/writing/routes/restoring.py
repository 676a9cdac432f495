"""Restoring an old text of a page: first what would change, then doing it."""

from http import HTTPStatus

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from wiki.clock import utc_now
from wiki.errors import Invalid, NotFound, WikiError
from wiki.pages.queries import history
from wiki.pages.queries.history import Line
from wiki.pages.queries.reading import Outline
from wiki.pages.routes import places
from wiki.people.queries import Member
from wiki.web.db import begin, reading
from wiki.web.filters import page_url
from wiki.writing.forms.acts import note, number, words
from wiki.writing.queries import standing
from wiki.writing.routes.acting import act, errors_of, to_page
from wiki.writing.routes.presenting import compared
from wiki.writing.service import restoring
from wiki.writing.service.meanwhile import ChangedMeanwhile


@act("restore", "restore")
def restore(page: Outline, member: Member) -> ResponseReturnValue:
    """Show what would change if an old text came back, or bring it back."""
    asked = number(request.values, "number")
    if asked is None:  # its history has a way here from each revision
        return redirect(url_for("pages.history", path=page.path))
    if request.method != "POST":
        return _page(page, asked)
    try:
        return _restore(page, member, asked)
    except Invalid as refused:
        is_stale = isinstance(refused, ChangedMeanwhile)
        status = HTTPStatus.CONFLICT if is_stale else HTTPStatus.UNPROCESSABLE_ENTITY
        return make_response(_page(page, asked, refused), status)


def _restore(page: Outline, member: Member, asked: int) -> ResponseReturnValue:
    with begin() as session:
        revision = restoring.restore(
            session,
            page.page_id,
            asked,
            base=number(request.form, "base") or 0,
            author_id=member.id,
            made_at=utc_now(),
            note=note(request.form),
        )
    if revision is None:
        flash(gettext("The page already says exactly this."), "notice")
        return redirect(page_url(page.path), 303)
    said = gettext(
        "The page again says what it said in revision %(number)s. This is revision %(now)s.",
        number=asked,
        now=revision.number,
    )
    return to_page(page.path, str(said))


def _page(page: Outline, asked: int, *refused: WikiError) -> str:
    with reading() as session:
        line: Line | None = history.line(session, page.page_id, asked)
        old = standing.text_at(session, page.page_id, asked)
        now = standing.text_at(session, page.page_id, page.head_number)
    if line is None or old is None or now is None:
        raise NotFound("This page has no revision {number}.", number=asked)
    return render_template(
        "writing/restore.html",
        page=page,
        line=line,
        comparison=None if old == now else compared(now, old, page.path),
        note=words(request.form, "note"),
        errors=errors_of(*refused),
        crumbs=places.crumbs(page.path),
    )

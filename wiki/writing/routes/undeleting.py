"""Deleted pages: the list of them, one of them to read, and bringing it back.

A deleted page is found by its number here, as another page may stand at its path by now.
"""

from http import HTTPStatus

from flask import flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from markupsafe import Markup

from wiki.clock import utc_now
from wiki.errors import Invalid, NotAllowed, NotFound, WikiError
from wiki.pages import service as pages
from wiki.pages.guards import has_right, sight
from wiki.pages.models import Page
from wiki.pages.queries import history, reading
from wiki.pages.queries.history import Wanted as Lines
from wiki.people.guards import need_member
from wiki.people.queries import Member
from wiki.people.rules.roles import includes
from wiki.web.db import begin
from wiki.web.db import reading as reads
from wiki.web.filters import page_url
from wiki.writing.forms.acts import Wanted, note, number, wanted, wanted_as, words
from wiki.writing.queries import standing
from wiki.writing.queries.standing import Deleted
from wiki.writing.routes.acting import errors_of, parents, to_page
from wiki.writing.routes.blueprint import bp
from wiki.writing.service import deleting


@bp.get("/deleted")
def deleted() -> ResponseReturnValue:
    """List the pages that were deleted: all for facilitators, their own for others."""
    member = need_member()
    with reads() as session:
        found = standing.deleted(
            session, sight(), only_by=_only_by(member), before=number(request.args, "before")
        )
    shown = found[: standing.LISTED]
    return render_template(
        "writing/deleted.html",
        pages=shown,
        older=shown[-1].revision_id if len(found) > len(shown) else None,
        is_whole=_only_by(member) is None,
    )


@bp.route("/deleted/<int(max=2147483647):page_id>", methods=["GET", "POST"])
def deleted_page(page_id: int) -> ResponseReturnValue:
    """Show a deleted page and the form to bring it back, or do it."""
    member = need_member()
    with reads() as session:
        only_by = _only_by(member)
        page = standing.deleted_page(session, page_id, sight(), only_by=only_by)
        others = standing.deleted_with(session, page, sight(), only_by=only_by) if page else []
    if page is None:
        return _is_back(page_id)
    if request.method != "POST":
        return _page(page, others, wanted_as(page.path, page.title))
    return _bring_back(page, others, member)


def _bring_back(
    page: Deleted, others: list[tuple[int, str]], member: Member
) -> ResponseReturnValue:
    form = wanted({**request.form, "title": page.title})
    paths = {page.page_id: form.path}
    if request.form.get("with_pages"):
        paths |= {one: form.path + path.removeprefix(page.path) for one, path in others}
    _need_rights(page, paths, member)
    try:
        with begin() as session:
            count = deleting.undelete(
                session,
                paths,
                author_id=member.id,
                made_at=utc_now(),
                note=note(request.form),
            )
    except Invalid as refused:
        shown = _page(page, others, form, refused)
        return make_response(shown, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not count:
        return _is_back(page.page_id)
    said = ngettext("The page is back.", "%(num)s pages are back.", count)
    return to_page(form.path, said)


def _is_back(page_id: int) -> ResponseReturnValue:
    """Lead to a page that somebody else brought back; raise NotFound if there is none."""
    with reads() as session:
        living = session.get(Page, page_id)
    if living is None or living.deleted_at is not None or not sight().sees(living.path):
        raise NotFound("There is no deleted page here that you can bring back.")
    flash(gettext("This page is already back."), "notice")
    return redirect(page_url(living.path), 303)


def _need_rights(page: Deleted, paths: dict[int, str], member: Member) -> None:
    act = "undelete" if _only_by(member) is None else "create"
    if not has_right(act, page.path) or not all(has_right("create", to) for to in paths.values()):
        raise NotAllowed(
            "You cannot put pages here. Choose another place, or ask an administrator."
        )


def _only_by(member: Member) -> int | None:
    """Return whose pages alone are shown; None for those who may bring back all."""
    return None if includes(member.role, "facilitator") else member.id


def _page(page: Deleted, others: list[tuple[int, str]], form: Wanted, *refused: WikiError) -> str:
    asked = number(request.args, "revision") or page.number
    with reads() as session:
        part = history.history(session, page.page_id, Lines())
        shown = reading.revision(session, page.page_id, asked)
    if shown is None:
        raise NotFound("This page has no revision {number}.", number=asked)
    with begin(quiet=True) as session:
        rendered = pages.rendered(session, shown.revision_id)
    return render_template(
        "writing/undelete.html",
        page=page,
        shown=shown,
        # The renderer's own safe HTML.
        html=Markup(rendered.html),  # noqa: S704
        lines=part.lines,
        others=len(others),
        form=form,
        parents=parents(),
        note=words(request.form, "note"),
        with_pages=request.method != "POST" or bool(request.form.get("with_pages")),
        errors=errors_of(*refused),
    )

"""Deleting a page, with a reason and with a word about what that means."""

from http import HTTPStatus

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from markupsafe import Markup

from wiki.clock import utc_now
from wiki.errors import Invalid, WikiError
from wiki.pages.guards import sight
from wiki.pages.queries import links
from wiki.pages.queries.reading import Outline, outline
from wiki.pages.routes import places
from wiki.people.queries import Member
from wiki.text.paths import parent
from wiki.web.db import begin, reading
from wiki.web.filters import page_url
from wiki.writing.forms.acts import number, words
from wiki.writing.queries import standing
from wiki.writing.routes.acting import act, elsewhere, errors_of
from wiki.writing.service import deleting
from wiki.writing.service.deleting import Seen
from wiki.writing.service.meanwhile import ChangedMeanwhile


@act("delete", "delete")
def delete(page: Outline, member: Member) -> ResponseReturnValue:
    """Say what deleting means, or do it."""
    if request.method != "POST":
        return _page(page)
    try:
        return _delete(page, member)
    except ChangedMeanwhile as changed:
        return make_response(_page(page, changed), HTTPStatus.CONFLICT)
    except Invalid as refused:
        return make_response(_page(page, refused), HTTPStatus.UNPROCESSABLE_ENTITY)


def _delete(page: Outline, member: Member) -> ResponseReturnValue:
    with begin() as session:
        count = deleting.delete(
            session,
            _seen(page),
            author_id=member.id,
            made_at=utc_now(),
            reason=words(request.form, "reason"),
        )
    if count is None:
        with reading() as session:
            return elsewhere(session, page.path)
    flash(_done(page, count), "success")
    above = parent(page.path)
    is_there = above is not None and above in places.whole_tree().nodes
    return redirect(page_url(above) if above and is_there else url_for("pages.index"), 303)


def _seen(page: Outline) -> Seen:
    """Return what was looked at before the button was pressed."""
    under = request.form.get("under", "") if request.form.get("with_pages") else None
    return Seen(page.page_id, page.path, number(request.form, "base") or 0, under)


def _page(page: Outline, *refused: WikiError) -> str:
    with reading() as session:
        page = outline(session, page.page_id)  # as it is by now, where something was refused
        linking = links.links_to(session, page.path, sight())
        under = [one for one in standing.under(session, page.path) if sight().sees(one.path)]
    return render_template(
        "writing/delete.html",
        page=page,
        linking=len(linking),
        under=len(under),
        seal=deleting.seal(under),
        reason=words(request.form, "reason"),
        with_pages=bool(request.form.get("with_pages")),
        errors=errors_of(*refused),
        crumbs=places.crumbs(page.path),
    )


def _done(page: Outline, count: int) -> Markup:
    said = gettext("“%(title)s” has been deleted.", title=page.page_title)
    if count > 1:
        more = ngettext(
            "So has %(num)s page under it.", "So have %(num)s pages under it.", count - 1
        )
        said = f"{said} {more}"
    back = url_for("writing.deleted_page", page_id=page.page_id)
    return Markup('{} <a class="govuk-link" href="{}">{}</a>').format(
        said, back, gettext("Bring it back")
    )

"""Deleting a page, with a reason and with a word about what that means."""

from http import HTTPStatus

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from markupsafe import Markup

from wiki.clock import utc_now
from wiki.errors import Invalid, WikiError
from wiki.pages.guards import has_right, sight
from wiki.pages.queries import links
from wiki.pages.queries.reading import Outline
from wiki.pages.routes import places
from wiki.people.queries import Member
from wiki.text.paths import parent
from wiki.web.db import begin, reading
from wiki.web.filters import page_url
from wiki.writing.forms.acts import number, words
from wiki.writing.queries import standing
from wiki.writing.routes.acting import act, errors_of
from wiki.writing.service import deleting
from wiki.writing.service.meanwhile import ChangedMeanwhile


@act("delete", "delete")
def delete(page: Outline, member: Member) -> ResponseReturnValue:
    """Say what deleting means, or do it."""
    if request.method != "POST":
        return _page(page)
    try:
        with begin() as session:
            under = standing.under(session, page.path) if request.form.get("with_pages") else []
            _check(under)
            count = deleting.delete(
                session,
                [page.page_id, *(page_id for page_id, _ in under)],
                base=number(request.form, "base") or 0,
                author_id=member.id,
                made_at=utc_now(),
                reason=words(request.form, "reason"),
            )
    except ChangedMeanwhile as changed:
        return make_response(_page(page, changed), HTTPStatus.CONFLICT)
    except Invalid as refused:
        return make_response(_page(page, refused), HTTPStatus.UNPROCESSABLE_ENTITY)
    flash(_done(page, count), "success")
    above = parent(page.path)
    is_there = above is not None and above in places.whole_tree().nodes
    return redirect(page_url(above) if above and is_there else url_for("pages.index"), 303)


def _check(under: list[tuple[int, str]]) -> None:
    for _, path in under:
        if not sight().sees(path):
            raise Invalid(
                "Something under this page is not yours to delete. Ask an administrator, or "
                "delete the page without the pages under it."
            )
        if not has_right("delete", path):
            raise Invalid("You may not delete {path}, which stands under this page.", path=path)


def _page(page: Outline, *refused: WikiError) -> str:
    with reading() as session:
        linking = links.links_to(session, page.path, sight())
        under = [path for _, path in standing.under(session, page.path) if sight().sees(path)]
    return render_template(
        "writing/delete.html",
        page=page,
        linking=len(linking),
        under=len(under),
        reason=words(request.form, "reason"),
        with_pages=bool(request.form.get("with_pages")),
        errors=errors_of(*refused),
        crumbs=places.crumbs(page.path),
    )


def _done(page: Outline, count: int) -> Markup:
    said = gettext("“%(title)s” is deleted.", title=page.page_title)
    if count > 1:
        more = ngettext("So is %(num)s page under it.", "So are %(num)s pages under it.", count - 1)
        said = f"{said} {more}"
    back = url_for("writing.deleted_page", page_id=page.page_id)
    return Markup('{} <a class="govuk-link" href="{}">{}</a>').format(
        said, back, gettext("Bring it back")
    )

"""New pages: from nothing, from a template, as a copy of another."""

from http import HTTPStatus

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from wiki.clock import utc_now
from wiki.errors import Invalid, NotAllowed, WikiError
from wiki.pages.guards import has_right, sight
from wiki.pages.queries import reading
from wiki.pages.queries.reading import Outline
from wiki.pages.routes import places
from wiki.pages.rules import TEMPLATES, TITLE_LIMIT
from wiki.people.guards import me, need_member
from wiki.people.queries import Member
from wiki.text.paths import refusal
from wiki.web.db import begin
from wiki.web.db import reading as reads
from wiki.writing.forms.acts import Wanted, wanted, words
from wiki.writing.routes.acting import act, errors_of, parents, to_page
from wiki.writing.routes.blueprint import bp
from wiki.writing.service import copying


@bp.get("/pages/new")
def new() -> ResponseReturnValue:
    """Ask for the title and the place of a new page, then lead to where it is written."""
    need_member()
    form = wanted(request.args)
    if "act" not in request.args:
        return _new(form)
    try:
        check_new(form)
    except Invalid as refused:
        return make_response(_new(form, refused), HTTPStatus.UNPROCESSABLE_ENTITY)
    chosen = request.args.get("template", "")
    template = chosen if chosen in dict(_templates()) else None
    url = url_for("writing.edit", path=form.path, title=form.title, template=template or None)
    return redirect(url, 303)


@act("copy", "copy")
def copy(page: Outline, member: Member) -> ResponseReturnValue:
    """Ask for the title and the place of the copy, or make it."""
    if request.method != "POST":
        title = str(gettext("%(title)s (copy)", title=page.page_title))
        return _copy(page, Wanted(title, page.path.rpartition("/")[0], ""))
    form = wanted(request.form)
    try:
        check_new(form, may_stand=True)
        with begin() as session:
            copying.copy(
                session,
                page.page_id,
                form.path,
                form.title,
                author_id=member.id,
                made_at=utc_now(),
                note=_copied,
            )
    except Invalid as refused:
        return make_response(_copy(page, form, refused), HTTPStatus.UNPROCESSABLE_ENTITY)
    return to_page(form.path, str(gettext("This is the copy. Change it as you like.")))


def missing_page() -> str:
    """Return where the page that was asked for and is not there can be written, or ""."""
    path = (request.view_args or {}).get("path", "")
    # What is hidden is offered too: a page that is not there would be.
    is_offered = has_right("create", path) or (me() is not None and not sight().sees(path))
    if request.endpoint != "pages.show" or refusal(path) or not is_offered:
        return ""
    return url_for("writing.edit", path=path)


bp.add_app_template_global(missing_page, "missing_page")


def check_new(form: Wanted, *, may_stand: bool = False) -> None:
    """Raise Invalid or NotAllowed unless a page may be made as wanted.

    With `may_stand` whoever makes it finds out whether one stands there.
    """
    if not form.title:
        raise Invalid("Give the page a title.", field="title")
    if len(form.title) > TITLE_LIMIT:
        raise Invalid(
            "Use at most {limit} characters. You have used {count}.",
            field="title",
            limit=TITLE_LIMIT,
            count=len(form.title),
        )
    sentence = refusal(form.path)
    if sentence:
        raise Invalid(sentence, field="name")
    if not may_stand and _is_taken(form.path):
        raise Invalid("There is already a page called {path}.", path=form.path, field="name")
    if not has_right("create", form.path):
        raise NotAllowed(
            "You cannot put a page here. Choose another place, or ask an administrator."
        )


def _is_taken(path: str) -> bool:
    with reads() as session:
        return reading.page_id(session, path, sight()) is not None


def _copied(title: str, number: int) -> str:
    return str(gettext("Copied from “%(title)s”, revision %(number)s", title=title, number=number))


def _templates() -> list[tuple[str, str]]:
    node = places.whole_tree().nodes.get(TEMPLATES)
    if node is None:
        return []
    return [(one.path, one.title) for depth, one in node.walk() if depth and one.is_page]


def _new(form: Wanted, *refused: WikiError) -> str:
    return render_template(
        "writing/new.html",
        form=form,
        parents=parents(),
        templates=_templates(),
        template=request.args.get("template", ""),
        templates_path=TEMPLATES,
        errors=errors_of(*refused),
    )


def _copy(page: Outline, form: Wanted, *refused: WikiError) -> str:
    return render_template(
        "writing/copy.html",
        page=page,
        form=form,
        parents=parents(),
        note=words(request.form, "note"),
        errors=errors_of(*refused),
        crumbs=places.crumbs(page.path),
    )

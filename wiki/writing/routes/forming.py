"""The page with the form, however one comes to it."""

from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus

from flask import Response, make_response, render_template, url_for
from markupsafe import Markup

from wiki.clock import utc_now
from wiki.errors import Invalid, WikiError
from wiki.pages.guards import sight
from wiki.pages.routes import places
from wiki.pages.routes.show import with_links
from wiki.text.comparison import compare_pages
from wiki.text.markdown import render
from wiki.text.paths import title_from_path
from wiki.web.db import reading
from wiki.web.refusals import said
from wiki.writing.forms.editing import EditForm, new_form_name
from wiki.writing.queries import drafts, linked
from wiki.writing.queries.edited import EditedPage
from wiki.writing.routes.presenting import (
    Compared,
    DraftLine,
    behind,
    cancel_url,
    draft_line,
    others_editing,
)
from wiki.writing.routes.working import Work, submission, whole
from wiki.writing.rules.keeping import form_of
from wiki.writing.service import sent_mark


def edit_page(  # noqa: PLR0913  # what a page shows beside its form
    person_id: int,
    path: str,
    page: EditedPage | None,
    form: EditForm,
    *,
    title: str = "",
    status: int = HTTPStatus.OK,
    said_of_draft: str = "",
    preview: Markup | str = "",
    comparison: Compared | None = None,
    can_save: bool = True,
) -> Response:
    """Return the page with the form; a draft that belongs to the form is named as kept."""
    is_first = status == HTTPStatus.OK and not preview and comparison is None
    kept, around = _around(person_id, path, page, form, is_first=is_first)
    body = render_template(
        "writing/edit.html",
        page=page,
        path=path,
        title=title or (page.title if page else title_from_path(path)),
        form=form,
        is_opened=is_first,
        said_of_draft=said_of_draft,
        preview=preview,
        comparison=comparison,
        continued=kept if is_first else None,
        kept=kept if status != HTTPStatus.OK else None,
        can_save=can_save,
        **around,
    )
    return make_response(body, status)


def _around(
    person_id: int, path: str, page: EditedPage | None, form: EditForm, *, is_first: bool
) -> tuple[DraftLine | None, dict[str, object]]:
    """Return the draft of the form, if there is one, and what stands around every form."""
    with reading() as session:
        rows = drafts.of_page(session, person_id, page.page_id if page else None, path)
        others = others_editing(session, page, person_id, utc_now())
        saves = behind(session, page, form.base)
    # Nothing was sent from a form just opened: the draft in it is still another form's.
    name = (is_first and form_of(form.continues)) or form.form
    kept = next((draft_line(row) for row in rows if row.form == name), None)
    return kept, {
        "crumbs": places.crumbs(path),
        "cancel_url": cancel_url(page),
        "save_url": url_for("writing.save", path=path),
        "draft_url": url_for("writing.keep_draft"),
        "drafts": [draft_line(row) for row in rows if row.form != name],
        "editing_now": others,
        "behind": saves,
    }


def again(work: Work, *errors: WikiError, form: str = "") -> EditForm:
    """Return the form as it was sent, with what is wrong with it."""
    sent = work.sent
    return EditForm(
        text=sent.text.replace("\r\n", "\n"),
        # What cannot be known is taken as nothing: then nobody is overwritten.
        base=sent.base if work.is_form and sent.base else 0,
        form=form or sent.form or new_form_name(),
        note=sent.note,
        is_minor=sent.is_minor,
        page_id=work.page.page_id if work.page else 0,
        section=sent.section if work.part else "",
        section_title=work.part.heading if work.part else "",
        title=sent.title,
        seen=_seen(work) or sent.seen,
        continues=sent.continues,
        errors=[
            (error.field if isinstance(error, Invalid) else "", said(error)) for error in errors
        ],
    )


def _seen(work: Work) -> str:
    """Return the mark of what the form shows, if that was submitted."""
    if work.sent.act not in {"save", "empty"}:
        return ""
    with suppress(WikiError):
        return sent_mark(submission(work, whole(work)))
    return ""


def with_error(form: EditForm, sentence: str) -> EditForm:
    """Return the form with a sentence about the whole of it."""
    return replace(form, errors=[*form.errors, ("", sentence)])


def preview_of(work: Work, text: str) -> Markup:
    """Return what was typed as the page would show it: a section with what it refers to."""
    shown = work.sent.text.replace("\r\n", "\n") if work.part else text
    if work.part:
        shown = f"{shown}\n\n{compare_pages(text, text).new_definitions}"
    made = render(shown, path=work.path, title=work.page.title if work.page else None)
    with reading() as session:
        targets = linked.targets(session, made.links, sight())
    # The renderer's own safe HTML, to which only addresses of pages are put.
    return Markup(with_links(made.html, targets))  # noqa: S704

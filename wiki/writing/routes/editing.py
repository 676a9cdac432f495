"""Opening the form in which a page is written."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa
from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from wiki.clock import utc_now
from wiki.errors import Busy, Invalid, NotFound
from wiki.pages.guards import need_right, sight
from wiki.pages.queries import reading as pages
from wiki.pages.queries.editing import EDITING_SEEN, editing
from wiki.pages.queries.texts import text_of
from wiki.people.guards import need_member
from wiki.people.queries import Member
from wiki.text.paths import normal, refusal
from wiki.web.db import begin, reading
from wiki.writing import service
from wiki.writing.forms.editing import EditForm, Sent, new_form_name, read_number
from wiki.writing.queries import drafts, edited
from wiki.writing.queries.edited import EditedPage
from wiki.writing.routes.blueprint import bp
from wiki.writing.routes.clashes import clash_of_draft
from wiki.writing.routes.forming import edit_page
from wiki.writing.routes.presenting import NO_DRAFT, draft_over
from wiki.writing.routes.working import Work
from wiki.writing.rules.splicing import part
from wiki.writing.rules.titles import with_title

# Who opens the form again within this time is noted already.
NOTED_EVERY = timedelta(minutes=1)


@bp.get("/pages/<path:path>/edit")
def edit(path: str) -> ResponseReturnValue:
    """Show the form of a page, there or not; of one section, or of a draft, where asked.

    What is hidden opens as what is not there: only saving is refused.
    """
    member = need_member()
    with reading() as session:
        page = edited.find(session, sight(), path, None, with_deleted=False)
    here = page.path if page else normal(path)
    if here != path and here:
        asked = request.query_string.decode("ascii", "ignore")
        return redirect(url_for("writing.edit", path=here) + (f"?{asked}" if asked else ""))
    sentence = None if page else refusal(path)
    if sentence:
        raise Invalid(sentence, field="path")
    if page is not None or sight().sees(path):
        member = need_right("write" if page else "create", path)
    with reading() as session:
        number = read_number(request.args.get("draft", "")) or 0
        if number and drafts.own(session, member.id, number) is None:
            return draft_over(session, member.id, number)
        clash = _clash(session, member, page, number) if "choose" in request.args else None
        if clash is not None:
            return clash
        form = _form(session, member.id, page, path)
    title = "" if page else _title()
    form = replace(form, title=title)
    response = _to_go_back_to(edit_page(member.id, path, page, form, title=title))
    if page is not None:
        # Last: from then on all that is remembered has to be read again.
        _note(page.page_id, member.id)
    return response


def _form(session: Session, person_id: int, page: EditedPage | None, path: str) -> EditForm:
    if "draft" in request.args:
        return _of_draft(session, person_id, page, path)
    if page is None:
        return EditForm(text=_begun(session, path), base=0, form=new_form_name())
    text = text_of(session, page.text_sha)
    base, anchor = page.head_number, request.args.get("section", "")
    found = part(text, anchor, title=page.title)
    return EditForm(
        text=(found.text if found else text).replace("\r\n", "\n"),
        base=base,
        form=new_form_name(),
        page_id=page.page_id,
        section=anchor if found else "",
        section_title=found.heading if found else "",
    )


def _of_draft(session: Session, person_id: int, page: EditedPage | None, path: str) -> EditForm:
    number = read_number(request.args.get("draft", ""))
    row = drafts.own(session, person_id, number or 0)
    page_id = page.page_id if page else None
    if row is None or row.page_id != page_id or (page is None and row.path != path):
        raise NotFound(NO_DRAFT)
    kept = drafts.content(session, row.draft_id)
    # What was chosen already stays with the draft of the clash.
    is_begun = kept.choices is not None and kept.choices.are_begun
    return EditForm(
        text=kept.text.replace("\r\n", "\n"),
        base=row.base_number,
        form=new_form_name(),  # two windows are two forms
        seen="" if is_begun else kept.sent_mark,
        continues="" if is_begun else kept.stand,
        copied=row.draft_id if is_begun else 0,
        note=row.note,
        is_minor=row.is_minor,
        page_id=page_id or 0,
    )


def _clash(
    session: Session, member: Member, page: EditedPage | None, draft_id: int
) -> Response | None:
    """Return the page on which the clash of a draft is resolved, if it has one."""
    row = drafts.own(session, member.id, draft_id)
    if row is None or page is None or row.page_id != page.page_id:
        return None
    kept = drafts.content(session, draft_id)
    if kept.choices is None:
        return None
    head = kept.choices.head
    sent = Sent(
        text=kept.text,
        note=row.note,
        is_minor=row.is_minor,
        base=head,
        origin=row.base_number,
        form=new_form_name(),
        page_id=page.page_id,
        section="",
        act="save",
        seen=kept.sent_mark,
        continues=kept.stand,
    )
    base = edited.base(session, page.page_id, head)
    work = Work(member, page.path, page, sent, base, None, choices=kept.choices)
    return clash_of_draft(work)


def _begun(session: Session, path: str) -> str:
    """Return what a new page begins with: another page's text, its title as a heading."""
    template = request.args.get("template", "").replace("\0", "")
    found = pages.page(session, template, sight()) if template else None
    text = text_of(session, found.text_sha).replace("\r\n", "\n") if found else ""
    title = _title()
    if found and title:
        with suppress(Invalid):
            text = with_title(text, title, path)
    return text or (f"# {title}\n\n" if title else "")


def _title() -> str:
    """Return what the page that is begun is to be called, if that was said."""
    return " ".join(request.args.get("title", "").split())


def _note(page_id: int, person_id: int) -> None:
    """Note that the form is open; aloud if nobody could know that yet. It may fail."""
    now = utc_now()
    with reading() as session:
        seen = editing(session, page_id, since=now - EDITING_SEEN)
    mine = next((editor for editor in seen if editor.person_id == person_id), None)
    if mine and mine.seen_at > now - NOTED_EVERY:
        return
    with suppress(Busy, sa.exc.OperationalError), begin(quiet=mine is not None) as session:
        service.open_form(session, page_id, person_id, now=now)


def _to_go_back_to(response: Response) -> Response:
    # A browser may show it again as it was left, when what followed could not be had.
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Cookie")
    return response

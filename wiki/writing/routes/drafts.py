"""My drafts: kept while I type, listed, compared with the page as it is now, thrown away."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError

from wiki.clock import utc_now
from wiki.errors import Busy, Invalid, NotFound, SignInNeeded, WikiError
from wiki.pages.guards import sight
from wiki.pages.queries.texts import text_of
from wiki.pages.routes import places
from wiki.people import guards
from wiki.web.carrying import roomy
from wiki.web.db import begin, reading
from wiki.web.filters import page_url
from wiki.web.refusals import form_expired, said, status_of
from wiki.writing import service
from wiki.writing.forms.editing import new_form_name, read, read_number, read_path
from wiki.writing.queries import drafts, edited
from wiki.writing.queries.drafts import Content
from wiki.writing.routes.blueprint import bp
from wiki.writing.routes.clashes import origin_of
from wiki.writing.routes.presenting import (
    NO_DRAFT,
    DraftLine,
    compared,
    draft_line,
    draft_over,
    kept_sentence,
)
from wiki.writing.routes.saving import NO_DATABASE
from wiki.writing.routes.working import Work, look, over_origin, submission, whole

_LARGEST = 2**31
# On one page of the list.
LISTED = 30


def answers_scripts(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Return `view` so that its refusals are sentences for a script to show."""

    @wraps(view)
    def answer(**values: str) -> ResponseReturnValue:
        try:
            return view(**values)
        except SignInNeeded as refused:
            return jsonify(said=said(refused)), 401
        except WikiError as refused:
            return jsonify(said=said(refused)), status_of(refused)
        except NO_DATABASE:
            return jsonify(said=said(Busy("The wiki could not keep your draft just now."))), 503

    return answer


@bp.post("/drafts")
@roomy
@answers_scripts
def keep_draft() -> ResponseReturnValue:
    """Keep what stands in a form, and say so only then."""
    work = look(read_path(request.form), read(request.form))
    if isinstance(work.refused, Invalid):
        raise work.refused
    if work.sent.origin is not None:
        work = over_origin(work, origin_of(work))
    try:
        return _keep(work, whole(work))
    except service.SentBefore as refused:
        # Under a name of its own it takes the place of nothing that was sent.
        return jsonify(said=said(refused), form=new_form_name()), HTTPStatus.CONFLICT


def _keep(work: Work, text: str) -> Response:
    sent = submission(work, text)
    now = utc_now()
    with begin(quiet=True) as session:
        if work.choices is None and _is_as_it_was(work, text):
            service.forget(session, sent)
            return jsonify(said=gettext("Nothing to keep: the page says exactly this."))
        draft_id = service.keep(session, sent, now=now, is_typing=True)
    if work.refused is not None:
        raise work.refused
    sentence = kept_sentence(now)
    url = url_for("writing.draft", draft_id=draft_id)
    return jsonify(said=sentence, at=now.isoformat(), url=url)


@bp.get("/drafts", endpoint="drafts")
def list_drafts() -> ResponseReturnValue:
    """Show what I typed and did not save."""
    member = guards.need_member()
    number = min(max(read_number(request.args.get("page", "")) or 1, 1), _LARGEST // LISTED)
    with reading() as session:
        rows = drafts.of_person(session, member.id, limit=LISTED + 1, skip=(number - 1) * LISTED)
    return render_template(
        "writing/drafts.html",
        drafts=[draft_line(row) for row in rows[:LISTED]],
        newer=number - 1,
        older=number + 1 if len(rows) > LISTED else 0,
    )


@bp.get("/drafts/<int:draft_id>")
def draft(draft_id: int) -> ResponseReturnValue:
    """Show one draft, and how it differs from the page as it is now."""
    member = guards.need_member()
    with reading() as session:
        row = drafts.own(session, member.id, min(draft_id, _LARGEST - 1))
        if row is None:
            return draft_over(session, member.id, min(draft_id, _LARGEST - 1))
        page = edited.find(session, sight(), row.path, row.page_id, with_deleted=True)
        now = text_of(session, page.text_sha) if page and not page.deleted_at else None
        kept = drafts.content(session, row.draft_id)
    line = draft_line(row)
    return render_template(
        "writing/draft.html",
        draft=line,
        text=kept.text,
        own=_own(kept),
        page=page,
        comparison=None if now is None else compared(now, kept.text, line.path),
        crumbs=places.crumbs(line.path),
    )


@bp.post("/drafts/<int:draft_id>/delete")
def delete_draft(draft_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    member = guards.need_member()
    number = min(draft_id, _LARGEST - 1)
    with begin() as session:
        row = drafts.own(session, member.id, number)
        if row is None or not service.discard(session, member.id, number):
            raise NotFound(NO_DRAFT)
    line = draft_line(row)
    flash(gettext("The draft has been thrown away."), "success")
    return redirect(_next(line), 303)


def _next(line: DraftLine) -> str:
    """Return where somebody came from who threw this draft away."""
    match request.form.get("next"):
        case "edit" if line.can_edit:
            return url_for("writing.edit", path=line.path)
        case "page":
            is_there = not line.is_new and not line.is_deleted
            return page_url(line.path) if is_there else url_for("pages.index")
        case _:
            return url_for("writing.drafts")


def token_too_old(error: CSRFError) -> ResponseReturnValue:
    """Tell a script in a sentence that the form's token is too old; people get their page."""
    if request.endpoint != "writing.keep_draft":
        return form_expired(error)
    sentence = gettext("This page was open for too long, so no draft could be kept. Save it now.")
    return jsonify(said=sentence), 400


def _own(kept: Content) -> list[str]:
    """Return the words that were typed into the boxes of a clash and stand nowhere else."""
    own = kept.choices.own if kept.choices else {}
    text = kept.text.replace("\r\n", "\n")
    boxes = (own[place].replace("\r\n", "\n") for place in sorted(own))
    return [words for words in boxes if words.strip() not in text]


def _is_as_it_was(work: Work, text: str) -> bool:
    return work.base is not None and text == work.base.text


bp.register_error_handler(CSRFError, token_too_old)

"""The one door through which a page is saved, previewed and compared."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import wraps
from http import HTTPStatus

import sqlalchemy as sa
from flask import Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from wiki.clock import utc_now
from wiki.errors import Busy, Invalid, NotAllowed, NotFound, WikiError
from wiki.pages.guards import sight
from wiki.pages.rules import TITLE_LIMIT, check_note, is_title_cut
from wiki.web.carrying import carried
from wiki.web.db import begin, reading
from wiki.web.filters import page_url
from wiki.web.refusals import said, status_of
from wiki.writing import service
from wiki.writing.forms import editing as forms
from wiki.writing.queries import edited
from wiki.writing.routes.blueprint import bp
from wiki.writing.routes.clashes import Shown, clash_page, origin_of, settle
from wiki.writing.routes.forming import again, edit_page, preview_of, with_error
from wiki.writing.routes.presenting import compared, kept_sentence, saved_sentence
from wiki.writing.routes.working import NOTHING_HERE, Work, look, over_origin, submission, whole
from wiki.writing.rules.emptying import is_nothing
from wiki.writing.rules.resolving import all_words
from wiki.writing.service import Clashed, Gone, Outcome, Saved, Submission, Unchanged

_log = logging.getLogger("manyhands")
NO_DATABASE = (sa.exc.OperationalError, sa.exc.InterfaceError)
_NOT_STORED = Busy(
    "The wiki could not store your text just now. It is below: "
    "wait a moment, then press Save again."
)
_NOT_CHOSEN = Busy(
    "The wiki could not store what you chose just now. All of it is below: "
    "wait a moment, then press Save again."
)
_FIELDS = (
    "text",
    "note",
    "minor",
    "base",
    "from",
    "form",
    "page",
    "section",
    "title",
    "act",
    "continues",
    "asked",
)


def hands_back(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Return `view` so that, whatever fails, the text that was sent is on the answer."""

    @wraps(view)
    def answer(**values: str) -> ResponseReturnValue:
        try:
            return view(**values)
        except (WikiError, HTTPException):
            raise
        except Exception as error:  # noqa: BLE001  # the text goes back whatever happened
            _log.exception("%s %s failed", request.method, request.path)
            is_away = isinstance(error, NO_DATABASE)
            sentence = gettext("Something went wrong, and your text is not saved.")
            sent = forms.read(request.form)
            text = all_words(sent.text, sent.own)
            return render_template("writing/bare.html", sentence=sentence, text=text), (
                503 if is_away else 500
            )

    return answer


@bp.post("/pages/<path:path>/revisions")
@carried(*_FIELDS, "choice-*", "own-*", "offered-*")
@hands_back
def save(path: str) -> ResponseReturnValue:
    """Save what was typed, or show it as it would be read or what it changes."""
    work = look(path, forms.read(request.form))
    if work.sent.origin is None:
        return _do(work)
    # From here on it is the resolved text over the head that it was resolved against, or the clash.
    found = settle(work)
    return _choose_on(work, found) if isinstance(found, Shown) else _do(found)


def _do(work: Work) -> ResponseReturnValue:
    if work.refused is not None:
        return _keep_only(work, work.refused)
    try:
        return _act(work)
    except Invalid as refused:
        return _edit_page(work, refused)
    except (Busy, *NO_DATABASE):
        _log.warning("A text could not be stored.", exc_info=True)
        return _edit_page(work, _NOT_STORED)


def _act(work: Work) -> ResponseReturnValue:
    text = whole(work)
    if work.sent.act == "save" and work.base and is_nothing(work.base.text, text):
        return _ask_whether_to_empty(work)
    if work.sent.act in {"save", "empty"}:
        return _save(work, submission(work, text))
    return _look_at(work, text)


def _save(work: Work, sent: Submission) -> ResponseReturnValue:
    now = utc_now()
    with begin(quiet=True) as session:
        service.keep(session, sent, now=now)
    with reading() as session:
        service.look_ahead(session, sent, work.page, work.base)
    try:
        _need_short(work, sent)
        with begin() as session:
            outcome = service.save(session, sent, now=now)
    except Invalid as refused:
        return _edit_page(work, refused, form=sent.form)
    except (NotAllowed, NotFound) as refused:
        return _not_any_more(work, refused)
    except (Busy, *NO_DATABASE):
        _log.warning("A kept text could not be saved.", exc_info=True)
        return _edit_page(work, _NOT_STORED, form=sent.form)
    return _answer(work, sent, outcome)


def _need_short(work: Work, sent: Submission) -> None:
    """Raise Invalid for a note or a new title that would be cut; both are kept by now."""
    check_note(sent.note)
    if is_title_cut(sent.text) and not (work.base and is_title_cut(work.base.text)):
        raise Invalid(
            "The title at the top is too long. Use at most {limit} characters.",
            field="text",
            limit=TITLE_LIMIT,
        )


def _not_any_more(work: Work, refused: NotAllowed | NotFound) -> Response:
    """Keep the text of somebody who lost the right to save it after it was taken in."""
    if isinstance(refused, NotAllowed):
        return _keep_only(work, refused)
    return _keep_only(replace(work, page=None), NotAllowed(NOTHING_HERE))


def _answer(work: Work, sent: Submission, outcome: Outcome) -> ResponseReturnValue:
    match outcome:
        case Saved():
            # Sent a second time, when the page may have gone to where its author cannot look.
            saved = outcome if sight().sees(outcome.path) else replace(outcome, path=work.path)
            with reading() as session:
                flash(saved_sentence(session, saved, work.member.id), "success")
            response = redirect(page_url(saved.path), 303)
            response.headers["Manyhands-Revision"] = str(outcome.number)
            return response
        case Unchanged():
            flash(gettext("Nothing changed, so nothing was saved."), "message")
            return redirect(page_url(outcome.path), 303)
        case Gone():
            return _gone(work, sent)
        case Clashed():
            shown = Shown(
                outcome.clash,
                outcome.base,
                outcome.head,
                sent.text,
                sent.form,
                outcome.choices,
                seen=service.sent_mark(sent),
            )
            return clash_page(_with_page(work, outcome.page_id), shown)


def _choose_on(work: Work, shown: Shown) -> Response:
    """Keep what was chosen so far, and ask for the rest."""
    begun = over_origin(work, origin_of(work))
    if work.refused is not None:
        return _keep_only(begun, work.refused)
    try:
        sent = submission(begun, shown.mine)
        with begin(quiet=True) as session:
            service.keep(session, sent, now=utc_now())
    except (Invalid, Busy, *NO_DATABASE) as error:
        _log.warning("Choices could not be stored.", exc_info=True)
        refused = error if isinstance(error, Invalid) else _NOT_CHOSEN
        return clash_page(work, replace(shown, trouble=said(refused)), status_of(refused))
    shown = replace(shown, form=sent.form, seen=service.sent_mark(sent))
    return clash_page(work, shown, HTTPStatus.UNPROCESSABLE_ENTITY)


def _look_at(work: Work, text: str) -> Response:
    """Show a preview or a comparison; what was typed is kept meanwhile, if that can be done."""
    sent, said_of_draft = submission(work, text), ""
    base = work.base.text if work.base else ""
    if text != base:
        sent, said_of_draft = _kept_meanwhile(sent)
    is_preview = work.sent.act == "preview"
    return edit_page(
        work.member.id,
        work.path,
        work.page,
        again(replace(work, sent=replace(work.sent, seen=sent.seen)), form=sent.form),
        said_of_draft=said_of_draft,
        preview=preview_of(work, text) if is_preview else "",
        comparison=None if is_preview else compared(base, text, work.path),
    )


def _kept_meanwhile(sent: Submission) -> tuple[Submission, str]:
    """Keep what is looked at, and return under which form it is kept and what is said of that.

    Nothing is said where it could not be kept.
    """
    now = utc_now()
    try:
        with begin(quiet=True) as session:
            service.keep(session, sent, now=now, is_typing=True)
    except service.SentBefore:
        return _kept_meanwhile(replace(sent, form=forms.new_form_name(), seen="", continues=""))
    except (service.TooManyDrafts, Busy, *NO_DATABASE):
        _log.info("What is looked at could not be kept.", exc_info=True)
        return sent, ""
    return sent, kept_sentence(now)


def _keep_only(work: Work, refused: WikiError) -> Response:
    """Keep the text of somebody who may not save it any more, and say so."""
    form = again(work, refused)
    if work.choices is not None:
        form = replace(form, text=all_words(form.text, work.choices.own))
    with suppress(Busy, Invalid, *NO_DATABASE):
        if isinstance(refused, Invalid):
            raise refused  # no page can stand at such an address, so no draft can either
        text = whole(work) if work.is_form else work.sent.text.replace("\r\n", "\n")
        sent = submission(work, text)
        form = replace(form, form=sent.form)
        with begin(quiet=True) as session:
            service.keep(session, sent, now=utc_now())
    status = status_of(refused)
    return edit_page(work.member.id, work.path, work.page, form, status=status, can_save=False)


def _gone(work: Work, sent: Submission) -> Response:
    """Say that the page was deleted; the text is shown, to be copied, and stays a draft."""
    work = _with_page(work, sent.page_id or 0)
    sentence = gettext(
        "This page was deleted by %(name)s while you were writing. "
        "Copy your text from below, or leave it: it is kept in your drafts.",
        name=work.page.author_name if work.page else "",
    )
    form = with_error(again(work, form=sent.form), str(sentence))
    return edit_page(work.member.id, work.path, work.page, form, status=409, can_save=False)


def _edit_page(work: Work, refused: WikiError, *, form: str = "") -> Response:
    status = status_of(refused)
    shown = again(work, refused, form=form)
    return edit_page(work.member.id, work.path, work.page, shown, status=status)


def _ask_whether_to_empty(work: Work) -> Response:
    if work.page is None:
        refused = Invalid("The page has no words yet. Write some before you save it.", field="text")
    else:
        refused = Invalid("This empties the page. Did you mean to delete it?", field="text")
    form = replace(again(work, refused), is_emptied=True)
    return edit_page(work.member.id, work.path, work.page, form, status=status_of(refused))


def _with_page(work: Work, page_id: int) -> Work:
    """Return the same with the page as it stands now."""
    with reading() as session:
        page = edited.page_as_it_stands(session, page_id)
    return replace(work, page=page, path=page.path if page else work.path)

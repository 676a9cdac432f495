"""Refusals become pages: the only place that maps kinds of error to HTTP status codes."""

import logging
from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from wiki.errors import (
    Busy,
    Invalid,
    NotAllowed,
    NotFound,
    SignInNeeded,
    TooLarge,
    TooMany,
    WikiError,
)
from wiki.web import carrying

_log = logging.getLogger("manyhands")
_STATUS: tuple[tuple[type[WikiError], HTTPStatus], ...] = (
    (NotFound, HTTPStatus.NOT_FOUND),
    (NotAllowed, HTTPStatus.FORBIDDEN),
    (TooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (Invalid, HTTPStatus.UNPROCESSABLE_ENTITY),
    (TooMany, HTTPStatus.TOO_MANY_REQUESTS),
    (Busy, HTTPStatus.SERVICE_UNAVAILABLE),
)
_PAGES = {400, 403, 404, 405, 409, 413, 422, 429, 500, 503}


def said(error: WikiError) -> str:
    """Return the sentence of `error` in the reader's language."""
    sentence = str(gettext(error.sentence))
    return sentence.format(**error.values) if error.values else sentence


def prepare(app: Flask) -> None:
    """Let every error of the application answer with a page in plain English."""
    app.register_error_handler(SignInNeeded, _sign_in_first)
    app.register_error_handler(WikiError, _refuse)
    app.register_error_handler(CSRFError, form_expired)
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(Exception, _fail)


def status_of(error: WikiError) -> HTTPStatus:
    """Return the status with which this kind of refusal is answered."""
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def form_expired(_error: CSRFError) -> ResponseReturnValue:
    """Answer a form whose token is too old, or that came from another site."""
    sentence = gettext("This page was open for too long, so nothing was sent yet.")
    page = carrying.refused(sentence)
    if page is not None:
        return page, HTTPStatus.BAD_REQUEST
    sentence = gettext(
        "This form was open for too long, or was sent from another site. Go "
        "back, reload the page and send it again."
    )
    return _page(HTTPStatus.BAD_REQUEST, sentence)


def _sign_in_first(error: SignInNeeded) -> ResponseReturnValue:
    if request.method not in {"GET", "HEAD"}:
        page = carrying.refused(said(error))
        if page is not None:
            # A scheme that no browser asks a password for.
            return page, HTTPStatus.UNAUTHORIZED, {"WWW-Authenticate": "Form"}
        return _page(HTTPStatus.FORBIDDEN, said(error))
    flash(said(error), "notice")
    return redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")))


def _refuse(error: WikiError) -> ResponseReturnValue:
    status = status_of(error)
    waiting = {"Retry-After": str(error.wait_seconds)} if isinstance(error, TooMany) else {}
    page = carrying.ask_again(sentence=said(error)) if request.method == "POST" else None
    if page is not None:
        return page, status, waiting
    return _page(status, said(error), waiting)


def _answer(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error
    return _page(HTTPStatus(error.code), "", dict(error.get_headers()))


def _fail(error: Exception) -> ResponseReturnValue:
    _log.error("%s %s failed", request.method, _address(), exc_info=error)
    # The stand-alone page: whatever failed may fail again while a full page is made.
    return render_template("errors/500.html"), HTTPStatus.INTERNAL_SERVER_ERROR


def _address() -> str:
    """Return what was asked for, without the token of a letter: who reads logs is not its owner."""
    token = str((request.view_args or {}).get("token", ""))
    return request.path.replace(token, "…") if token else request.path


def _page(status: HTTPStatus, sentence: str, headers: Mapping[str, str] | None = None) -> Response:
    code = int(status) if int(status) in _PAGES else 400
    body = render_template(f"errors/{code}.html", sentence=sentence, status=int(status))
    response = make_response(body, int(status))
    for name in ("Retry-After", "Allow"):
        if headers and name in headers:
            response.headers[name] = headers[name]
    return response

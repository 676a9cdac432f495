"""Adding members from a list: first what it would do, then just that."""

from http import HTTPStatus

from flask import render_template, request
from flask.typing import ResponseReturnValue

from wiki.clock import utc_now
from wiki.errors import Invalid
from wiki.people import guards, service
from wiki.people.routes.wording import fact_names, role_names, state_names
from wiki.people.rules.list_report import ImportReport
from wiki.people.rules.sheet import decoded
from wiki.people.service import NotAsSeen
from wiki.web.carrying import roomy
from wiki.web.db import begin
from wiki.web.refusals import said


def show() -> ResponseReturnValue:
    """Show the form that takes a list of members."""
    guards.need_role("admin")
    return _page()


@roomy
def take() -> ResponseReturnValue:
    """Show what a list would do; where that was seen and the button pressed, do it."""
    me = guards.need_role("admin")
    seen = request.form.get("seen")
    try:
        text = _list_sent()
        if seen is None:
            return _look(text)
        with begin() as session:
            report = service.import_people(session, text, now=utc_now(), actor_id=me.id, seen=seen)
    except NotAsSeen as refusal:
        return _look(text, refusal), HTTPStatus.CONFLICT
    except Invalid as refusal:
        return _page(refusal=refusal), HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(report, pasted=text if report.refused and not _was_file() else "")


def _look(text: str, stale: NotAsSeen | None = None) -> str:
    with begin(quiet=True) as session:
        plan = service.foresee_import(session, text, now=utc_now())
    pasted = "" if _was_file() else text
    return _page(plan, text=text, pasted=pasted, stale=said(stale) if stale else "")


def _page(
    report: ImportReport | None = None,
    *,
    text: str = "",
    pasted: str | None = None,
    stale: str = "",
    refusal: Invalid | None = None,
) -> str:
    """Return the page; `text` is a list that was looked at and not taken yet."""
    return render_template(
        "people/import.html",
        report=report,
        text=text,
        was_file=_was_file(),
        stale=stale,
        errors=[("file", said(refusal))] if refusal else [],
        pasted=request.form.get("pasted", "") if pasted is None and refusal else pasted or "",
        words={"fact": fact_names(), "role": role_names(), "state": state_names()},
    )


def _was_file() -> bool:
    file = request.files.get("file")
    return bool(file and file.filename) or bool(request.form.get("was_file"))


def _list_sent() -> str:
    """Return the text of the file, or of the box where it was pasted; raise Invalid."""
    file = request.files.get("file")
    content = file.read() if file and file.filename else b""
    text = decoded(content) if content else request.form.get("pasted", "")
    if not text.strip():
        raise Invalid("Choose a file, or paste the lines into the box.", field="file")
    return text

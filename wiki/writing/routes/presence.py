"""Browsers say that a form is still open, or that it was left."""

from contextlib import suppress
from http import HTTPStatus

import sqlalchemy as sa
from flask import request
from flask.typing import ResponseReturnValue

from wiki.clock import utc_now
from wiki.errors import Busy
from wiki.pages.guards import has_right, sight
from wiki.people.guards import need_member
from wiki.web.db import begin, reading
from wiki.writing import service
from wiki.writing.forms.editing import read_number
from wiki.writing.queries import edited
from wiki.writing.routes.blueprint import bp


@bp.post("/editing")
def note_presence() -> ResponseReturnValue:
    """Note that somebody still has the form of a page open, or has left it. It may fail."""
    member = need_member()
    number = read_number(request.form.get("page", ""))
    with reading() as session:
        page = edited.find(session, sight(), "", number or 0, with_deleted=False)
    if page is None or not has_right("write", page.path):
        return "", HTTPStatus.NO_CONTENT  # a script asked, and there is nobody to tell
    with suppress(Busy, sa.exc.OperationalError), begin(quiet=True) as session:
        if request.form.get("gone"):
            service.close_form(session, page.page_id, member.id)
        else:
            service.stay_in_form(session, page.page_id, member.id, now=utc_now())
    return "", HTTPStatus.NO_CONTENT

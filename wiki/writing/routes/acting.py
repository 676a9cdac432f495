"""The one way to open a door for an act on a page, and what the pages of acts have in common."""

from collections.abc import Callable
from functools import wraps

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from wiki.errors import Invalid, NotFound, WikiError
from wiki.pages.guards import need_right, no_page, sight
from wiki.pages.models import Page
from wiki.pages.queries import reading
from wiki.pages.queries.reading import Outline
from wiki.pages.routes import places
from wiki.pages.rules import NO_PAGE
from wiki.people.queries import Member
from wiki.text.paths import is_within
from wiki.web.db import reading as reads
from wiki.web.filters import page_url
from wiki.web.refusals import said
from wiki.writing.routes.blueprint import bp

Act = Callable[[Outline, Member], ResponseReturnValue]
# A longer list to choose from is slower than typing.
PLACES_LISTED = 300
Errors = list[tuple[str, str]]


def act(rule: str, right: str) -> Callable[[Act], Act]:
    """Open `/pages/<path>/` and `rule` to those who have the right to do this with the page.

    The view is given the living page and who asks. Who comes by an old address is led on; a form
    that was sent there did its work already, or cannot any more.
    """

    def open_to_writers(view: Act) -> Act:
        @wraps(view)
        def guarded(path: str) -> ResponseReturnValue:
            member = need_right(right, path)
            with reads() as session:
                page_id = reading.page_id(session, path, sight())
                if page_id is None:
                    return elsewhere(session, path)
                page = reading.outline(session, page_id)
            try:
                return view(page, member)
            except NotFound as refused:
                if refused.sentence != NO_PAGE:
                    raise
                # Where the page went is not told to who may not look there.
                raise no_page(path) from refused

        bp.add_url_rule(f"/pages/<path:path>/{rule}", rule, guarded, methods=["GET", "POST"])
        return view

    return open_to_writers


def record(session: Session, page: Outline) -> Page:
    """Return the record of a page that is known to be there."""
    return session.get_one(Page, page.page_id)


def errors_of(*refused: WikiError) -> Errors:
    """Return what is wrong as pairs of field and sentence."""
    return [(one.field if isinstance(one, Invalid) else "", said(one)) for one in refused]


def parents(without: str | None = None) -> list[tuple[str, str]]:
    """Return the places to choose from, "" for the top; none if they are too many to choose."""
    nodes = list(places.whole_tree().walk())
    if len(nodes) > PLACES_LISTED:
        return []
    top = [("", str(gettext("The top of the wiki")))]
    return top + [
        (node.path, "\N{EM SPACE}" * depth + node.title)
        for depth, node in nodes
        if without is None or not is_within(node.path, without)
    ]


def to_page(path: str, sentence: str) -> ResponseReturnValue:
    """Lead to the page with a sentence about what was done."""
    flash(sentence, "success")
    return redirect(page_url(path), 303)


def elsewhere(session: Session, path: str) -> ResponseReturnValue:
    """Lead to where the page of this path stands now, or say that it is deleted."""
    moved = places.elsewhere(session, path)
    if request.method != "POST":
        if moved is None:
            raise no_page(path)
        return moved
    now = reading.path_now(session, path, sight())
    if now is not None:
        flash(gettext("This is where the page is now."), "notice")
        return redirect(page_url(now), 303)
    if reading.page_id(session, path, sight(), with_deleted=True) is None:
        raise no_page(path)
    flash(gettext("This page has been deleted. Nothing else was done."), "notice")
    return redirect(url_for("pages.history", path=path), 303)

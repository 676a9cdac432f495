"""Atom feeds: the changes of the wiki, and of one page."""

import re
from datetime import UTC, datetime

from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue

from wiki.pages.guards import no_page, sight
from wiki.pages.queries import changes as queries
from wiki.pages.queries import reading
from wiki.pages.queries.changes import Wanted
from wiki.pages.routes import places
from wiki.pages.routes.blueprint import door
from wiki.web.db import reading as reads
from wiki.web.db import settings

LENGTH = 50
# When an empty wiki changed; a feed needs a moment.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# Signs that no XML may hold, however they are written.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@door("/changes/feed")
def changes_feed() -> ResponseReturnValue:
    """Give the latest changes of the wiki as an Atom feed."""
    with reads() as session:
        sittings = queries.recent(session, Wanted(), sight(), limit=LENGTH)[:LENGTH]
    return _feed("", "", sittings)


@door("/pages/<path:path>/feed")
def page_feed(path: str) -> ResponseReturnValue:
    """Give the latest changes of one page, deleted or not, as an Atom feed."""
    with reads() as session:
        page_id = reading.page_id(session, path, sight(), with_deleted=True)
        if page_id is None:
            moved = places.elsewhere(session, path)
            if moved is None:
                raise no_page(path)
            return moved
        page = reading.outline(session, page_id)
        wanted = Wanted(page_id=page_id)
        sittings = queries.recent(session, wanted, sight(), limit=LENGTH)[:LENGTH]
    return _feed(page.path, page.page_title, sittings)


def _feed(path: str, title: str, sittings: list[queries.Sitting]) -> Response:
    body = render_template(
        "pages/feed.xml",
        path=path,
        title=title,
        sittings=sittings,
        updated=sittings[0].ended_at if sittings else NEVER,
        base=settings().public_url,
    )
    response = make_response(_FORBIDDEN.sub("", body))
    response.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    return response

"""Reading a page: as it stands, as it stood, as it was typed."""

import re
from http import HTTPStatus

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from wiki.clock import utc_now
from wiki.errors import Busy, NotFound
from wiki.pages import service
from wiki.pages.guards import no_page, sight
from wiki.pages.queries import links, reading
from wiki.pages.queries.editing import EDITING_SEEN, Editor, editing
from wiki.pages.queries.reading import ReadPage
from wiki.pages.routes import places, who_may
from wiki.pages.routes.blueprint import door
from wiki.pages.routes.source import source
from wiki.people import guards
from wiki.text.markdown import RENDERER_VERSION, mark_missing, render
from wiki.web.db import begin
from wiki.web.db import reading as reads
from wiki.web.filters import page_url

# In a text or an attribute the first of these signs would be written otherwise.
_ADDRESS = re.compile(r'(?<=<a href=")[^"#]+')


@door("/pages/<path:path>")
def show(path: str) -> ResponseReturnValue:
    """Show the page at `path`; 404 if there is none and nothing stands under it.

    Of a deleted one it says who deleted it, with the status of a page that is not there.
    """
    with reads() as session:
        page = reading.page(session, path, sight())
        if page is None:
            there = places.elsewhere(session, path) or _deleted(session, path)
            return there or _folder(path)
        context = _context(session, page)
    return render_template("pages/show.html", **context)


@door("/pages/<path:path>/revisions/<number>")
def revision(path: str, number: str) -> ResponseReturnValue:
    """Show the page as it stood at one of its revisions."""
    with reads() as session:
        page = _at(session, path, number)
        if page is None:
            return places.elsewhere(session, path) or _missing_revision(path, number)
        context = _context(session, page)
    return render_template("pages/show.html", **context)


@door("/pages/<path:path>/raw")
def raw(path: str) -> ResponseReturnValue:
    """Give the text of the page as it was typed."""
    with reads() as session:
        page = reading.page(session, path, sight())
        if page is None:
            return places.elsewhere(session, path) or _folder(path)
        return _text(source(session, page.text_sha))


@door("/pages/<path:path>/revisions/<number>/raw")
def revision_raw(path: str, number: str) -> ResponseReturnValue:
    """Give the text of one revision as it was typed."""
    with reads() as session:
        page = _at(session, path, number)
        if page is None:
            return places.elsewhere(session, path) or _missing_revision(path, number)
        return _text(source(session, page.text_sha))


def _at(session: Session, path: str, number: str) -> ReadPage | None:
    page_id = reading.page_id(session, path, sight(), with_deleted=True)
    if page_id is None or not places.NUMBER.fullmatch(number):
        return None
    return reading.revision(session, page_id, int(number))


def _missing_revision(path: str, number: str) -> ResponseReturnValue:
    raise NotFound(
        "The page {path} has no revision {number}. Its history lists the ones there are.",
        path=path,
        number=number[:40],
    )


def _context(session: Session, page: ReadPage) -> dict[str, object]:
    rendering = rendering_of(page)
    targets = links.targets_of(session, page.page_id, sight())
    return {
        "page": page,
        "html": with_links(rendering.html, targets),
        "headings": rendering.headings,
        "trouble": rendering.trouble,
        "tags": reading.tags(session, page.page_id) if page.is_head else [],
        "links_here": len(links.links_to(session, page.path, sight())),
        "editing_now": _editing_now(session, page),
        "limits": who_may.limits_said(page.path),
        **_surroundings(page.path),
    }


def _editing_now(session: Session, page: ReadPage) -> list[Editor]:
    """Return who else is writing on the page; for members, as it says where people are now."""
    member = guards.me()
    if member is None or not page.is_head or page.deleted_at is not None:
        return []
    return editing(session, page.page_id, since=utc_now() - EDITING_SEEN, but=member.id)


def with_links(html: str, targets: dict[str, str | None]) -> str:
    """Return the HTML with its links as they lead today: to titles, or to nothing yet."""
    html = mark_missing(html, {target for target, path in targets.items() if path is None})
    moved = {page_url(target): page_url(path) for target, path in targets.items() if path}
    return _ADDRESS.sub(lambda link: moved.get(link.group(), link.group()), html) if moved else html


def rendering_of(page: ReadPage) -> service.Shown:
    """Return the page as HTML; an old revision is rendered when first read, and kept."""
    if page.renderer == RENDERER_VERSION and page.html is not None:
        return service.Shown(page.html, page.headings or [], page.trouble or "")
    try:
        with begin(quiet=True) as session:
            return service.rendered(session, page.revision_id)
    except (Busy, OperationalError):
        return _not_kept(page)


def _not_kept(page: ReadPage) -> service.Shown:
    """Return the page as HTML that is not stored: reading goes on when writing does not."""
    with reads() as session:
        text = service.text_of(session, page.text_sha)
    made = render(text, path=page.path, title=page.title)
    headings = [[one.level, one.text, one.anchor] for one in made.headings]
    return service.Shown(made.html, headings, made.trouble or "")


def _children(path: str) -> list[tuple[str, str]]:
    node = places.whole_tree().nodes.get(path)
    return [(child.title, child.path) for child in node.children] if node else []


def _deleted(session: Session, path: str) -> ResponseReturnValue | None:
    """Return what is said at the address of a page that was deleted, or None if none was."""
    page_id = reading.page_id(session, path, sight(), with_deleted=True)
    found = None if page_id is None else reading.outline(session, page_id)
    page = None if found is None else reading.revision(session, found.page_id, found.head_number)
    if page is None:
        return None
    context = _surroundings(path)
    return render_template("pages/deleted.html", page=page, **context), HTTPStatus.NOT_FOUND


def _surroundings(path: str) -> dict[str, object]:
    return {
        "navigation": places.navigation(path),
        "crumbs": places.crumbs(path),
        "children": _children(path),
    }


def _folder(path: str) -> ResponseReturnValue:
    """Show what stands under a path at which no page stands."""
    node = places.whole_tree().nodes.get(path)
    if node is None or request.endpoint != "pages.show":
        raise no_page(path)
    return render_template(
        "pages/folder.html",
        node=node,
        limits=who_may.limits_said(path),
        **_surroundings(path),
    )


def _text(text: str) -> Response:
    return Response(text, content_type="text/plain; charset=utf-8")

"""Lists over the whole wiki: where words are needed, links that lead nowhere, tags."""

from flask import render_template
from flask.typing import ResponseReturnValue

from wiki.errors import NotFound
from wiki.pages.guards import no_page, sight, strategy
from wiki.pages.queries import links as queries
from wiki.pages.queries import lists, reading
from wiki.pages.queries.links import Link
from wiki.pages.routes import places
from wiki.pages.routes.blueprint import door
from wiki.web.db import reading as reads


@door("/gaps")
def gaps() -> ResponseReturnValue:
    """List the sections that need words, and the pages that are asked for."""
    with reads() as session:
        found = lists.gaps(session, strategy())
        wanted = _wanted(queries.wanted(session, sight()))
    return render_template("pages/gaps.html", gaps=found, wanted=wanted)


def _wanted(found: dict[str, list[Link]]) -> dict[str, list[Link]]:
    """Return the pages that are asked for by others than templates."""
    seen = strategy()
    asked = (
        (path, [one for one in links if seen.sees(one.page_path)]) for path, links in found.items()
    )
    return {path: links for path, links in asked if links}


@door("/links")
def links() -> ResponseReturnValue:
    """List links that lead nowhere, and pages that nothing leads to."""
    with reads() as session:
        return render_template(
            "pages/links.html",
            broken=queries.broken(session, sight()),
            orphans=queries.orphans(session, sight()),
        )


@door("/pages/<path:path>/links")
def links_here(path: str) -> ResponseReturnValue:
    """List the pages that link to a page."""
    with reads() as session:
        page_id = reading.page_id(session, path, sight())
        if page_id is None:
            moved = places.elsewhere(session, path)
            if moved is None:
                raise no_page(path)
            return moved
        page = reading.outline(session, page_id)
        found = queries.links_to(session, path, sight())
    return render_template(
        "pages/links_here.html", page=page, links=found, crumbs=places.crumbs(path)
    )


@door("/tags/<path:tag>")
def tagged(tag: str) -> ResponseReturnValue:
    """List the pages with a tag."""
    with reads() as session:
        found = lists.tagged(session, tag, sight())
    if not found:
        raise NotFound("No page has the tag {tag}.", tag=tag)
    return render_template("pages/tagged.html", tag=tag, pages=found)

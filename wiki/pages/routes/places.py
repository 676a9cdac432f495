"""Finding the page that an address means, and where it stands among the others."""

import re
from dataclasses import replace

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from wiki.pages.guards import sight
from wiki.pages.queries import reading, tree
from wiki.pages.queries.tree import Node, Tree
from wiki.pages.rules import TEMPLATES, is_template
from wiki.text.paths import normal
from wiki.web.cache import remembered
from wiki.web.db import reading as reads
from wiki.web.filters import page_url

# Of a revision, as it stands in an address.
NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)
# A level of the tree shows this many pages at most, those around the current one.
NEIGHBOURS = 25


def whole_tree() -> Tree:
    """Return the tree of all pages that the reader may see, kept until something changes."""
    seen = sight()

    def read() -> Tree:
        with reads() as session:
            return tree.tree(session, seen)

    return remembered(("tree", seen), read)


def elsewhere(session: Session, path: str) -> ResponseReturnValue | None:
    """Return the way to the page when `path` is an old or sloppy name of it, or None."""
    target = normal(path)
    seen = sight()
    if target == path or reading.page_id(session, target, seen) is None:
        target = reading.path_now(session, target, seen, with_deleted=True) or target
    if target == path or not _is_known(session, target):
        return None
    endpoint = request.endpoint or "pages.show"
    values = {**(request.view_args or {}), "path": target}
    asked = request.query_string.decode("ascii", "ignore")
    return redirect(url_for(endpoint, **values) + (f"?{asked}" if asked else ""), 301)


def _is_known(session: Session, path: str) -> bool:
    """Return whether a page stands or stood at `path`, or others stand under it."""
    is_page = reading.page_id(session, path, sight(), with_deleted=True) is not None
    return is_page or path in whole_tree().nodes


def crumbs(path: str) -> list[tuple[str, str]]:
    """Return the way down to a page as pairs of title and address, the page left out."""
    above = whole_tree().crumbs(path)
    return [(gettext("Pages"), url_for("pages.index"))] + [
        (node.title, page_url(node.path)) for node in above
    ]


def navigation(path: str) -> list[Node]:
    """Return the tree around `path`: the top, and what is open on the way down.

    The templates are part of it for those who are among them.
    """
    is_among_templates = is_template(path)
    top = [node for node in whole_tree().top if node.path != TEMPLATES or is_among_templates]
    return [_shown(node, path) for node in _near(top, path)]


def _shown(node: Node, path: str) -> Node:
    is_open = f"{path}/".startswith(f"{node.path}/")
    children = [_shown(child, path) for child in _near(node.children, path)] if is_open else []
    return replace(node, children=children)


def _near(nodes: list[Node], path: str) -> list[Node]:
    """Return at most NEIGHBOURS of the nodes, the one on the way to `path` among them."""
    if len(nodes) <= NEIGHBOURS:
        return nodes
    at = next((i for i, node in enumerate(nodes) if f"{path}/".startswith(f"{node.path}/")), 0)
    start = max(0, min(at - NEIGHBOURS // 2, len(nodes) - NEIGHBOURS))
    return nodes[start : start + NEIGHBOURS]

"""The front of the wiki, and the list of all its pages."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from flask import render_template
from flask.typing import ResponseReturnValue

from wiki.clock import utc_now
from wiki.pages import rules
from wiki.pages.guards import sight, strategy
from wiki.pages.queries import changes, digest, lists, tree
from wiki.pages.queries.changes import Wanted
from wiki.pages.queries.digest import ChangedPage
from wiki.pages.queries.tree import Node, Tree
from wiki.pages.routes import places
from wiki.pages.routes.blueprint import door
from wiki.people import guards
from wiki.web.db import reading

RECENT = 6
GAPS = 5
CARDS = 24
# The page that says what the strategy is: the first of these that stands.
FRONT_PAGES = ("home", "strategy", "overview", "en/overview", "index", "readme")


@dataclass(frozen=True, slots=True)
class Digest:
    """What a member may have missed since their last working day."""

    since: datetime
    pages: list[ChangedPage]


@door("/")
def home() -> ResponseReturnValue:
    """Show what the strategy is, its pages, what changed lately, where words are needed."""
    whole = places.whole_tree()
    member = guards.me()
    is_admin = member is not None and member.role == "admin"
    with reading() as session:
        facts = tree.page_facts(session, sight())
        recent = changes.recent(session, Wanted(), sight(), limit=RECENT)
        gaps = lists.gaps(session, strategy(), limit=GAPS)
        gap_count = lists.gap_count(session, strategy())
        participation = changes.participation(session) if is_admin else None
    # The tree may be a moment older than the facts.
    shown = {path for path in facts if strategy().sees(path)}
    front = _front(whole, shown)
    shown -= {front.path} if front else set()
    return render_template(
        "pages/home.html",
        front=facts[front.path] if front else None,
        parts=_parts(whole.top, shown),
        facts=facts,
        recent=recent[:RECENT],
        gaps=gaps,
        gap_count=gap_count,
        participation=participation,
        digest=_digest() if member else None,
    )


@door("/pages")
def index() -> ResponseReturnValue:
    """List all pages as they stand in the tree."""
    with reading() as session:
        facts = tree.page_facts(session, sight())
    rows = [
        (depth, node)
        for depth, node in places.whole_tree().walk()
        if node.path in facts or not node.is_page
    ]
    return render_template("pages/index.html", rows=rows, facts=facts)


def _digest() -> Digest:
    zone = ZoneInfo(guards.reader_zone())
    day = rules.working_day_before(utc_now().astimezone(zone).date())
    since = datetime.combine(day, time.min, zone)
    with reading() as session:
        return Digest(since, digest.changed_since(session, since, strategy()))


def _front(whole: Tree, shown: set[str]) -> Node | None:
    named = next((path for path in FRONT_PAGES if path in shown and path in whole.nodes), None)
    if named:
        return whole.nodes[named]
    return next((node for node in whole.top if node.path in shown), None)


def _parts(top: list[Node], shown: set[str]) -> list[tuple[str, list[Node]]]:
    """Return the pages of the first two levels as pairs of a name and nodes.

    First, under no name, the pages at the top with those under them; then each bare name.
    """
    parts: list[tuple[str, list[Node]]] = [("", [])]
    for node in top:
        if node.is_page:
            parts[0][1].extend([node, *node.children])
        else:
            parts.append((node.title, node.children))
    kept = [(name, [one for one in nodes if one.path in shown][:CARDS]) for name, nodes in parts]
    return [part for part in kept if part[1]]

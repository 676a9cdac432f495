"""The tree of all pages, in reading order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.pages.models import Page, PageSection, Revision
from wiki.pages.queries.sight import Sight
from wiki.people.models import Person
from wiki.text.paths import ancestors, natural_key, parent, title_from_path

# What a part of the wiki is called that only a language code names.
LANGUAGES = {"cy": "Cymraeg", "de": "Deutsch", "en": "English", "es": "Español", "fr": "Français"}


@dataclass(slots=True)
class Node:
    """A place in the tree: a page, or only a name that pages stand under."""

    path: str
    title: str
    is_page: bool = False
    position: int | None = None
    children: list["Node"] = field(default_factory=list)

    def walk(self, depth: int = 0) -> Iterator[tuple[int, "Node"]]:
        """Give this node and all under it, each with its depth."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)


@dataclass(frozen=True, slots=True)
class Tree:
    """All living pages. `nodes` finds a node by its path."""

    top: list[Node]
    nodes: dict[str, Node]

    def walk(self) -> Iterator[tuple[int, Node]]:
        """Give every node in reading order with its depth."""
        for node in self.top:
            yield from node.walk()

    def crumbs(self, path: str) -> list[Node]:
        """Return the nodes above `path`, from the top."""
        return [self.nodes[above] for above in ancestors(path) if above in self.nodes]


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a list of pages says of one."""

    path: str
    title: str
    summary: str
    words: int
    changed_at: datetime
    author_name: str
    gaps: int


def tree(session: Session, sight: Sight) -> Tree:
    """Return the tree of all living pages."""
    query = sa.select(Page.path, Page.title, Page.position).where(
        Page.deleted_at.is_(None), sight.only(Page.path)
    )
    nodes: dict[str, Node] = {}
    for path, title, position in session.execute(query):
        nodes[path] = Node(path, title, is_page=True, position=position)
    for path in list(nodes):
        for above in ancestors(path):
            nodes.setdefault(above, Node(above, _bare_title(above)))
    top: list[Node] = []
    for node in nodes.values():
        under = parent(node.path)
        (nodes[under].children if under else top).append(node)
    for siblings in (top, *(node.children for node in nodes.values())):
        siblings.sort(key=_order)
    return Tree(top, nodes)


def _bare_title(path: str) -> str:
    return LANGUAGES.get(path) or title_from_path(path)


def _order(node: Node) -> tuple[bool, int, object]:
    return (node.position is None, node.position or 0, natural_key(node.path))


def page_facts(session: Session, sight: Sight) -> dict[str, PageFacts]:
    """Return what a list says of each living page, by path."""
    gaps = (
        sa.select(PageSection.page_id, sa.func.count().label("gaps"))
        .where(PageSection.need.is_not(None))
        .group_by(PageSection.page_id)
        .subquery()
    )
    query = (
        sa.select(
            Page.path,
            Page.title,
            Page.summary,
            Page.words,
            Page.changed_at,
            Person.name,
            sa.func.coalesce(gaps.c.gaps, 0),
        )
        .join(Revision, Revision.id == Page.head_id)
        .join(Person, Person.id == Revision.author_id)
        .outerjoin(gaps, gaps.c.page_id == Page.id)
        .where(Page.deleted_at.is_(None), sight.only(Page.path))
    )
    return {row[0]: PageFacts(*row) for row in session.execute(query)}

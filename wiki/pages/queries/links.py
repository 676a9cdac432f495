"""Where links lead: to the page at their path, to one that stood there, or to one of that title.

The three are tried in this order; only a [[link]] may mean a title, and of several pages with
one title the first by path is meant. A page that the reader may not see is none: a link to it is
shown as one to a page that nobody wrote, and its own links count for nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from wiki.pages.models import FormerPath, Page, PageAnchor, PageLink, PageSection
from wiki.pages.queries.sight import Sight

_There = aliased(Page)
_Before = aliased(Page)


@dataclass(frozen=True, slots=True)
class Link:
    """A link from a living page."""

    page_path: str
    page_title: str
    target: str
    fragment: str
    words: str


@dataclass(frozen=True, slots=True)
class _Addresses:
    """The living pages by their paths, by the paths they left, and by their titles."""

    here: dict[str, int]
    former: dict[str, int]
    called: dict[str, int]

    def page_at(self, target: str, *, is_wiki: bool) -> int | None:
        """Return the page to which a link leads, or None."""
        found = self.here.get(target, self.former.get(target))
        return self.called.get(target) if found is None and is_wiki else found


@lru_cache(maxsize=64)
def _stands(sight: Sight) -> sa.ColumnElement[bool]:
    """Return the condition that a page stands where a link leads. Kept: making it takes long."""
    there = (_There.path == PageLink.target, _There.deleted_at.is_(None))
    return sa.exists().where(*there, sight.only(_There.path))


@lru_cache(maxsize=64)
def _stood(sight: Sight) -> sa.ColumnElement[bool]:
    """Return the condition that a page that is still there stood where a link leads."""
    left = (FormerPath.path == PageLink.target, sight.only(FormerPath.path))
    there = (_There.id == FormerPath.page_id, _There.deleted_at.is_(None))
    return sa.exists().where(*left, *there, sight.only(_There.path))


def targets_of(session: Session, page_id: int, sight: Sight) -> dict[str, str | None]:
    """Return where the page's links lead that do not lead to a page of just that path.

    None stands for nowhere. Paths that a page left are not listed: they lead on by themselves.
    """
    called = sa.and_(
        PageLink.is_wiki.is_(True),
        Page.name == PageLink.target,
        Page.deleted_at.is_(None),
        sight.only(Page.path),
    )
    query = (
        sa.select(PageLink.target, sa.func.min(Page.path))
        .outerjoin(Page, called)
        .where(PageLink.page_id == page_id, ~_stands(sight), ~_stood(sight))
        .group_by(PageLink.target)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def links_to(session: Session, path: str, sight: Sight) -> list[tuple[str, str]]:
    """Return path and title of the other pages that link to the living page at `path`."""
    here = sa.and_(_There.path == path, _There.deleted_at.is_(None))
    left = (
        sa.select(FormerPath.path)
        .join(_There, _There.id == FormerPath.page_id)
        .where(here, sight.only(FormerPath.path))
    )
    name = sa.select(_There.name).where(here).scalar_subquery()
    is_first = ~sa.exists().where(
        _Before.name == PageLink.target,
        _Before.path < path,
        _Before.deleted_at.is_(None),
        sight.only(_Before.path),
    )
    is_called = (PageLink.target == name, PageLink.is_wiki.is_(True))
    by_title = (*is_called, ~_stands(sight), ~_stood(sight), is_first)
    # Three questions, each by an index; as one with "or" it would look at every link there is.
    linking = sa.union(
        sa.select(PageLink.page_id).where(PageLink.target == path),
        sa.select(PageLink.page_id).where(PageLink.target.in_(left)),
        sa.select(PageLink.page_id).where(*by_title),
    )
    query = (
        sa.select(Page.path, Page.title)
        .where(
            Page.id.in_(linking),
            Page.deleted_at.is_(None),
            Page.path != path,
            sight.only(Page.path),
        )
        .order_by(Page.title, Page.path)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def wanted(session: Session, sight: Sight) -> dict[str, list[Link]]:
    """Return the pages that [[links]] ask for and nobody wrote, with who asks, by path."""
    addresses = _addresses(session, sight)
    found: dict[str, list[Link]] = {}
    for link, is_wiki in _links(session, sight, PageLink.is_wiki.is_(True), ~_stands(sight)):
        if addresses.page_at(link.target, is_wiki=is_wiki) is None:
            found.setdefault(link.target, []).append(link)
    return found


def broken(session: Session, sight: Sight) -> list[Link]:
    """Return the other links that lead to no page, or to no place on their page."""
    addresses = _addresses(session, sight)
    query = sa.union(
        sa.select(PageSection.page_id, PageSection.anchor),
        sa.select(PageAnchor.page_id, PageAnchor.anchor),
    )
    places = {(row[0], row[1]) for row in session.execute(query)}
    may_be = sa.or_(PageLink.fragment != "", sa.and_(PageLink.is_wiki.is_(False), ~_stands(sight)))

    def leads_nowhere(link: Link, *, is_wiki: bool) -> bool:
        page_id = addresses.page_at(link.target, is_wiki=is_wiki)
        if page_id is None:
            return not is_wiki
        return bool(link.fragment) and (page_id, link.fragment) not in places

    return [
        link
        for link, is_wiki in _links(session, sight, may_be)
        if leads_nowhere(link, is_wiki=is_wiki)
    ]


def orphans(session: Session, sight: Sight) -> list[tuple[str, str]]:
    """Return path and title of the pages that no other page links to."""
    addresses = _addresses(session, sight)
    links = (
        sa.select(PageLink.page_id, PageLink.target, PageLink.is_wiki)
        .join(Page, Page.id == PageLink.page_id)
        .where(sight.only(Page.path))
    )
    linked: set[int | None] = set()
    for page_id, target, is_wiki in session.execute(links):
        found = addresses.page_at(target, is_wiki=is_wiki)
        if found != page_id:
            linked.add(found)
    query = (
        sa.select(Page.id, Page.path, Page.title)
        .where(Page.deleted_at.is_(None), sight.only(Page.path))
        .order_by(Page.title, Page.path)
    )
    return [(row[1], row[2]) for row in session.execute(query) if row[0] not in linked]


def _addresses(session: Session, sight: Sight) -> _Addresses:
    query = sa.select(Page.id, Page.path, Page.name).where(
        Page.deleted_at.is_(None), sight.only(Page.path)
    )
    pages = list(session.execute(query.order_by(Page.path.desc())))
    living = {row[0] for row in pages}
    former = session.execute(
        sa.select(FormerPath.path, FormerPath.page_id).where(sight.only(FormerPath.path))
    )
    return _Addresses(
        here={row[1]: row[0] for row in pages},
        former={row[0]: row[1] for row in former if row[1] in living},
        called={row[2]: row[0] for row in pages},
    )


def _links(
    session: Session, sight: Sight, *conditions: sa.ColumnElement[bool]
) -> Iterator[tuple[Link, bool]]:
    """Give links of living pages, by target and title, and whether each was written as [[so]]."""
    query = (
        sa.select(
            Page.path,
            Page.title,
            PageLink.target,
            PageLink.fragment,
            PageLink.words,
            PageLink.is_wiki,
        )
        .join(PageLink, PageLink.page_id == Page.id)
        .where(Page.deleted_at.is_(None), sight.only(Page.path), *conditions)
        .order_by(PageLink.target, Page.title, Page.path)
    )
    for *facts, is_wiki in session.execute(query):
        yield Link(*facts), is_wiki

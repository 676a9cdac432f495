"""Where links lead: to the page at their path, to one that stood there, or to one of that title.

The three are tried in this order; only a [[link]] may mean a title, and of several pages with
one title the first by path is meant.
"""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from wiki.pages.models import FormerPath, Page, PageLink, PageSection

_There = aliased(Page)
_STANDS = sa.exists().where(_There.path == PageLink.target, _There.deleted_at.is_(None))
_STOOD = sa.exists().where(
    FormerPath.path == PageLink.target,
    _There.id == FormerPath.page_id,
    _There.deleted_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link from a living page."""

    page_path: str
    page_title: str
    target: str
    fragment: str
    words: str


@dataclass(frozen=True, slots=True)
class _Written:
    """A link as it was written: from which page to what, as [[so]] or otherwise."""

    page_id: int
    is_wiki: bool
    link: Link


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


def targets_of(session: Session, page_id: int) -> dict[str, str | None]:
    """Return where the page's links lead that do not lead to a page of just that path.

    None stands for nowhere. Paths that a page left are not listed: they lead on by themselves.
    """
    called = sa.and_(
        PageLink.is_wiki.is_(True), Page.name == PageLink.target, Page.deleted_at.is_(None)
    )
    query = (
        sa.select(PageLink.target, sa.func.min(Page.path))
        .outerjoin(Page, called)
        .where(PageLink.page_id == page_id, ~_STANDS, ~_STOOD)
        .group_by(PageLink.target)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def links_to(session: Session, path: str) -> list[tuple[str, str]]:
    """Return path and title of the other pages that link to the living page at `path`."""
    left = (
        sa.select(FormerPath.path)
        .join(_There, _There.id == FormerPath.page_id)
        .where(_There.path == path, _There.deleted_at.is_(None))
    )
    name = sa.select(_There.name).where(_There.path == path, _There.deleted_at.is_(None))
    before = aliased(Page)
    is_first = ~sa.exists().where(
        before.name == PageLink.target, before.path < path, before.deleted_at.is_(None)
    )
    called = sa.and_(
        PageLink.target == name.scalar_subquery(),
        PageLink.is_wiki.is_(True),
        ~_STANDS,
        ~_STOOD,
        is_first,
    )
    query = (
        sa.select(Page.path, Page.title)
        .join(PageLink, PageLink.page_id == Page.id)
        .where(sa.or_(PageLink.target == path, PageLink.target.in_(left), called))
        .where(Page.deleted_at.is_(None), Page.path != path)
        .group_by(Page.id, Page.path, Page.title)
        .order_by(Page.title, Page.path)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def wanted(session: Session) -> dict[str, list[Link]]:
    """Return the pages that [[links]] ask for and nobody wrote, with who asks, by path."""
    addresses = _addresses(session)
    found: dict[str, list[Link]] = {}
    for written in _all_written(session):
        target = written.link.target
        if written.is_wiki and addresses.page_at(target, is_wiki=True) is None:
            found.setdefault(target, []).append(written.link)
    return found


def broken(session: Session) -> list[Link]:
    """Return the other links that lead to no page, or to no section of their page."""
    addresses = _addresses(session)
    query = sa.select(PageSection.page_id, PageSection.anchor)
    sections = {(row[0], row[1]) for row in session.execute(query)}

    def leads_nowhere(written: _Written) -> bool:
        page_id = addresses.page_at(written.link.target, is_wiki=written.is_wiki)
        if page_id is None:
            return not written.is_wiki
        return bool(written.link.fragment) and (page_id, written.link.fragment) not in sections

    return [written.link for written in _all_written(session) if leads_nowhere(written)]


def orphans(session: Session) -> list[tuple[str, str]]:
    """Return path and title of the pages that no other page links to."""
    addresses = _addresses(session)
    linked = {
        addresses.page_at(written.link.target, is_wiki=written.is_wiki)
        for written in _all_written(session)
        if addresses.page_at(written.link.target, is_wiki=written.is_wiki) != written.page_id
    }
    query = (
        sa.select(Page.id, Page.path, Page.title)
        .where(Page.deleted_at.is_(None))
        .order_by(Page.title, Page.path)
    )
    return [(row[1], row[2]) for row in session.execute(query) if row[0] not in linked]


def _addresses(session: Session) -> _Addresses:
    query = sa.select(Page.id, Page.path, Page.name).where(Page.deleted_at.is_(None))
    pages = list(session.execute(query.order_by(Page.path.desc())))
    living = {row[0] for row in pages}
    former = session.execute(sa.select(FormerPath.path, FormerPath.page_id))
    return _Addresses(
        here={row[1]: row[0] for row in pages},
        former={row[0]: row[1] for row in former if row[1] in living},
        called={row[2]: row[0] for row in pages},
    )


def _all_written(session: Session) -> list[_Written]:
    query = (
        sa.select(
            Page.id,
            PageLink.is_wiki,
            Page.path,
            Page.title,
            PageLink.target,
            PageLink.fragment,
            PageLink.words,
        )
        .join(PageLink, PageLink.page_id == Page.id)
        .where(Page.deleted_at.is_(None))
        .order_by(PageLink.target, Page.title, Page.path)
    )
    return [_Written(row[0], row[1], Link(*row[2:])) for row in session.execute(query)]

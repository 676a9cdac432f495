"""Lists over the whole wiki: sections that need words, links that lead nowhere, tags."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from wiki.pages.models import FormerPath, Page, PageLink, PageSection, PageTag

_Target = aliased(Page)
_NEED_ORDER = sa.case({"placeholder": 0, "empty": 1}, value=PageSection.need, else_=2)


@dataclass(frozen=True, slots=True)
class Gap:
    """A section that needs words, and why: empty, placeholder or stub."""

    page_path: str
    page_title: str
    heading: str
    anchor: str
    words: int
    need: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link from a living page."""

    page_path: str
    page_title: str
    target: str
    fragment: str
    words: str


def gaps(session: Session, *, under: str = "", limit: int | None = None) -> list[Gap]:
    """Return the sections that need words, page by page."""
    query = (
        sa.select(
            Page.path,
            Page.title,
            PageSection.heading,
            PageSection.anchor,
            PageSection.words,
            sa.func.coalesce(PageSection.need, ""),
        )
        .join(Page, Page.id == PageSection.page_id)
        .where(PageSection.need.is_not(None), Page.deleted_at.is_(None))
        .order_by(_NEED_ORDER, Page.path, PageSection.ordinal)
        .limit(limit)
    )
    if under:
        query = query.where(Page.path.startswith(under, autoescape=True))
    return [Gap(*row) for row in session.execute(query)]


def gap_count(session: Session) -> int:
    """Return how many sections need words."""
    query = (
        sa.select(sa.func.count())
        .select_from(PageSection)
        .join(Page, Page.id == PageSection.page_id)
        .where(PageSection.need.is_not(None), Page.deleted_at.is_(None))
    )
    return session.scalar(query) or 0


def links_to(session: Session, path: str) -> list[tuple[str, str]]:
    """Return path and title of the pages that link to `path`."""
    query = (
        sa.select(Page.path, Page.title)
        .join(PageLink, PageLink.page_id == Page.id)
        .join(_Target, _leads_to(_Target))
        .where(_Target.path == path, Page.deleted_at.is_(None), Page.path != path)
        .group_by(Page.id, Page.path, Page.title)
        .order_by(Page.title)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def _leads_to(page: type[Page]) -> sa.ColumnElement[bool]:
    """Return whether a link leads to the living `page`: by its path, or as [[Title]]."""
    called = sa.and_(PageLink.is_wiki.is_(True), page.name == PageLink.target)
    return sa.and_(page.deleted_at.is_(None), sa.or_(page.path == PageLink.target, called))


def _target_stands() -> sa.ColumnElement[bool]:
    moved = sa.exists().where(FormerPath.path == PageLink.target)
    return sa.or_(sa.exists().where(_leads_to(_Target)), moved)


def _links(*conditions: sa.ColumnElement[bool]) -> sa.Select[str, str, str, str, str]:
    return (
        sa.select(Page.path, Page.title, PageLink.target, PageLink.fragment, PageLink.words)
        .join(Page, Page.id == PageLink.page_id)
        .where(Page.deleted_at.is_(None), *conditions)
        .order_by(PageLink.target, Page.title)
    )


def wanted(session: Session) -> dict[str, list[Link]]:
    """Return the pages that [[links]] ask for and nobody wrote, with who asks, by path."""
    found: dict[str, list[Link]] = {}
    for row in session.execute(_links(PageLink.is_wiki.is_(True), ~_target_stands())):
        link = Link(*row)
        found.setdefault(link.target, []).append(link)
    return found


def broken(session: Session) -> list[Link]:
    """Return the other links that lead to no page, or to no section of their page."""
    no_section = sa.and_(
        PageLink.fragment != "",
        sa.exists().where(_leads_to(_Target)),
        ~sa.exists().where(
            _leads_to(_Target),
            PageSection.page_id == _Target.id,
            PageSection.anchor == PageLink.fragment,
        ),
    )
    no_page = sa.and_(PageLink.is_wiki.is_(False), ~_target_stands())
    return [Link(*row) for row in session.execute(_links(sa.or_(no_page, no_section)))]


def orphans(session: Session) -> list[tuple[str, str]]:
    """Return path and title of the pages that no other page links to."""
    linked = sa.exists().where(_leads_to(Page), PageLink.page_id != Page.id)
    query = (
        sa.select(Page.path, Page.title)
        .where(Page.deleted_at.is_(None), ~linked)
        .order_by(Page.title)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def tagged(session: Session, tag: str) -> list[tuple[str, str, str]]:
    """Return path, title and summary of the pages with `tag`."""
    query = (
        sa.select(Page.path, Page.title, Page.summary)
        .join(PageTag, PageTag.page_id == Page.id)
        .where(PageTag.tag == tag, Page.deleted_at.is_(None))
        .order_by(Page.title)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]

"""What changed lately over the whole wiki, one entry a sitting.

A sitting is what one person saved on one page within an hour, with nobody in between.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from wiki.pages.models import Page, Revision
from wiki.pages.queries.history import LINE_COLUMNS, Line
from wiki.pages.queries.sight import Sight
from wiki.people.models import Person, Team

PAGE_LENGTH = 50
_Next = aliased(Revision)
_Save = aliased(Revision)


@dataclass(frozen=True, slots=True)
class Sitting:
    """What one person made of one page in one go; `lines` newest first."""

    page_id: int
    revision_id: int  # of the last save
    page_path: str
    page_title: str
    is_deleted: bool
    first: int
    last: int
    lines: list[Line]

    @property
    def ended_at(self) -> datetime:
        """Return when the last save was made."""
        return self.lines[0].saved_at

    @property
    def pair(self) -> str:
        """Return the two revisions to compare, like 3..5, or "" where the page began."""
        return f"{self.first - 1}..{self.last}" if self.first > 1 else ""

    @property
    def words_change(self) -> int:
        """Return by how many words the page grew in all; negative if it shrank."""
        return sum(line.words_change for line in self.lines)

    @property
    def marks(self) -> tuple[str, ...]:
        """Return what is special about any of the saves."""
        return tuple(dict.fromkeys(mark for line in self.lines for mark in line.marks))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the changes are narrowed to. `before` is (made_at, revision id) for paging."""

    author_id: int | None = None
    team_id: int | None = None
    page_id: int | None = None
    under: str = ""
    since: datetime | None = None
    until: datetime | None = None
    minor: str = ""  # "hide", "only" or "" for all
    restored: bool = False
    before: tuple[datetime, int] | None = None


def recent(
    session: Session, wanted: Wanted, sight: Sight, *, limit: int = PAGE_LENGTH
) -> list[Sitting]:
    """Return up to `limit` + 1 sittings, the latest first; one too many says there are more."""
    is_last = ~sa.exists().where(
        _Next.page_id == Revision.page_id,
        _Next.number == Revision.number + 1,
        _Next.sitting == Revision.sitting,
    )
    query = (
        sa.select(Revision.id, Revision.page_id, Revision.sitting, Revision.number)
        .join(Page, Page.id == Revision.page_id)
        .join(Person, Person.id == Revision.author_id)
        .where(is_last, sight.only(Page.path), *_conditions(wanted))
        .order_by(Revision.made_at.desc(), Revision.id.desc())
        .limit(limit + 1)
    )
    ends = list(session.execute(query))
    return _sittings(session, [(row[0], row[1], row[2], row[3]) for row in ends])


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    """Return one condition for each thing that is asked for."""
    return [condition for condition in _all_conditions(wanted) if condition is not None]


def _all_conditions(wanted: Wanted) -> Iterator[sa.ColumnElement[bool] | None]:
    yield None if wanted.author_id is None else Revision.author_id == wanted.author_id
    yield None if wanted.team_id is None else Person.team_id == wanted.team_id
    yield None if wanted.page_id is None else Revision.page_id == wanted.page_id
    yield None if wanted.since is None else Revision.made_at >= wanted.since
    yield None if wanted.until is None else Revision.made_at < wanted.until
    if wanted.minor:
        # A sitting is minor when all of it is.
        has_more = _has(_Save.is_minor.is_(False))
        yield has_more if wanted.minor == "hide" else ~has_more
    yield _has(_Save.kind.in_(("restore", "undelete"))) if wanted.restored else None
    if wanted.under:
        below = Page.path.startswith(wanted.under + "/", autoescape=True)
        yield sa.or_(Page.path == wanted.under, below)
    if wanted.before is not None:
        moment, number = wanted.before
        earlier = sa.and_(Revision.made_at == moment, Revision.id < number)
        yield sa.or_(Revision.made_at < moment, earlier)


def _has(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Return whether any save of the sitting that ends with this revision is so."""
    return sa.exists().where(
        _Save.page_id == Revision.page_id,
        _Save.number.between(Revision.sitting, Revision.number),
        condition,
    )


def _sittings(session: Session, ends: list[tuple[int, int, int, int]]) -> list[Sitting]:
    if not ends:
        return []
    spans = sa.or_(
        *(
            sa.and_(Revision.page_id == page_id, Revision.number.between(first, last))
            for _, page_id, first, last in ends
        )
    )
    lines: dict[tuple[int, int], list[Line]] = {}
    pages: dict[int, tuple[str, str, bool]] = {}
    for row in session.execute(_lines().where(spans).order_by(Revision.number.desc())):
        page_id, sitting, path, title, deleted_at, *rest = row
        lines.setdefault((page_id, sitting), []).append(Line(*rest))
        pages[page_id] = (path, title, deleted_at is not None)
    return [
        Sitting(
            page_id,
            revision_id,
            *pages[page_id],
            first=first,
            last=last,
            lines=lines[page_id, first],
        )
        for revision_id, page_id, first, last in ends
    ]


def _lines() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Revision.page_id,
            Revision.sitting,
            Page.path,
            Page.title,
            Page.deleted_at,
            *LINE_COLUMNS,
        )
        .join(Page, Page.id == Revision.page_id)
        .join(Person, Person.id == Revision.author_id)
    )


def writers(session: Session, sight: Sight) -> list[tuple[int, str]]:
    """Return everybody who ever wrote on a page that can be seen, by name."""
    wrote = [Revision.author_id == Person.id]
    if sight.hidden:
        wrote += [Page.id == Revision.page_id, sight.only(Page.path)]
    query = (
        sa.select(Person.id, Person.name)
        .where(sa.exists().where(*wrote))
        .order_by(Person.name, Person.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def teams(session: Session) -> list[tuple[int, str]]:
    """Return all teams, by name."""
    query = sa.select(Team.id, Team.name).order_by(Team.name)
    return [(row[0], row[1]) for row in session.execute(query)]


def participation(session: Session) -> tuple[int, int]:
    """Return how many active members there are, and how many of them ever wrote."""
    wrote = sa.exists().where(Revision.author_id == Person.id)
    query = sa.select(
        sa.func.count(), sa.func.coalesce(sa.func.sum(sa.case((wrote, 1), else_=0)), 0)
    ).where(Person.state == "active")
    row = session.execute(query).one()
    return int(row[0]), int(row[1])

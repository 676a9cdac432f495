"""The revisions of one page, without their texts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.pages.models import Revision, TextBlob
from wiki.people.models import Person

PAGE_LENGTH = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One revision in a list. `words_change` may be negative."""

    number: int
    saved_at: datetime
    author_id: int
    author_name: str
    note: str
    kind: str
    is_minor: bool
    is_imported: bool
    restored_number: int | None
    merged_number: int | None
    undone_number: int | None
    path: str
    words: int
    words_change: int

    @property
    def marks(self) -> tuple[str, ...]:
        """Return what is special about the revision, for badges."""
        kinds = {
            "create": "created",
            "restore": "restored",
            "merge": "merged",
            "rename": "renamed",
            "delete": "deleted",
            "undelete": "restored",
        }
        marks = (
            kinds.get(self.kind, ""),
            "undid" if self.undone_number else "",
            "minor" if self.is_minor else "",
            "imported" if self.is_imported else "",
        )
        return tuple(mark for mark in marks if mark)

    @property
    def words_added(self) -> int:
        """Return by how many words the page grew."""
        return max(self.words_change, 0)

    @property
    def words_removed(self) -> int:
        """Return by how many words the page shrank."""
        return max(-self.words_change, 0)


# What a Line is made of, in its order; needs the join of the author.
LINE_COLUMNS = (
    Revision.number,
    Revision.made_at,
    Revision.author_id,
    Person.name,
    Revision.note,
    Revision.kind,
    Revision.is_minor,
    Revision.is_imported,
    Revision.restored_number,
    Revision.merged_number,
    Revision.undone_number,
    Revision.path,
    Revision.words,
    Revision.words_change,
)


@dataclass(frozen=True, slots=True)
class Made:
    """A revision as far as it takes to learn what its author did; `length` is that of its text."""

    number: int
    author_id: int
    text_sha: bytes
    length: int


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a history, newest first, and whether there is more on either side."""

    lines: list[Line]
    has_newer: bool
    has_older: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a history is narrowed to. `before` and `after` are numbers for paging."""

    author_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None
    after: int | None = None


def history(session: Session, page_id: int, wanted: Wanted, *, limit: int = PAGE_LENGTH) -> Part:
    """Return a stretch of the page's revisions; each stretch costs the same."""
    query = _lines().where(Revision.page_id == page_id, *_conditions(wanted))
    if wanted.after is not None:
        query = query.where(Revision.number > wanted.after).order_by(Revision.number)
    else:
        query = query.order_by(Revision.number.desc())
    if wanted.before is not None:
        query = query.where(Revision.number < wanted.before)
    lines = [Line(*row) for row in session.execute(query.limit(limit + 1))]
    has_more = len(lines) > limit
    lines = lines[:limit]
    if wanted.after is not None:
        lines.reverse()
        return Part(lines, has_newer=has_more, has_older=True)
    return Part(lines, has_newer=wanted.before is not None, has_older=has_more)


def line(session: Session, page_id: int, number: int) -> Line | None:
    """Return one revision of a page as a line, or None."""
    query = _lines().where(Revision.page_id == page_id, Revision.number == number)
    row = session.execute(query).one_or_none()
    return Line(*row) if row else None


def between(
    session: Session, page_id: int, older: int, newer: int
) -> tuple[int, list[tuple[int, str]]]:
    """Return how many revisions lie after `older` up to `newer`, and who made them, by id and name.

    Whoever made most comes first.
    """
    query = (
        sa.select(Person.id, Person.name, sa.func.count())
        .join(Revision, Revision.author_id == Person.id)
        .where(Revision.page_id == page_id, Revision.number > older, Revision.number <= newer)
        .group_by(Person.id, Person.name)
        .order_by(sa.func.count().desc(), Person.name, Person.id)
    )
    rows = list(session.execute(query))
    return sum(row[2] for row in rows), [(row[0], row[1]) for row in rows]


def made_between(session: Session, page_id: int, older: int, newer: int) -> list[Made]:
    """Return all revisions from `older` to `newer`, without what a list would say of them."""
    query = (
        sa.select(Revision.number, Revision.author_id, Revision.text_sha, TextBlob.length)
        .join(TextBlob, TextBlob.sha == Revision.text_sha)
        .where(Revision.page_id == page_id, Revision.number.between(older, newer))
        .order_by(Revision.number)
    )
    return [Made(*row) for row in session.execute(query)]


def lines(session: Session, page_id: int, numbers: Collection[int]) -> dict[int, Line]:
    """Return these revisions of a page as lines, by number."""
    if not numbers:
        return {}
    query = _lines().where(Revision.page_id == page_id, Revision.number.in_(numbers))
    return {row[0]: Line(*row) for row in session.execute(query)}


def text_shas(session: Session, page_id: int, *numbers: int) -> tuple[bytes, ...]:
    """Return the hashes of the texts of these revisions, in the order of the numbers asked for."""
    query = sa.select(Revision.number, Revision.text_sha).where(
        Revision.page_id == page_id, Revision.number.in_(numbers)
    )
    found = {row[0]: row[1] for row in session.execute(query)}
    return tuple(found[number] for number in numbers)


def authors(session: Session, page_id: int) -> list[tuple[int, str]]:
    """Return who wrote on the page, by name."""
    query = (
        sa.select(Person.id, Person.name)
        .where(Person.id.in_(sa.select(Revision.author_id).where(Revision.page_id == page_id)))
        .order_by(Person.name, Person.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def _lines() -> sa.Select[*tuple[Any, ...]]:
    return sa.select(*LINE_COLUMNS).join(Person, Person.id == Revision.author_id)


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.author_id is not None:
        conditions.append(Revision.author_id == wanted.author_id)
    if wanted.since is not None:
        conditions.append(Revision.made_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(Revision.made_at < wanted.until)
    return conditions

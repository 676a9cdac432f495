"""What was brought in before, where pages stand now, and all that happened to them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.pages.models import Page, Revision, TextBlob
from wiki.pages.queries import sight
from wiki.pages.queries.sight import Sight
from wiki.people.models import Person
from wiki.storage.dialect import locked
from wiki.transfer.models import ImportedCommit, ImportedFile

_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Moment:
    """Where and when a revision happened."""

    id: int
    page_id: int
    number: int
    kind: str
    path: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A revision as a history of the whole wiki tells it."""

    moment: Moment
    author_id: int
    name: str
    email: str
    note: str
    is_minor: bool
    restored_number: int | None
    merged_number: int | None
    undone_number: int | None
    text_sha: bytes


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file of a folder as it was when it was last taken."""

    file: str
    page_id: int
    text_sha: bytes | None
    seen_at: datetime


_MOMENT = (
    Revision.id,
    Revision.page_id,
    Revision.number,
    Revision.kind,
    Revision.path,
    Revision.made_at,
)


def moments(session: Session) -> Iterator[Moment]:
    """Yield every revision of the wiki in the order of time."""
    query = sa.select(*_MOMENT).order_by(Revision.made_at, Revision.id)
    for row in session.execute(query.execution_options(yield_per=_AT_ONCE)):
        yield Moment(*row)


def lines(session: Session, revision_ids: Collection[int]) -> list[Line]:
    """Return these revisions in the order of time."""
    query = (
        sa.select(
            *_MOMENT,
            Revision.author_id,
            Person.name,
            Person.email,
            Revision.note,
            Revision.is_minor,
            Revision.restored_number,
            Revision.merged_number,
            Revision.undone_number,
            Revision.text_sha,
        )
        .join(Person, Person.id == Revision.author_id)
        .where(Revision.id.in_(revision_ids))
        .order_by(Revision.made_at, Revision.id)
    )
    rows: Iterable[tuple[Any, ...]] = map(tuple, session.execute(query))
    many = len(_MOMENT)
    return [Line(Moment(*row[:many]), *row[many:]) for row in rows]


def heads(session: Session) -> dict[str, bytes]:
    """Return the SHA-256s of the texts of all living pages, by path."""
    query = sa.select(Page.path, Revision.text_sha).join(Revision, Revision.id == Page.head_id)
    return {row[0]: row[1] for row in session.execute(query.where(Page.deleted_at.is_(None)))}


def text_sha(session: Session, page_id: int, number: int) -> bytes:
    """Return the SHA-256 of the text of a revision that is there."""
    query = sa.select(Revision.text_sha)
    return session.scalars(
        query.where(Revision.page_id == page_id, Revision.number == number)
    ).one()


def commits_done(session: Session, source: str) -> set[str]:
    """Return the commits of this history that are in the wiki."""
    query = sa.select(ImportedCommit.commit_id).where(ImportedCommit.source == source)
    return set(session.scalars(query))


def is_any_done(session: Session, source: str, commit_ids: Collection[str]) -> bool:
    """Return whether one of these commits is in the wiki."""
    query = sa.select(ImportedCommit.commit_id).where(
        ImportedCommit.source == source, ImportedCommit.commit_id.in_(commit_ids)
    )
    return session.scalar(query.limit(1)) is not None


def pages_of_files(session: Session, source: str) -> dict[str, int]:
    """Return which page each file of this history has become."""
    query = sa.select(ImportedFile.file, ImportedFile.page_id).where(ImportedFile.source == source)
    return {row[0]: row[1] for row in session.execute(query)}


def living_pages(session: Session) -> dict[str, int]:
    """Return the living pages by path."""
    query = sa.select(Page.path, Page.id).where(Page.deleted_at.is_(None))
    return {row[0]: row[1] for row in session.execute(query)}


def limited_count(session: Session, *, with_deleted: bool) -> int:
    """Return how many pages only some people may read in this wiki."""
    tops = sorted({limit.path for limit in sight.limits(session) if limit.act == "read"})
    if not tops:
        return 0
    query = sa.select(sa.func.count(Page.id)).where(sa.not_(Sight(tuple(tops)).only(Page.path)))
    if not with_deleted:
        query = query.where(Page.deleted_at.is_(None))
    return session.scalar(query) or 0


def changed_here(session: Session, page_ids: Iterable[int]) -> set[int]:
    """Return those of the pages whose heads somebody has made in this wiki."""
    query = (
        sa.select(Page.id)
        .join(Revision, Revision.id == Page.head_id)
        .where(Page.id.in_(set(page_ids)), Revision.is_imported.is_(False))
    )
    return set(session.scalars(query))


def pages_to_change(session: Session, page_ids: Iterable[int]) -> dict[int, Page]:
    """Return the records of pages by id, locked."""
    query = sa.select(Page).where(Page.id.in_(set(page_ids))).order_by(Page.id)
    return {page.id: page for page in session.scalars(locked(query))}


def deleted_count(session: Session, page_ids: Iterable[int]) -> int:
    """Return how many of the pages are deleted."""
    query = sa.select(sa.func.count(Page.id)).where(Page.deleted_at.is_not(None))
    return session.scalar(query.where(Page.id.in_(set(page_ids)))) or 0


def has_begun(session: Session, path: str, made_at: datetime) -> bool:
    """Return whether a page began at this path at this moment."""
    query = sa.select(Revision.id).where(Revision.made_at == made_at, Revision.path == path)
    return session.scalar(query.where(Revision.number == 1).limit(1)) is not None


def is_empty(session: Session) -> bool:
    """Return whether the wiki has never had a page."""
    return session.scalar(sa.select(Page.id).limit(1)) is None


def write_progress(
    session: Session,
    source: str,
    commit_ids: Iterable[str],
    files: dict[str, int | None],
    *,
    now: datetime,
) -> None:
    """Note which commits are in the wiki now and which page each file is; None forgets a file."""
    session.execute(
        sa.insert(ImportedCommit),
        [{"source": source, "commit_id": commit_id} for commit_id in commit_ids],
    )
    gone = sa.delete(ImportedFile).where(ImportedFile.source == source)
    if files:
        session.execute(gone.where(ImportedFile.file.in_(files)))
    kept = [
        {"source": source, "file": file, "page_id": page_id, "seen_at": now}
        for file, page_id in files.items()
        if page_id is not None
    ]
    if kept:
        session.execute(sa.insert(ImportedFile), kept)


def files_taken(session: Session, source: str, names: Collection[str]) -> dict[str, TakenFile]:
    """Return those of the files that were taken before, by name."""
    query = sa.select(
        ImportedFile.file, ImportedFile.page_id, ImportedFile.text_sha, ImportedFile.seen_at
    ).where(ImportedFile.source == source, ImportedFile.file.in_(names))
    rows: Iterable[tuple[Any, ...]] = map(tuple, session.execute(query))
    return {row[0]: TakenFile(*row) for row in rows}


def write_files(session: Session, source: str, files: Collection[TakenFile]) -> None:
    """Note what files were when they were taken, in the place of what was noted of them."""
    if not files:
        return
    gone = sa.delete(ImportedFile).where(ImportedFile.source == source)
    session.execute(gone.where(ImportedFile.file.in_([one.file for one in files])))
    session.execute(sa.insert(ImportedFile), [{"source": source, **asdict(one)} for one in files])


def pages_at(session: Session, paths: Collection[str]) -> dict[str, int]:
    """Return the page at each path: the living one, else the one deleted last."""
    query = sa.select(Page.path, Page.id).where(Page.path.in_(paths))
    # The later row wins: a living page comes last.
    query = query.order_by(Page.deleted_at.is_(None), Page.deleted_at, Page.id)
    return {row[0]: row[1] for row in session.execute(query)}


def head_shas(session: Session, page_ids: Iterable[int]) -> dict[int, bytes]:
    """Return the SHA-256 of the text of each page's head."""
    query = sa.select(Revision.page_id, Revision.text_sha)
    query = query.join(Page, Page.head_id == Revision.id).where(Page.id.in_(set(page_ids)))
    return {row[0]: row[1] for row in session.execute(query)}


def text_numbers(session: Session, page_ids: Iterable[int]) -> dict[int, dict[bytes, int]]:
    """Return of each page the texts it ever had, with the last number of each."""
    numbers: dict[int, dict[bytes, int]] = {page_id: {} for page_id in page_ids}
    query = sa.select(Revision.page_id, Revision.text_sha, Revision.number)
    query = query.where(Revision.page_id.in_(numbers)).order_by(Revision.number)
    for page_id, sha, number in session.execute(query):
        numbers[page_id][sha] = number
    return numbers


def texts_missing(session: Session, shas: Collection[bytes]) -> set[bytes]:
    """Return those SHA-256s for which no text is stored."""
    found = set(session.scalars(sa.select(TextBlob.sha).where(TextBlob.sha.in_(shas))))
    return set(shas) - found

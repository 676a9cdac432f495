"""Following all pages that wait for it, or all over again: resumable, and on every core."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing.connection import wait

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.authorship.models import AuthorshipState
from wiki.authorship.queries import state
from wiki.authorship.queries.state import Standing
from wiki.authorship.service.keeping_up import catch_up, is_caught_up
from wiki.errors import NotFound
from wiki.pages.queries.reading import page_id as page_id_at
from wiki.pages.queries.sight import EVERYTHING
from wiki.pages.rules import NO_PAGE
from wiki.settings import Settings
from wiki.storage.dialect import bare
from wiki.storage.engine import Database

# For fewer revisions, starting processes takes longer than they save.
WORTH_PROCESSES = 2000
_own: list[Database] = []

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many pages and revisions were followed, and how many pages could not be."""

    pages: int
    revisions: int
    failed: int = 0


def rebuild(database: Database, progress: Progress, *, everything: bool = False) -> Rebuilt:
    """Follow all pages that are behind, or every page anew, and return what was done.

    A page is one short transaction, so people can go on working. May be killed: what is asked
    anew is marked first, so another run goes on with what is left, asked for everything or not.
    On PostgreSQL several processes share the work. `progress` is told revisions done and in all.
    """
    if everything:
        _mark_all(database)
    with database.reading() as session:
        waiting = state.behind(session)
    total = sum(_revisions(one) for one in waiting)
    looked_at = followed = failed = 0
    for one, is_well in _all_caught_up(database, waiting, total):
        looked_at += _revisions(one)
        followed += _revisions(one) if is_well else 0
        failed += not is_well
        progress(looked_at, total)
    return Rebuilt(len(waiting) - failed, followed, failed)


def is_any_behind(session: Session) -> bool:
    """Return whether a page waits to be followed; only reads."""
    return bool(state.behind(session, limit=1))


def catch_up_one(database: Database) -> bool:
    """Follow one of the pages that wait for it; return whether there was one."""
    with database.reading() as session:
        waiting = state.behind(session)
    return any(is_caught_up(database, one.page_id, anew=one.is_due) for one in waiting)


def rebuild_page(database: Database, path: str) -> int:
    """Follow the page at `path` anew, living or deleted, and return how many revisions it has.

    Raises NotFound.
    """
    with database.reading() as session:
        page_id = page_id_at(session, path, EVERYTHING, with_deleted=True)
    if page_id is None:
        raise NotFound(NO_PAGE, path=path)
    return catch_up(database, page_id, anew=True)


def _mark_all(database: Database) -> None:
    with database.begin(quiet=True) as session:
        session.execute(sa.update(bare(AuthorshipState)).values(is_due=True))


def _revisions(one: Standing) -> int:
    """Return how many revisions must be followed."""
    return one.head_number if one.is_due else one.head_number - one.number


def _all_caught_up(
    database: Database, waiting: Sequence[Standing], total: int
) -> Iterator[tuple[Standing, bool]]:
    """Follow the pages and yield each, and whether it could be followed."""
    processes = os.cpu_count() or 1
    if database.is_sqlite or processes == 1 or total < WORTH_PROCESSES:
        for one in waiting:
            yield one, is_caught_up(database, one.page_id, anew=one.is_due)
        return
    # The longest first, so that no process is left alone with one at the end.
    yield from _shared_out(database, sorted(waiting, key=_revisions, reverse=True), processes)


def _shared_out(
    database: Database, waiting: Iterable[Standing], processes: int
) -> Iterator[tuple[Standing, bool]]:
    with ProcessPoolExecutor(
        max_workers=processes,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(database.settings,),
    ) as pool:
        work = {pool.submit(_catch_up, one): one for one in waiting}
        for ended in as_completed(work):
            yield work[ended], ended.result()


def _begin(settings: Settings) -> None:
    """Make this process ready: with a database of its own, and an end when the parent's comes."""
    _own.append(Database(settings))
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _catch_up(one: Standing) -> bool:
    return is_caught_up(_own[0], one.page_id, anew=one.is_due)

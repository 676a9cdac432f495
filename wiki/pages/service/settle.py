"""Where pages stand after revisions moved, woke or deleted them, and where they stood before."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.errors import Invalid
from wiki.pages.models import FormerPath, Page

Stood: TypeAlias = Mapping[int, tuple[str, bool]]


def settle(
    session: Session, pages: Sequence[Page], stood: Stood, rows: Iterable[Mapping[str, Any]]
) -> None:
    """Write the pages; `stood` says where each stood before `rows`, and whether it lived.

    Raises Invalid when two living pages would stand at one path.
    """
    arriving = {page.path: page for page in pages if _arrives(page, stood[page.id])}
    _refuse_taken(session, pages, arriving)
    _clear_the_way(session, pages, stood)
    try:
        session.flush()
    except sa.exc.IntegrityError as error:
        raise Invalid("Another page has just been put at this address.", field="path") from error
    _note_former_paths(session, pages, stood, rows)


def _arrives(page: Page, before: tuple[str, bool]) -> bool:
    return page.deleted_at is None and before != (page.path, True)


def _refuse_taken(session: Session, pages: Sequence[Page], arriving: Mapping[str, Page]) -> None:
    if not arriving:
        return
    living = [page.path for page in pages if page.deleted_at is None]
    taken = next((path for path in arriving if living.count(path) > 1), None)
    taken = taken or session.scalar(
        sa.select(Page.path)
        .where(Page.path.in_(arriving), Page.deleted_at.is_(None))
        .where(Page.id.not_in([page.id for page in pages]))
        .limit(1)
    )
    if taken:
        raise Invalid("There is already a page called {path}.", path=taken, field="path")


def _clear_the_way(session: Session, pages: Sequence[Page], stood: Stood) -> None:
    """Take leaving pages off their paths first: row by row, a swap would meet itself."""
    lived = [page for page in pages if stood[page.id][1]]
    deleted = [page.id for page in lived if page.deleted_at]
    moved = [page.id for page in lived if not page.deleted_at and page.path != stood[page.id][0]]
    options = {"synchronize_session": False}
    if deleted:
        away = sa.update(Page).where(Page.id.in_(deleted)).values(deleted_at=Page.changed_at)
        session.execute(away, execution_options=options)
    if moved:
        # No page can be called so: a tilde is no letter.
        aside = sa.literal("~").concat(sa.cast(Page.id, sa.String))
        away = sa.update(Page).where(Page.id.in_(moved)).values(path=aside)
        session.execute(away, execution_options=options)


def _note_former_paths(
    session: Session, pages: Sequence[Page], stood: Stood, rows: Iterable[Mapping[str, Any]]
) -> None:
    """Keep old addresses leading to their pages; an address where a page lives is no old one."""
    former: dict[str, dict[str, Any]] = {}
    places = {page_id: path for page_id, (path, _) in stood.items()}
    for row in rows:
        path, page_id = row["path"], row["page_id"]
        left, places[page_id] = places[page_id], path
        if left != path:
            former[left] = {"path": left, "page_id": page_id, "left_at": row["made_at"]}
    here = {page.path for page in pages if page.deleted_at is None}
    arrived = {page.path for page in pages if _arrives(page, stood[page.id])}
    if arrived or former:
        gone = sa.delete(FormerPath).where(FormerPath.path.in_(arrived | former.keys()))
        session.execute(gone)
    left_behind = [one for path, one in former.items() if path not in here]
    if left_behind:
        session.execute(sa.insert(FormerPath), left_behind)

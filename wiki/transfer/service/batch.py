"""One stretch of an imported history as revisions, written in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from wiki.errors import Busy
from wiki.pages import service as pages
from wiki.pages.models import Page
from wiki.pages.service import Draft
from wiki.storage.dialect import one_at_a_time
from wiki.transfer import queries
from wiki.transfer.rules import files, git_log
from wiki.transfer.rules.git_log import Change, Commit
from wiki.transfer.rules.tally import Tally
from wiki.transfer.service import authors as people
from wiki.transfer.service.authors import Authors
from wiki.transfer.service.git import Blobs


@dataclass(frozen=True, slots=True)
class Course:
    """What stays the same from the first stretch of an import to its last."""

    source: str
    under: str
    blobs: Blobs
    authors: Authors
    tally: Tally
    now: datetime


@dataclass(slots=True)
class _Desk:
    """What is known and decided while one stretch is worked through.

    `at` and `living` say where pages will stand after what is in `drafts`, `files` which page
    each file is, `moved` what changed in that.
    """

    session: Session
    course: Course
    files: dict[str, int]
    living: dict[str, int]
    at: dict[int, str]
    pages: dict[int, Page]
    changed_here: set[int]
    drafts: list[Draft] = field(default_factory=list)
    moved: dict[str, int | None] = field(default_factory=dict)

    def hold(self, file: str, page_id: int) -> None:
        """Note that the file is this page from now on."""
        self.files[file] = self.moved[file] = page_id

    def put(self, page_id: int, path: str) -> None:
        """Note that the page stands at `path` from now on."""
        self.living[path], self.at[page_id] = page_id, path

    def note(self, reason: str, commit: Commit, change: Change) -> None:
        """Count something that was not taken."""
        self.course.tally.note(reason, f"{change.file} in {commit.id[:8]}")


def take(session: Session, course: Course, commits: Sequence[Commit]) -> None:
    """Put the revisions of `commits` into the wiki and note that they are there.

    Raises Busy when another import of the same history was faster.
    """
    ids = [commit.id for commit in commits]
    one_at_a_time(session, f"import {course.source}")
    if queries.is_any_done(session, course.source, ids):
        raise Busy("Another import of the same history is running. Wait until it has ended.")
    desk = _laid_out(session, course, commits)
    for commit in commits:
        before = len(desk.drafts)
        _take_commit(desk, commit)
        if len(desk.drafts) > before:
            course.tally.busy.add(commit.id)
    pages.append_all(session, desk.drafts)
    people.write_names(session, course.authors)
    queries.write_progress(session, course.source, ids, desk.moved, now=course.now)
    course.tally.revisions += len(desk.drafts)
    course.tally.pages.update(draft.page.id for draft in desk.drafts)
    course.tally.authors.update(draft.author_id for draft in desk.drafts)


def _laid_out(session: Session, course: Course, commits: Sequence[Commit]) -> _Desk:
    known = queries.pages_of_files(session, course.source)
    changes = [change for commit in commits for change in commit.changes]
    named = {change.file for change in changes} | {change.old_file for change in changes}
    touched = {known[name] for name in named & known.keys()}
    # Locked before anybody asks who made their heads.
    records = queries.pages_to_change(session, touched)
    living = queries.living_pages(session)
    return _Desk(
        session=session,
        course=course,
        files=known,
        living=living,
        at={page_id: path for path, page_id in living.items()},
        pages=records,
        changed_here=queries.changed_here(session, touched),
    )


def _take_commit(desk: _Desk, commit: Commit) -> None:
    changes = files.pages_changed(commit.changes, desk.course.under)
    # All that move let go first: two files that swap their names are in each other's way.
    moving = {one.file: _let_go(desk, one.old_file) for one in changes if one.kind == "R"}
    for change in changes:
        page_id = moving.get(change.file)
        if change.kind == "D":
            _delete(desk, commit, change)
        elif page_id is not None:
            _move(desk, commit, change, page_id)
        else:
            _write(desk, commit, change)


def _let_go(desk: _Desk, file: str) -> int | None:
    page_id = desk.files.pop(file, None)
    if page_id is None:
        return None
    desk.moved[file] = None
    if page_id not in desk.changed_here and page_id in desk.at:
        desk.living.pop(desk.at[page_id], None)
    return page_id


def _delete(desk: _Desk, commit: Commit, change: Change) -> None:
    page_id = desk.files.get(change.file)
    if page_id is None or page_id not in desk.at or _is_left_alone(desk, commit, change, page_id):
        return
    desk.living.pop(desk.at.pop(page_id), None)
    _draft(desk, commit, page_id, None, kind="delete")


def _move(desk: _Desk, commit: Commit, change: Change, page_id: int) -> None:
    if git_log.is_readable(change.file):
        desk.hold(change.file, page_id)
    else:
        desk.note("file-name", commit, change)
    if _is_left_alone(desk, commit, change, page_id):
        return
    stood = desk.at[page_id]
    path = _free_path(desk, change) or files.numbered(stood, desk.living)
    desk.put(page_id, path)
    is_same_text = change.blob == change.old_blob
    text = None if is_same_text else _text(desk, commit, change)
    if path != stood:
        _draft(desk, commit, page_id, text, kind="rename", path=path)
    elif text is not None:
        _draft(desk, commit, page_id, text, kind="edit")
    elif is_same_text:
        desk.note("same", commit, change)


def _write(desk: _Desk, commit: Commit, change: Change) -> None:
    page_id = desk.files.get(change.file)
    if page_id is not None and _is_left_alone(desk, commit, change, page_id):
        return
    is_living = page_id in desk.at
    if is_living and change.blob == change.old_blob:
        desk.note("same", commit, change)
        return
    text = _text(desk, commit, change)
    if text is not None and page_id is not None and is_living:
        _draft(desk, commit, page_id, text, kind="edit")
    elif text is not None:
        _wake(desk, commit, change, text)


def _wake(desk: _Desk, commit: Commit, change: Change, text: str) -> None:
    """Make the page of a file that is new, or bring back the page of one that was gone."""
    path = _free_path(desk, change)
    if path is None:
        desk.note("file-name", commit, change)
        return
    kind, page_id = "undelete", desk.files.get(change.file)
    if page_id is None:
        kind, page_id = "create", _new_page(desk, path, commit)
        desk.hold(change.file, page_id)
    desk.put(page_id, path)
    _draft(desk, commit, page_id, text, kind=kind, path=path)


def _new_page(desk: _Desk, path: str, commit: Commit) -> int:
    page = pages.blank_page(desk.session, path, made_at=min(commit.made_at, desk.course.now))
    desk.pages[page.id] = page
    desk.course.tally.made += 1
    return page.id


def _draft(
    desk: _Desk,
    commit: Commit,
    page_id: int,
    text: str | None,
    *,
    kind: str,
    path: str | None = None,
) -> None:
    course = desk.course
    desk.drafts.append(
        Draft(
            page=desk.pages[page_id],
            text=text,
            author_id=people.author_of(desk.session, course.authors, commit, now=course.now),
            # A clock that ran ahead would push all later revisions of the page with it.
            made_at=min(commit.made_at, course.now),
            note=commit.message,
            kind=kind,
            path=path,
            is_imported=True,
        )
    )


def _is_left_alone(desk: _Desk, commit: Commit, change: Change, page_id: int) -> bool:
    """Return whether somebody made the page's head in this wiki: their words stay on top."""
    if page_id not in desk.changed_here:
        return False
    desk.note("edited-here", commit, change)
    return True


def _free_path(desk: _Desk, change: Change) -> str | None:
    """Return where the page of the file can stand; None if nothing can be made of its name."""
    course = desk.course
    place = files.place_of(change.file, course.under) if git_log.is_readable(change.file) else None
    if place is None:
        return None
    if place.why:
        course.tally.note(place.why, f"{change.file} is now {place.path}")
    path = files.numbered(place.path, desk.living)
    if path != place.path:
        course.tally.note("taken", f"{change.file} is now {path}")
    return path


def _text(desk: _Desk, commit: Commit, change: Change) -> str | None:
    """Return what the file holds, or None, with the reason noted."""
    reason, text = "link", None
    if change.mode in files.REGULAR:
        data = desk.course.blobs.read(change.blob, limit_bytes=files.SIZE_LIMIT_BYTES)
        reason, text = files.readable(data)
    if text is None:
        desk.note(reason, commit, change)
    return text

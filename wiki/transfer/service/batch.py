"""One stretch of an imported history as revisions, written in one transaction."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from wiki.errors import Busy
from wiki.pages import service as pages
from wiki.storage.dialect import one_at_a_time
from wiki.transfer import queries
from wiki.transfer.rules import files, git_log
from wiki.transfer.rules.git_log import Change, Commit
from wiki.transfer.service import authors as people
from wiki.transfer.service import retelling
from wiki.transfer.service.desk import Course, Desk, laid_out


def take(session: Session, course: Course, commits: Sequence[Commit]) -> None:
    """Put the revisions of `commits` into the wiki and note that they are there.

    Raises Busy when another import of the same history was faster.
    """
    ids = [commit.id for commit in commits]
    one_at_a_time(session, f"import {course.source}")
    if queries.is_any_done(session, course.source, ids):
        raise Busy("Another import of the same history is running. Wait until it has ended.")
    desk = laid_out(session, course, commits)
    for commit in commits:
        before = len(desk.changes)
        _take_commit(desk, commit)
        if len(desk.changes) > before:
            course.tally.busy.add(commit.id)
    pages.append_all(session, desk.changes)
    people.write_names(session, course.authors)
    queries.write_progress(session, course.source, ids, desk.moved, now=course.now)
    course.tally.revisions += len(desk.changes)
    course.tally.pages.update(change.page.id for change in desk.changes)
    course.tally.authors.update(change.author_id for change in desk.changes)


def _take_commit(desk: Desk, commit: Commit) -> None:
    if retelling.take(desk, commit):
        return
    commit = retelling.as_written(desk, commit)
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


def _let_go(desk: Desk, file: str) -> int | None:
    page_id = desk.let_go(file)
    if page_id is None:
        return None
    if page_id not in desk.changed_here and page_id in desk.at:
        desk.living.pop(desk.at[page_id], None)
    return page_id


def _delete(desk: Desk, commit: Commit, change: Change) -> None:
    page_id = desk.files.get(change.file)
    if page_id is None or page_id not in desk.at:
        return
    if desk.is_left_alone(commit, change.file, page_id):
        return
    desk.living.pop(desk.at.pop(page_id), None)
    desk.change(commit, page_id, None, kind="delete")


def _move(desk: Desk, commit: Commit, change: Change, page_id: int) -> None:
    if git_log.is_readable(change.file):
        desk.hold(change.file, page_id)
    else:
        desk.note("file-name", commit, change.file)
    if desk.is_left_alone(commit, change.file, page_id):
        return
    stood = desk.at[page_id]
    path = _free_path(desk, change) or files.numbered(stood, desk.living)
    desk.put(page_id, path)
    is_same_text = change.blob == change.old_blob
    text = None if is_same_text else _text(desk, commit, change)
    if path != stood:
        desk.change(commit, page_id, text, kind="rename", path=path)
    elif text is not None:
        desk.change(commit, page_id, text, kind="edit")
    elif is_same_text:
        desk.note("same", commit, change.file)


def _write(desk: Desk, commit: Commit, change: Change) -> None:
    page_id = desk.files.get(change.file)
    if page_id is not None and desk.is_left_alone(commit, change.file, page_id):
        return
    is_living = page_id in desk.at
    if is_living and change.blob == change.old_blob:
        desk.note("same", commit, change.file)
        return
    text = _text(desk, commit, change)
    if text is not None and page_id is not None and is_living:
        desk.change(commit, page_id, text, kind="edit")
    elif text is not None:
        _wake(desk, commit, change, text)


def _wake(desk: Desk, commit: Commit, change: Change, text: str) -> None:
    """Make the page of a file that is new, or bring back the page of one that was gone."""
    path = _free_path(desk, change)
    if path is None:
        desk.note("file-name", commit, change.file)
        return
    kind, page_id = "undelete", desk.files.get(change.file)
    if page_id is None:
        kind, page_id = "create", desk.new_page(path, commit)
        desk.hold(change.file, page_id)
    desk.put(page_id, path)
    desk.change(commit, page_id, text, kind=kind, path=path)


def _free_path(desk: Desk, change: Change) -> str | None:
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


def _text(desk: Desk, commit: Commit, change: Change) -> str | None:
    """Return what the file holds, or None, with the reason noted."""
    reason, text = "link", None
    if change.mode in files.REGULAR:
        data = desk.course.blobs.read(change.blob, limit_bytes=files.SIZE_LIMIT_BYTES)
        reason, text = files.readable(data)
    if text is None:
        desk.note(reason, commit, change.file)
    return text

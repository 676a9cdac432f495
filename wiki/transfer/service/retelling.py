"""A commit of an exported wiki, taken as the very revision that it tells of."""

from dataclasses import replace
from datetime import timedelta

from wiki.transfer.rules import files, retold
from wiki.transfer.rules.git_log import Commit
from wiki.transfer.rules.retold import Retold
from wiki.transfer.service.desk import Desk, page_key


def take(desk: Desk, commit: Commit) -> bool:
    """Return whether the commit was taken as the revision it tells of.

    One that tells of none, or of one that does not fit what is there (somebody left commits out
    or wrote their own between), is to be read like any other commit.
    """
    told = desk.told.get(commit.id)
    if told is None:
        return False
    file, key = retold.file_of(told.path), page_key(told)
    page_id = desk.files.get(key)
    if page_id is not None and desk.is_left_alone(commit, file, page_id):
        return True
    lives = told.kind != "delete"
    text = _text(desk, commit, file) if lives else None
    if (lives and text is None) or not _fits(desk, page_id, told):
        return False
    path = _free_path(desk, page_id, told)
    if page_id is None:
        page_id = desk.new_page(path, commit)
        desk.hold(key, page_id)
    _stand(desk, page_id, path if lives else None, told)
    _change(desk, _as_it_was(commit, told), page_id, text, told, path)
    return True


def as_written(desk: Desk, commit: Commit) -> Commit:
    """Return the commit with nothing but what its author wrote as its message."""
    told = desk.told.get(commit.id)
    return replace(commit, message=told.note) if told else commit


def _text(desk: Desk, commit: Commit, file: str) -> str | None:
    data = desk.course.blobs.read_at(commit.id, file, limit_bytes=files.SIZE_LIMIT_BYTES)
    return files.readable(data)[1]


def _fits(desk: Desk, page_id: int | None, told: Retold) -> bool:
    if page_id is None:
        return told.number == 1
    is_next = told.number == desk.pages[page_id].head_number + desk.pending[page_id] + 1
    return is_next and (page_id in desk.at or told.kind in {"undelete", "delete"})


def _free_path(desk: Desk, page_id: int | None, told: Retold) -> str:
    """Return the path of the revision, or one beside it where a page of another origin stands."""
    here = desk.living.get(told.path)
    if here is None or here == page_id or here in desk.own_pages():
        return told.path
    others = {path for path, other in desk.living.items() if other != page_id}
    path = files.numbered(told.path, others)
    desk.course.tally.note("taken", f"{told.path} is now {path}")
    return path


def _stand(desk: Desk, page_id: int, path: str | None, told: Retold) -> None:
    """Note where the page and its file are now; at one path two pages may stand for a while."""
    left = desk.at.pop(page_id, None)
    if left is not None and desk.living.get(left) == page_id:
        desk.living.pop(left)
    if path is None:
        return  # whoever writes the file again brings the page back
    file = retold.file_of(told.path)
    if told.kind != "create" and left != path:
        desk.forget_files(page_id, file, page_key(told))
    desk.put(page_id, path)
    desk.hold(file, page_id)


def _as_it_was(commit: Commit, told: Retold) -> Commit:
    moment = commit.made_at + timedelta(microseconds=told.microsecond)
    return replace(commit, name=told.author or commit.name, made_at=moment)


def _change(
    desk: Desk, commit: Commit, page_id: int, text: str | None, told: Retold, path: str
) -> None:
    desk.change(
        commit,
        page_id,
        text,
        note=told.note,
        kind=told.kind,
        path=path,
        is_minor=told.is_minor,
        restored_number=told.restored_number,
        merged_number=told.merged_number,
        undone_number=told.undone_number,
    )

"""A file that is there whole or not at all, and files that only their owner reads."""

import fcntl
import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from wiki.errors import Busy, Invalid

ENDING = ".unfinished"
_PRIVATE = 0o600
_BESIDE = ("-wal", "-shm")
_MAKING = threading.Lock()


@contextmanager
def whole_file(file: Path, *, replace: bool) -> Iterator[BinaryIO]:
    """Give a new file to write into, that gets its name when the block ends and not before.

    Until then it is called `NAME.unfinished`; what a killed program left of it is written over.
    Only its owner can read it. Raises Invalid when `file` is there and may not be replaced, or
    cannot be written (the disk is full, say); Busy when another program is writing it. Nothing
    is left behind.
    """
    _refuse_taken(file, replace=replace)
    unfinished = file.with_name(file.name + ENDING)
    try:
        with _ours(unfinished) as out:
            try:
                yield out
                out.flush()
                os.fsync(out.fileno())
                _give_name(unfinished, file, replace=replace)
            except BaseException:
                unfinished.unlink(missing_ok=True)
                raise
        _sync_folder(file.parent)
    except OSError as error:
        raise Invalid(
            "{file} could not be written: {reason}. Nothing was left behind.",
            file=file,
            reason=error.strerror or type(error).__name__,
        ) from error


def keep_private(file: Path) -> None:
    """Make this file of SQLite for its owner alone, or take the rights of others from it.

    A group that may write in it was given it on purpose, and keeps it.
    """
    # Where this cannot be done, SQLite says better what is wrong, or the file is another's.
    with suppress(OSError):
        _make_empty(file)
        for one in (file, *(file.with_name(file.name + more) for more in _BESIDE)):
            with suppress(FileNotFoundError):
                _take_from_others(one)


def _make_empty(file: Path) -> None:
    # To close a file ends the locks that SQLite holds on it for another thread of this program,
    # so only a new one is ever opened here, and nobody else gets hold of it before it is closed.
    with _MAKING, suppress(FileExistsError):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE))


def _take_from_others(file: Path) -> None:
    mode = stat.S_IMODE(file.stat().st_mode)
    kept = mode & (0o770 if mode & stat.S_IWGRP else 0o700)
    if kept != mode:
        file.chmod(kept)


@contextmanager
def _ours(unfinished: Path) -> Iterator[BinaryIO]:
    """Open the file for us alone, empty."""
    handle = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, _PRIVATE)
    with os.fdopen(handle, "r+b") as out:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy("Another program is writing this file at the moment.") from error
        # Whoever held it may have given it its name just now: then it is not ours to empty.
        if not _is_called(handle, unfinished):
            raise Busy("Another program is writing this file at the moment.")
        os.fchmod(handle, _PRIVATE)
        out.truncate()
        yield out


def _is_called(handle: int, path: Path) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(handle), path.stat())
    return False


def _refuse_taken(file: Path, *, replace: bool) -> None:
    if file.is_dir() or not file.parent.is_dir():
        raise Invalid("{file} is no place for a file.", file=file)
    if file.exists() and not replace:
        raise Invalid("{file} is there already. Add --replace to write over it.", file=file)


def _give_name(unfinished: Path, file: Path, *, replace: bool) -> None:
    _refuse_taken(file, replace=replace)
    unfinished.replace(file)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

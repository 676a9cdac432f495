"""The folder of an export: empty or made by an earlier one, and nobody else's for the while."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wiki.errors import Busy, Invalid


@contextmanager
def claimed(folder: Path, marker: str) -> Iterator[Path]:
    """Give the marker in `folder`, which is made if it is not there, with its text.

    Raises Invalid for a folder that holds anything but an export, or that cannot be written,
    and Busy when another export is at work in it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder):
            _mark(folder, folder / marker)
            yield folder / marker
    except OSError as error:
        raise Invalid(
            "{folder} cannot be written: {reason}.",
            folder=folder.name or str(folder),
            reason=error.strerror or str(error),
        ) from error


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise Busy(
            "Another export into this folder is running. Wait until it has ended."
        ) from error
    finally:
        os.close(handle)


def _mark(folder: Path, marker: Path) -> None:
    """Leave the marker before anything else: a run that is killed can then go on."""
    is_marked = marker.is_file() and not marker.is_symlink()
    if is_marked:
        return
    if any(folder.iterdir()):
        raise Invalid(
            "{folder} holds files that were not exported from here. Name an empty folder, or one "
            "that does not exist yet.",
            folder=folder.name or str(folder),
        )
    marker.touch()

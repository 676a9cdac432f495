"""The Markdown files of a folder, read so that nothing outside it is."""

import os
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from wiki.errors import Invalid
from wiki.transfer.rules import files, git_log

_MARKDOWN = frozenset({".md", ".markdown"})


@dataclass(slots=True)
class Listing:
    """The Markdown files by name, in order, and how many others there are of each ending.

    `links` and `hidden` are Markdown files that are not taken.
    """

    names: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)


def listed(folder: Path) -> Listing:
    """Return what lies in the folder and below; raise Invalid if there is no such folder.

    Links are not followed, and folders whose names begin with a dot not looked into.
    """
    if not folder.is_dir():
        raise Invalid("There is no folder {folder}.", folder=str(folder))
    found = Listing()
    for name, is_link in _walked(folder):
        plain = PurePosixPath(name)
        is_markdown = plain.suffix.lower() in _MARKDOWN
        if plain.name.startswith("."):
            found.hidden.extend([name] if is_markdown else [])
        elif is_link:
            found.links.append(name)
        elif is_markdown:
            found.names.append(name)
        else:
            found.others[plain.suffix.lower() or "no ending"] += 1
    return found


def read(folder: Path, name: str) -> tuple[str, str | None]:
    """Return why the file cannot be a page's text, or "", and the text."""
    if not git_log.is_readable(name):
        return "file-name", None
    try:
        # Without blocking: a pipe that nobody writes to would be waited for.
        handle = os.open(folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(handle, "rb") as opened:  # noqa: PTH123  # a handle, not a path
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return "unreadable", None
            data = opened.read(files.SIZE_LIMIT_BYTES + 1)
    except OSError:
        return "unreadable", None
    return files.readable(data if len(data) <= files.SIZE_LIMIT_BYTES else None)


def _walked(folder: Path) -> Iterator[tuple[str, bool]]:
    """Yield every file below the folder, and links to folders, with whether it is a link."""
    for above, inner, names in os.walk(folder):
        place = Path(above)
        links = [name for name in inner if (place / name).is_symlink()]
        inner[:] = sorted(name for name in inner if not name.startswith(".") and name not in links)
        for name in sorted([*names, *links]):
            yield (place / name).relative_to(folder).as_posix(), (place / name).is_symlink()

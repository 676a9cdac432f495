"""What a commit's changes mean for pages: which file is one, where its page stands."""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from wiki.text import paths
from wiki.transfer.rules.git_log import Change

SIZE_LIMIT_BYTES = 500_000
REGULAR = frozenset({"100644", "100755"})
LINK = "120000"
_MARKDOWN = re.compile(r"(.+)\.(?:md|markdown)", re.IGNORECASE | re.DOTALL)
_ORDER = {"D": 0, "R": 1}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the page of a file stands; `why` says why not where its name says."""

    path: str
    why: Literal["", "door", "name"] = ""


def pages_changed(changes: Iterable[Change], under: str) -> list[Change]:
    """Return what happened to the pages of the folder `under`: gone, moved, then written ones.

    A file that comes from outside is new, one that leaves is gone.
    """
    narrowed = (_narrowed(change, under) for change in changes)
    return sorted((one for one in narrowed if one), key=lambda one: _ORDER.get(one.kind, 2))


def place_of(file: str, under: str) -> Place | None:
    """Return where the page of `file` is to stand, or None if nothing of its name can be used.

    The name without its ending, below `under`; a name that is a door of the wiki gets `-page`,
    one that is too long or too deep is shortened to its last part.
    """
    match = _MARKDOWN.fullmatch(file.removeprefix(f"{under}/") if under else file)
    path = paths.normal(match[1]) if match else ""
    if not path:
        return None
    if paths.refusal(path) is None:
        return Place(path)
    segments = [f"{part}-page" if part in paths.DOORS else part for part in path.split("/")]
    safe = "/".join(segments)
    if paths.refusal(safe) is None:
        return Place(safe, "door")
    short = paths.normal(segments[-1][: paths.SEGMENT_LIMIT - len("-page")])
    return Place(short, "name") if paths.refusal(short) is None else None


def numbered(path: str, taken: Container[str]) -> str:
    """Return `path`, or `path-2`, `path-3` and so on: the first that is not among `taken`."""
    above, slash, last = path.rpartition("/")
    count, free = 1, path
    while free in taken:
        count += 1
        ending = f"-{count}"
        room = min(paths.SEGMENT_LIMIT, paths.PATH_LIMIT - len(above + slash)) - len(ending)
        free = f"{above}{slash}{last[:room].rstrip('-.')}{ending}"
    return free


def readable(data: bytes | None) -> tuple[str, str | None]:
    """Return why the file cannot be a page's text, or "", and the text; None is one too large."""
    if data is None:
        return "size", None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return "encoding", None
    return ("encoding", None) if "\0" in text else ("", text)


def checked_folder(under: str) -> str:
    """Return the folder `under` as git names it, without slashes around it."""
    parts = [part for part in under.replace("\\", "/").split("/") if part not in {"", "."}]
    return "/".join(parts)


def _narrowed(change: Change, under: str) -> Change | None:
    is_here = _is_page(change.file, under)
    was_here = bool(change.old_file) and _is_page(change.old_file, under)
    if change.kind == "R" and not (is_here and was_here):
        if was_here:
            return replace(change, kind="D", file=change.old_file, old_file="")
        change = replace(change, kind="A", old_file="")
    return change if is_here else None


def _is_page(file: str, under: str) -> bool:
    inside = not under or file.startswith(f"{under}/")
    return inside and _MARKDOWN.fullmatch(file) is not None

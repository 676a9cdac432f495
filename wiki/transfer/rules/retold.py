"""A revision as the message of a commit, so that an importing wiki reads it back exactly.

Git keeps who, when (to the second), what and why. The rest of a revision (its page, number, kind,
numbers of other revisions) stands in lines at the end of the message, `Manyhands-Kind: restore`.
They are always the last paragraph, so that a note may hold anything, such lines among it. What is
not written exactly as this module writes it is an ordinary message. Decision 8 tells why.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from wiki.text import paths

KINDS = ("create", "edit", "restore", "merge", "rename", "delete", "undelete")
_SECOND = 1_000_000
HIGHEST = 2**31 - 1  # what a column for numbers holds
_T = TypeVar("_T")
_OPENING = "Manyhands-"
_NAMES = {
    "revision",
    "page",
    "kind",
    "minor",
    "restored",
    "merged",
    "undone",
    "microsecond",
    "author",
    "note",
    "more",
}
_NEEDED = {"revision", "page", "kind"}
_NUMBER = re.compile(r"0|[1-9][0-9]{0,9}")
_LINE = re.compile(r"Manyhands-([A-Z][a-z]+): (.+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Retold:
    """What a commit tells of a revision beside its author, second and text.

    `page` is the page's number in the wiki it comes from, `author` the name where git's own line
    cannot hold it. `has_more`: two pages stand at one path until later commits part them.
    """

    page: int
    path: str
    number: int
    kind: str
    note: str = ""
    is_minor: bool = False
    restored_number: int | None = None
    merged_number: int | None = None
    undone_number: int | None = None
    microsecond: int = 0
    author: str = ""
    has_more: bool = False


def message(told: Retold) -> str:
    """Return the revision as the message of a commit, without blanks around its note."""
    note = told.note.strip()
    lines = {
        "Revision": f"{told.path} {told.number}",
        "Page": str(told.page),
        "Kind": told.kind,
        "Minor": "yes" if told.is_minor else "",
        "Restored": str(told.restored_number or ""),
        "Merged": str(told.merged_number or ""),
        "Undone": str(told.undone_number or ""),
        "Microsecond": str(told.microsecond or ""),
        "Author": json.dumps(told.author) if told.author else "",
        "Note": "" if note else "none",
        "More": "yes" if told.has_more else "",
    }
    block = "\n".join(f"{_OPENING}{name}: {value}" for name, value in lines.items() if value)
    return f"{note or _subject(told)}\n\n{block}\n"


def read(text: str) -> Retold | None:
    """Return what the message of a commit tells of a revision, or None for an ordinary one."""
    note, gap, block = text.strip().rpartition("\n\n")
    said = _fields(block) if gap else None
    if said is None:
        return None
    path, _, number = said["revision"].rpartition(" ")
    try:
        told = Retold(
            page=_number(said["page"]),
            path=path,
            number=_number(number),
            kind=said["kind"],
            note="" if _is_said(said, "note", "none") else note,
            is_minor=_is_said(said, "minor", "yes"),
            restored_number=_optional(said, "restored", _number),
            merged_number=_optional(said, "merged", _number),
            undone_number=_optional(said, "undone", _number),
            microsecond=_optional(said, "microsecond", _microsecond) or 0,
            author=_optional(said, "author", _name) or "",
            has_more=_is_said(said, "more", "yes"),
        )
    except ValueError:
        return None
    return told if _is_sound(told) else None


def file_of(path: str) -> str:
    """Return the file in which the page at `path` lies: import makes the same path of it.

    A folder whose name ends like a page's file gets a hyphen, which paths drop.
    """
    *folders, last = path.split("/")
    apart = (f"{name}-" if name.endswith(".md") else name for name in folders)
    return "/".join([*apart, f"{last}.md"])


def plain_identity(text: str) -> str:
    """Return a name or address as git's line for it can hold it."""
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(re.sub("[<>]", " ", shown).split())


def _subject(told: Retold) -> str:
    """Return a first line for a revision whose author said nothing of it."""
    if told.undone_number:
        return f"Undo revision {told.undone_number} of {told.path}"
    if told.restored_number:
        return f"Restore revision {told.restored_number} of {told.path}"
    verbs = {
        "create": "Add",
        "rename": "Move to",
        "delete": "Delete",
        "undelete": "Bring back",
        "merge": "Change together",
    }
    return f"{verbs.get(told.kind, 'Change')} {told.path}"


def _fields(block: str) -> dict[str, str] | None:
    said: dict[str, str] = {}
    for line in block.split("\n"):
        match = _LINE.fullmatch(line)
        name = match[1].lower() if match else ""
        if match is None or name not in _NAMES or name in said:
            return None
        said[name] = match[2]
    return said if said.keys() >= _NEEDED else None


def _optional(said: Mapping[str, str], name: str, read_as: Callable[[str], _T]) -> _T | None:
    return read_as(said[name]) if name in said else None


def _is_said(said: Mapping[str, str], name: str, value: str) -> bool:
    if name in said and said[name] != value:
        raise ValueError(f"{name} can be nothing but {value}.")
    return name in said


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text) or not 1 <= int(text) <= HIGHEST:
        raise ValueError("It is no number of a page or revision.")
    return int(text)


def _microsecond(text: str) -> int:
    if _number(text) >= _SECOND:
        raise ValueError("A second has a million microseconds.")
    return int(text)


def _name(text: str) -> str:
    name = json.loads(text) if text.startswith('"') else None
    if not isinstance(name, str) or not name or not _is_text(name):
        raise ValueError("It is no name.")
    return name


def _is_text(name: str) -> bool:
    return "\0" not in name and not any("\ud800" <= sign <= "\udfff" for sign in name)


def _is_sound(told: Retold) -> bool:
    """Return whether a wiki could have made the revision."""
    others = (told.restored_number, told.merged_number, told.undone_number)
    return (
        told.kind in KINDS
        and (told.kind == "create") == (told.number == 1)
        and all(other is None or other < told.number for other in others)
        and paths.refusal(told.path) is None
    )

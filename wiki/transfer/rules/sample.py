"""The sample strategy as data: read from its folder into members and whole revisions.

The folder holds `members.csv` and one YAML file a page; its README describes both. A page's file
tells its history as people made it: the first revision has the whole text, later ones say what
was found and what was put in its place. An edit that does not fit its text is refused with the
file, the revision and the words, because a history that nearly fits is worse than none.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path
from typing import Any, Literal

import yaml

Kind = Literal["create", "edit", "restore", "rename"]

_MEMBER_FIELDS = ["name", "email", "team", "role", "signed_up_days_ago"]
_REVISION_FIELDS = {"when", "by", "note", "minor", "text", "edits", "restore", "rename"}
_WHEN = re.compile(r"(\d+) days? ago, ([012]\d:[0-5]\d)")
_EXTRA_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class SampleMember:
    """Somebody who signed up, whether or not they ever wrote."""

    name: str
    email: str
    team: str
    role: str
    signed_up_days_ago: int


@dataclass(frozen=True, slots=True)
class SampleRevision:
    """What one member made of a page: `page` is its path today, `path` its path at that moment."""

    page: str
    path: str
    number: int
    author: str
    days_ago: int
    at: time
    note: str
    minor: bool
    kind: Kind
    restores: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A whole sample wiki: members in the order of the file, revisions in the order of time."""

    members: tuple[SampleMember, ...]
    revisions: tuple[SampleRevision, ...]


def read_sample(folder: Path) -> Sample:
    """Return the sample in `folder`, oldest revision first; raise ValueError if it does not fit."""
    members = _read_members(folder / "members.csv")
    pages = [_read_page(file) for file in sorted((folder / "pages").rglob("*.yaml"))]
    _refuse_twins("page", [revisions[-1].page for revisions in pages])
    revisions = sorted((one for page in pages for one in page), key=_moment)
    _refuse_strangers(members, revisions)
    return Sample(members, tuple(revisions))


def _moment(revision: SampleRevision) -> tuple[int, time, str]:
    return (-revision.days_ago, revision.at, revision.page)


def _read_members(file: Path) -> tuple[SampleMember, ...]:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, strict=True)
        if rows.fieldnames != _MEMBER_FIELDS:
            raise ValueError(f"{file.name}: the first line should be {','.join(_MEMBER_FIELDS)}.")
        members = tuple(
            SampleMember(
                name=row["name"],
                email=row["email"],
                team=row["team"],
                role=row["role"],
                signed_up_days_ago=int(row["signed_up_days_ago"]),
            )
            for row in rows
        )
    _refuse_twins("member", [member.email for member in members])
    return members


def _read_page(file: Path) -> list[SampleRevision]:
    try:
        page = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"{file.name} is not YAML: {error}") from error
    if not isinstance(page, dict) or set(page) != {"path", "revisions"}:
        raise ValueError(f"{file.name}: a page has a path and revisions, and nothing else.")
    made: list[SampleRevision] = []
    path: str = page["path"]
    for number, entry in enumerate(page["revisions"], start=1):
        try:
            made.append(_read_revision(entry, path, made))
        except ValueError as error:
            raise ValueError(f"{file.name}, revision {number}: {error}") from error
        path = made[-1].path
    return [replace(revision, page=path) for revision in made]


def _read_revision(
    entry: Mapping[str, Any], path: str, earlier: list[SampleRevision]
) -> SampleRevision:
    unknown = set(entry) - _REVISION_FIELDS
    if unknown:
        raise ValueError(f"nobody knows the field {', '.join(sorted(unknown))}.")
    if not entry.get("by"):
        raise ValueError("by should say who made it.")
    days_ago, at = _read_when(entry.get("when", ""))
    if earlier and (-days_ago, at) <= (-earlier[-1].days_ago, earlier[-1].at):
        raise ValueError("it is not later than the one before.")
    kind, text = _read_text(entry, earlier)
    return SampleRevision(
        page=path,
        path=entry.get("rename", path),
        number=len(earlier) + 1,
        author=entry["by"],
        days_ago=days_ago,
        at=at,
        note=entry.get("note") or "",
        minor=entry.get("minor", False),
        kind=kind,
        restores=entry.get("restore"),
        text=text,
    )


def _read_when(when: str) -> tuple[int, time]:
    match = _WHEN.fullmatch(when)
    if match is None:
        raise ValueError(f"when should read like '12 days ago, 14:30', not '{when}'.")
    return int(match[1]), time.fromisoformat(match[2])


def _read_text(entry: Mapping[str, Any], earlier: list[SampleRevision]) -> tuple[Kind, str]:
    if not earlier:
        if "text" not in entry:
            raise ValueError("the first revision needs its whole text.")
        return "create", _tidied(entry["text"])
    if "restore" in entry:
        return "restore", _restored(entry["restore"], earlier)
    before = earlier[-1].text
    text = _tidied(entry["text"]) if "text" in entry else _edited(before, entry.get("edits", []))
    if "rename" in entry:
        return "rename", text
    if text == before:
        raise ValueError("it changes nothing.")
    return "edit", text


def _restored(number: int, earlier: list[SampleRevision]) -> str:
    if not 1 <= number < len(earlier):
        raise ValueError(f"there is no earlier revision {number} to restore.")
    return earlier[number - 1].text


def _edited(text: str, edits: Iterable[Mapping[str, str]]) -> str:
    for edit in edits:
        match sorted(edit):
            case ["append"]:
                text = f"{text}\n{edit['append']}"
            case ["cut"]:
                text = _replaced(text, edit["cut"], "")
            case ["find", "put"]:
                text = _replaced(text, edit["find"], edit["put"])
            case fields:
                raise ValueError(f"an edit is find and put, cut or append, not {fields}.")
        text = _tidied(text)
    return text


def _replaced(text: str, found: str, put: str) -> str:
    count = text.count(found)
    if count != 1:
        raise ValueError(f"these words should stand there once, but stand {count} times: {found!r}")
    return text.replace(found, put)


def _tidied(text: str) -> str:
    """Blank lines left over where something was cut close up, so that cuts need not count them."""
    return _EXTRA_BLANK_LINES.sub("\n\n", text).strip("\n") + "\n"


def _refuse_twins(what: str, names: list[str]) -> None:
    twins = sorted({name for name in names if names.count(name) > 1})
    if twins:
        raise ValueError(f"There are two of the {what} {', '.join(twins)}.")


def _refuse_strangers(
    members: tuple[SampleMember, ...], revisions: Iterable[SampleRevision]
) -> None:
    signed_up = {member.email: member.signed_up_days_ago for member in members}
    for revision in revisions:
        where = f"{revision.page}, revision {revision.number}"
        if revision.author not in signed_up:
            raise ValueError(f"{where}: {revision.author} is not in members.csv.")
        if revision.days_ago > signed_up[revision.author]:
            raise ValueError(f"{where}: {revision.author} had not signed up yet.")

"""The whole history of the wiki as a git repository, one commit a revision, in order of time.

What was exported is read from the repository itself, so a run that was killed leaves nothing to
mend: commits are seen in stretches that git finishes or forgets, and the next run goes on behind
the last one. The same wiki gives the same commits, byte for byte.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from itertools import islice
from pathlib import Path
from typing import IO

from sqlalchemy.orm import Session

from wiki.errors import Invalid
from wiki.pages import service as pages
from wiki.people import queries as people_queries
from wiki.storage import tables
from wiki.storage.engine import Database
from wiki.transfer import queries
from wiki.transfer.queries import Line, Moment
from wiki.transfer.rules import git_log, retold
from wiki.transfer.rules.retold import Retold
from wiki.transfer.rules.standing import Drop, Put, Standing
from wiki.transfer.service import export_place, git
from wiki.transfer.service.history import Progress

MARKER = "manyhands-export"
BRANCH = "refs/heads/main"
AT_ONCE = 200
STRETCH = 2000  # what a kill may cost
PACKED_FROM = 500
_ADDRESSES = {True: "with addresses\n", False: "without addresses\n"}
_EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class GitExport:
    """What an export did: revisions and pages that the repository holds, those that are new.

    `limited` pages of it are for some people only, in this wiki.
    """

    revisions: int
    revisions_new: int
    pages: int
    limited: int
    has_addresses: bool
    seconds: float


@dataclass(slots=True)
class _Told:
    """What the repository holds: the last number of each page, where they stand, every moment."""

    tip: str = ""
    numbers: dict[int, int] = field(default_factory=dict)
    standing: Standing = field(default_factory=Standing)
    moments: dict[tuple[int, int], tuple[str, str, datetime]] = field(default_factory=dict)


@dataclass(slots=True)
class _Writer:
    """Writes commits to git. `committer` is the wiki as git's line for it."""

    stream: IO[bytes]
    committer: str
    told: _Told
    has_addresses: bool
    since_checkpoint: int = 0


def export_git(
    database: Database, folder: Path, *, has_addresses: bool, progress: Progress
) -> GitExport:
    """Bring the repository in `folder` up to the whole history of the wiki; return what was new.

    Raises Invalid for a folder that holds anything else, among it the history of another wiki.
    """
    started = time.monotonic()
    with export_place.claimed(folder, MARKER) as marker:
        _remember_addresses(marker, has_addresses=has_addresses)
        git.take_away_locks(folder)
        git.make_bare(folder)
        told = _already_told(folder)
        # One transaction, as PostgreSQL gives rows bit by bit in no other way.
        with tables.snapshot(database) as connection, Session(connection) as session:
            new = _not_told(queries.moments(session), told)
            committer = _committer(session, database.settings.mail.sender)
            limited = queries.limited_count(session, with_deleted=True)
        before = len(told.moments)
        if new:
            with git.importing(folder) as stream:
                writer = _Writer(stream, committer, told, has_addresses)
                _write_all(database, writer, new, progress)
        if len(new) >= PACKED_FROM:
            git.pack(folder)
    return GitExport(
        revisions=before + len(new),
        revisions_new=len(new),
        pages=len(told.numbers),
        limited=limited,
        has_addresses=has_addresses,
        seconds=round(time.monotonic() - started, 2),
    )


def _remember_addresses(marker: Path, *, has_addresses: bool) -> None:
    was = marker.read_text("utf-8", "replace")
    if was and was != _ADDRESSES[has_addresses]:
        raise Invalid(
            "This export was begun {was}. Export the same way again, or into another folder: one "
            "person would be two in it.",
            was=was.strip(),
        )
    marker.write_text(_ADDRESSES[has_addresses], "utf-8")


def _already_told(git_dir: Path) -> _Told:
    """Return what the repository holds; raise Invalid where a commit was not made by an export."""
    told = _Told()
    found = git.output(git_dir, "rev-parse", "--verify", "--quiet", f"{BRANCH}^{{commit}}")
    if not found:
        return told
    told.tip = found.decode().strip()
    chunks = git.streamed(
        git_dir,
        *("log", "-z", "--reverse", "--topo-order", "--no-mailmap", "--no-notes"),
        *("--encoding=UTF-8", f"--format=tformat:{git_log.FORMAT}", told.tip),
    )
    for commit in git_log.commits(chunks):
        one = retold.read(commit.message)
        if one is None or one.number != told.numbers.get(one.page, 0) + 1:
            raise Invalid(
                "Somebody has put a commit of their own on this export ({commit}). Import that "
                "repository if you want it in the wiki, and export into another folder.",
                commit=commit.id[:8],
            )
        told.numbers[one.page] = one.number
        told.standing.change(one.page, one.path, lives=one.kind != "delete")
        moment = commit.made_at + timedelta(microseconds=one.microsecond)
        told.moments[one.page, one.number] = (one.kind, one.path, moment)
    return told


def _not_told(moments: Iterable[Moment], told: _Told) -> list[int]:
    """Return the ids of revisions that the repository lacks; raise Invalid if it is not ours."""
    new: list[int] = []
    known = 0
    for one in moments:
        kept = told.moments.get((one.page_id, one.number))
        if kept is None:
            new.append(one.id)
        elif kept == (one.kind, one.path, max(one.made_at, _EPOCH)):
            known += 1
    if known < len(told.moments):
        raise Invalid(
            "This folder holds the export of another wiki, or of this one before it was put back "
            "to an older state. Export into another folder."
        )
    return new


def _committer(session: Session, sender: str) -> str:
    name = retold.plain_identity(people_queries.wiki_settings(session).name)
    return _identity(name, parseaddr(sender)[1])


def _write_all(database: Database, writer: _Writer, new: Sequence[int], progress: Progress) -> None:
    ids = iter(new)
    done = 0
    while stretch := list(islice(ids, AT_ONCE)):
        with database.reading() as session:
            lines = queries.lines(session, stretch)
            texts = pages.texts_of(session, {line.text_sha for line in lines})
            for line in lines:
                _write(session, writer, line, texts[line.text_sha])
        done += len(stretch)
        progress("revisions", done, len(new))


def _write(session: Session, writer: _Writer, line: Line, text: str) -> None:
    one, told = line.moment, writer.told
    steps = told.standing.change(one.page_id, one.path, lives=one.kind != "delete")
    told.numbers[one.page_id] = one.number
    made_at = max(one.made_at, _EPOCH)
    when = f"{int(made_at.timestamp())} +0000"
    email = line.email if writer.has_addresses else f"person-{line.author_id}@invalid"
    message = retold.message(_retold(line, has_more=bool(told.standing.crowded))).encode()
    head = (
        f"commit {BRANCH}\nauthor {_identity(line.name, email)} {when}\n"
        f"committer {writer.committer} {when}\ndata {len(message)}\n"
    )
    parts = [head.encode(), message, b"\n"]
    if told.tip:
        parts.append(f"from {told.tip}\n".encode())
        told.tip = ""
    for step in steps:
        shown = text
        if isinstance(step, Put) and step.page != one.page_id:
            sha = queries.text_sha(session, step.page, told.numbers[step.page])
            shown = pages.text_of(session, sha)
        parts.extend(_told_step(step, shown))
    writer.stream.write(b"".join([*parts, b"\n"]))
    _pause(writer)


def _retold(line: Line, *, has_more: bool) -> Retold:
    one = line.moment
    return Retold(
        page=one.page_id,
        path=one.path,
        number=one.number,
        kind=one.kind,
        note=line.note,
        is_minor=line.is_minor,
        restored_number=line.restored_number,
        merged_number=line.merged_number,
        undone_number=line.undone_number,
        microsecond=max(one.made_at, _EPOCH).microsecond,
        author="" if retold.plain_identity(line.name) == line.name else line.name,
        has_more=has_more,
    )


def _identity(name: str, email: str) -> str:
    shown = retold.plain_identity(name)
    return f"{shown}{' ' if shown else ''}<{retold.plain_identity(email)}>"


def _told_step(step: Put | Drop, text: str) -> Iterator[bytes]:
    file = retold.file_of(step.path)
    if isinstance(step, Drop):
        yield f"D {file}\n".encode()
        return
    data = text.encode()
    yield f"M 100644 inline {file}\ndata {len(data)}\n".encode()
    yield data
    yield b"\n"


def _pause(writer: _Writer) -> None:
    """Let git keep what it has, now and then, unless two pages stand at one path just now."""
    writer.since_checkpoint += 1
    if writer.since_checkpoint >= STRETCH and not writer.told.standing.crowded:
        writer.stream.write(b"checkpoint\n\n")
        writer.stream.flush()
        writer.since_checkpoint = 0

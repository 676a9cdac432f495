"""Bringing a folder of Markdown files into the wiki, again and again, beside what people write.

What a file held when it was last taken is remembered, by its name. It is the text that page and
file had in common: changes on one side alone are taken over, changes on both sides are merged,
and where that cannot be, the page stays as it is and the file is named. The folder of an export
tells by itself what its files held.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy.orm import Session

from wiki.activity.service import record
from wiki.errors import Invalid
from wiki.pages import service as pages
from wiki.pages.models import Page
from wiki.pages.service import Change
from wiki.pages.service.texts import store
from wiki.people import queries as people_queries
from wiki.people import service as people
from wiki.storage.dialect import one_at_a_time
from wiki.storage.engine import Database
from wiki.text import paths
from wiki.transfer import queries
from wiki.transfer.queries import TakenFile
from wiki.transfer.rules import folder as rules
from wiki.transfer.rules import manifest
from wiki.transfer.rules.folder import Decision, Found
from wiki.transfer.rules.folder_report import FolderReport
from wiki.transfer.rules.manifest import Manifest
from wiki.transfer.service import folder_files
from wiki.transfer.service.history import Progress, source_key
from wiki.writing import service as writing

AT_ONCE = 50
_SOURCE = "markdown"


@dataclass(frozen=True, kw_only=True, slots=True)
class WantedFolder:
    """What to import: a folder, the page to put its pages under, by whom, with which note."""

    folder: Path
    under: str = ""
    author: str = ""  # an address; the first administrator if nobody is named
    note: str = ""  # one that names the file if it is empty
    is_forced: bool = False


@dataclass(frozen=True, slots=True)
class _Course:
    """What stays the same from the first file to the last."""

    wanted: WantedFolder
    source: str
    author_id: int
    exported: Manifest
    report: FolderReport
    now: datetime
    taken: set[int] = field(default_factory=set)  # pages that a file of this run is


@dataclass(frozen=True, slots=True)
class _File:
    """A file with a text and a place for its page."""

    name: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class _Target:
    """The page of a file, if there is one, with what is known of both."""

    page: Page | None
    found: Found | None
    base_number: int | None = None


def import_markdown(
    database: Database, wanted: WantedFolder, *, now: datetime, progress: Progress
) -> FolderReport:
    """Bring the Markdown files of a folder into the wiki and return what became of each.

    Raises Invalid when there is no such folder or place, NotFound for an unknown author.
    """
    started = time.monotonic()
    under = paths.normal(wanted.under)
    if wanted.under and (sentence := paths.refusal(under)):
        raise Invalid(sentence)
    listing = folder_files.listed(wanted.folder)
    with database.reading() as session:
        author_id = _author(session, wanted.author)
    seen = len(listing.names) + len(listing.links) + len(listing.hidden)
    report = FolderReport(files=seen, other_files=dict(listing.others))
    exported = _exported(wanted.folder)
    source = source_key(_SOURCE, under)
    course = _Course(wanted, source, author_id, exported, report, now)
    for reason, names in (("link", listing.links), ("hidden", listing.hidden)):
        for name in names:
            report.note(reason, name)
    _take_all(database, course, listing.names, under, progress)
    if report.revisions():
        with database.begin() as session:
            _write_diary(session, course)
    report.seconds = round(time.monotonic() - started, 2)
    return report


def _take_all(
    database: Database, course: _Course, names: Sequence[str], under: str, progress: Progress
) -> None:
    files = _files(course, names, under)
    while some := list(islice(files, AT_ONCE)):
        with database.begin() as session:
            _take(session, course, some)
        progress("files", names.index(some[-1].name) + 1, len(names))


def _author(session: Session, email: str) -> int:
    if email:
        return people.active_member(session, email).id
    admins = people_queries.active_admins(session)
    if not admins:
        raise Invalid("There is no administrator yet. Say with --author whose pages these are.")
    return admins[0].id


def _exported(folder: Path) -> Manifest:
    marker = folder / manifest.NAME
    if marker.is_symlink() or not marker.is_file():
        return Manifest()
    return manifest.read(marker.read_text("utf-8", "replace"))


def _files(course: _Course, names: Sequence[str], under: str) -> Iterator[_File]:
    """Yield the files that can be pages, and name those that cannot."""
    first: dict[str, str] = {}
    report = course.report
    for name in names:
        reason, text = folder_files.read(course.wanted.folder, name)
        place = rules.place_under(name, under) if text is not None else None
        if text is None or place is None:
            report.note(reason or "file-name", name)
        elif place.path in first:
            report.note("collides", f"{name} beside {first[place.path]}")
        else:
            first[place.path] = name
            if place.why:
                report.note(place.why, f"{name} is {place.path}")
            yield _File(name, place.path, text)


def _take(session: Session, course: _Course, files: Sequence[_File]) -> None:
    one_at_a_time(session, f"import {course.source}")
    writing.reserve(session, *(file.path for file in files))
    changes: list[Change] = []
    known: dict[str, tuple[int, str]] = {}
    for file, target in zip(files, _targets(session, course, files), strict=True):
        decision = _decided(course, file, target)
        course.report.count(decision.act)
        if decision.act == "skip":
            course.report.note(decision.reason, file.name)
            continue
        page = target.page or pages.blank_page(session, file.path, made_at=course.now)
        course.taken.add(page.id)
        known[file.name] = (page.id, file.text)
        if decision.act != "same":
            changes.append(_change(course, file, page, decision, target))
    if changes:
        writing.write_all(session, changes)
    _remember(session, course, known)


def _decided(course: _Course, file: _File, target: _Target) -> Decision:
    if target.page is not None and target.page.id in course.taken:
        return Decision("skip", reason="collides")
    return rules.decide(file.text, target.found, is_forced=course.wanted.is_forced)


def _change(
    course: _Course, file: _File, page: Page, decision: Decision, target: _Target
) -> Change:
    is_merged = decision.act == "merge" and target.base_number is not None
    kind = "edit" if decision.act == "merge" and not is_merged else decision.act
    return Change(
        page=page,
        text=decision.text,
        author_id=course.author_id,
        made_at=course.now,
        note=course.wanted.note or f"Taken from the file {file.name}",
        kind=kind,
        path=file.path if kind == "undelete" else None,
        is_imported=True,
        merged_number=target.base_number if is_merged else None,
    )


def _targets(session: Session, course: _Course, files: Sequence[_File]) -> Iterator[_Target]:
    """Yield the page of each file, locked, with its text and the one they had in common."""
    taken = queries.files_taken(session, course.source, [file.name for file in files])
    standing = queries.pages_at(session, [file.path for file in files])
    ids = {one.page_id for one in taken.values()} | {*standing.values()}
    records = queries.pages_to_change(session, ids)
    heads = queries.head_shas(session, records)
    numbers = queries.text_numbers(session, records)
    for file in files:
        page = _page(records, taken.get(file.name), standing.get(file.path))
        if page is None:
            yield _Target(None, None)
            continue
        last = taken.get(file.name)
        last = last if last is not None and last.page_id == page.id else None
        base = _base(course, file, last, numbers[page.id])
        texts = pages.texts_of(session, {heads[page.id], *([base] if base else [])})
        found = Found(
            head=texts[heads[page.id]],
            base=texts[base] if base else None,
            is_deleted=page.deleted_at is not None,
            is_new=last is None or last.text_sha != pages.sha_of(file.text),
        )
        yield _Target(page, found, numbers[page.id].get(base) if base else None)


def _page(records: Mapping[int, Page], last: TakenFile | None, standing: int | None) -> Page | None:
    """Return the page that the file became, wherever it stands, else the one at its place."""
    became = records[last.page_id] if last else None
    here = records[standing] if standing else None
    living = (page for page in (became, here) if page is not None and page.deleted_at is None)
    return next(living, became or here)


def _base(
    course: _Course, file: _File, last: TakenFile | None, numbers: Mapping[bytes, int]
) -> bytes | None:
    """Return the SHA-256 of the text that page and file last had in common, if it is known."""
    exported = course.exported.files.get(file.name, ())
    told = bytes.fromhex(exported[0]) if len(exported) == 1 else b""
    is_later = last is None or course.exported.exported_at > last.seen_at
    if told in numbers and is_later:
        return told
    return last.text_sha if last else None


def _remember(session: Session, course: _Course, known: Mapping[str, tuple[int, str]]) -> None:
    """Note what the files hold, and keep texts that no revision has: a next import needs them."""
    shas = {name: pages.sha_of(text) for name, (_, text) in known.items()}
    missing = queries.texts_missing(session, set(shas.values()))
    store(session, {shas[name]: text for name, (_, text) in known.items() if shas[name] in missing})
    rows = [
        TakenFile(name, page_id, shas[name], course.now) for name, (page_id, _) in known.items()
    ]
    queries.write_files(session, course.source, rows)


def _write_diary(session: Session, course: _Course) -> None:
    record(
        session,
        "folder.imported",
        at=course.now,
        actor_id=course.author_id,
        revisions=course.report.revisions(),
        files=course.report.files,
    )

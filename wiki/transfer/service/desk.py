"""What is known and decided while one stretch of an imported history is worked through."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Unpack

from sqlalchemy.orm import Session

from wiki.pages import service as pages
from wiki.pages.models import Page
from wiki.pages.service import Change, Details
from wiki.transfer import queries
from wiki.transfer.rules import retold
from wiki.transfer.rules.git_log import Commit
from wiki.transfer.rules.retold import Retold
from wiki.transfer.rules.tally import Tally
from wiki.transfer.service import authors as people
from wiki.transfer.service.authors import Authors
from wiki.transfer.service.git import Blobs

_PAGE = "page "


@dataclass(frozen=True, slots=True)
class Course:
    """What stays the same from the first stretch of an import to its last."""

    source: str
    under: str
    blobs: Blobs
    authors: Authors
    tally: Tally
    now: datetime
    is_export: bool = False  # the history of a wiki, whose commits tell of revisions


@dataclass(slots=True)
class Desk:
    """What is known and decided while one stretch is worked through.

    `at` and `living` say where pages will stand after what is in `changes`, `files` which page
    each file is, `moved` what changed in that, `told` what the commits of an export tell.
    """

    session: Session
    course: Course
    files: dict[str, int]
    living: dict[str, int]
    at: dict[int, str]
    pages: dict[int, Page]
    changed_here: set[int]
    told: dict[str, Retold]
    changes: list[Change] = field(default_factory=list)
    pending: Counter[int] = field(default_factory=Counter)  # changes by page
    moved: dict[str, int | None] = field(default_factory=dict)

    def hold(self, file: str, page_id: int) -> None:
        """Note that the file is this page from now on."""
        self.files[file] = self.moved[file] = page_id

    def put(self, page_id: int, path: str) -> None:
        """Note that the page stands at `path` from now on."""
        self.living[path], self.at[page_id] = page_id, path

    def let_go(self, file: str) -> int | None:
        """Note that the file is no page from now on; return the page that it was."""
        page_id = self.files.pop(file, None)
        if page_id is not None:
            self.moved[file] = None
        return page_id

    def own_pages(self) -> set[int]:
        """Return the pages of the exported wiki."""
        return {page_id for name, page_id in self.files.items() if name.startswith(_PAGE)}

    def forget_files(self, page_id: int, *kept: str) -> None:
        """Note that no file but those is the page from now on."""
        for name in [name for name, held in self.files.items() if held == page_id]:
            if name not in kept:
                self.let_go(name)

    def note(self, reason: str, commit: Commit, file: str) -> None:
        """Count something that was not taken."""
        self.course.tally.note(reason, f"{file} in {commit.id[:8]}")

    def is_left_alone(self, commit: Commit, file: str, page_id: int) -> bool:
        """Return whether somebody made the page's head in this wiki: their words stay on top."""
        if page_id not in self.changed_here:
            return False
        self.note("edited-here", commit, file)
        return True

    def new_page(self, path: str, commit: Commit) -> int:
        """Return a page that stands at `path` as soon as its first change is written."""
        page = pages.blank_page(self.session, path, made_at=min(commit.made_at, self.course.now))
        self.pages[page.id] = page
        self.course.tally.made += 1
        return page.id

    def change(
        self, commit: Commit, page_id: int, text: str | None, **details: Unpack[Details]
    ) -> None:
        """Note what becomes a revision."""
        course = self.course
        details.setdefault("note", commit.message)
        details["is_imported"] = True
        self.pending[page_id] += 1
        self.changes.append(
            Change(
                page=self.pages[page_id],
                text=text,
                author_id=people.author_of(self.session, course.authors, commit, now=course.now),
                # A clock that ran ahead would push all later revisions of the page with it.
                made_at=min(commit.made_at, course.now),
                **details,
            )
        )


def page_key(told: Retold) -> str:
    """Return by what a page of an exported wiki is kept among the files: no file is called so."""
    return f"{_PAGE}{told.page}"


def laid_out(session: Session, course: Course, commits: Sequence[Commit]) -> Desk:
    """Return what is known before the stretch is begun, with the pages it touches locked."""
    known = queries.pages_of_files(session, course.source)
    changes = [change for commit in commits for change in commit.changes]
    told = _told(course, commits)
    named = {change.file for change in changes} | {change.old_file for change in changes}
    named |= {page_key(one) for one in told.values()}
    touched = {known[name] for name in named & known.keys()}
    # Locked before anybody asks who made their heads.
    records = queries.pages_to_change(session, touched)
    living = queries.living_pages(session)
    return Desk(
        session=session,
        course=course,
        files=known,
        living=living,
        at={page_id: path for path, page_id in living.items()},
        pages=records,
        changed_here=queries.changed_here(session, touched),
        told=told,
    )


def _told(course: Course, commits: Sequence[Commit]) -> dict[str, Retold]:
    if not course.is_export:
        return {}
    read = ((commit.id, retold.read(commit.message)) for commit in commits)
    return {commit_id: told for commit_id, told in read if told}

"""Bringing a whole git history into the wiki, so that it may stop at any moment and go on.

Each stretch of commits is one transaction that also notes which commits it holds; what is derived
from the heads (HTML, links, search) and from all revisions (authorship) is made once per page at
the end, and a page knows whether that was done. So a run that was killed goes on where its last
transaction ended.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from wiki.activity.service import record
from wiki.authorship import service as authorship
from wiki.errors import Invalid
from wiki.pages import service as pages
from wiki.search import service as search
from wiki.storage.engine import Database
from wiki.transfer import queries
from wiki.transfer.rules import files, mailmap, retold
from wiki.transfer.rules.git_log import Commit
from wiki.transfer.rules.tally import EXAMPLES, Report, Tally
from wiki.transfer.service import batch, git, repository
from wiki.transfer.service.authors import Authors, people_count
from wiki.transfer.service.desk import Course
from wiki.transfer.service.repository import Branch

BATCH = 500
DERIVED_AT_ONCE = 25
SOURCE_LIMIT = 200

# Told what is going on, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What to import: a folder, bare repository or bundle; a folder in it; a branch; who is who."""

    source: str
    under: str = ""
    branch: str = ""
    people: str = ""  # the text of a mailmap


@dataclass(frozen=True, kw_only=True, slots=True)
class _Outcome:
    """What can be said only when all is taken."""

    people_made: int
    pages_deleted: int
    other_files: Mapping[str, int]


def import_git(database: Database, wanted: Wanted, *, now: datetime, progress: Progress) -> Report:
    """Bring the new commits of a history into the wiki and return what was and was not taken.

    Raises Invalid with a sentence when there is no such history, or when it is not the one that
    was imported before.
    """
    started = time.monotonic()
    authors = Authors(mailmap.read(wanted.people))
    under = files.checked_folder(wanted.under)
    with repository.opened(wanted.source) as git_dir:
        branch = repository.branch(git_dir, wanted.branch)
        repository.refuse_unknown_folder(git_dir, branch, under)
        source = source_key(branch.commits[0], under)
        with database.reading() as session:
            last = _last_done(branch, queries.commits_done(session, source))
            people_before = people_count(session)
        tally = Tally(commits=len(branch.commits) - (branch.commits.index(last) + 1 if last else 0))
        with git.blobs(git_dir) as blobs:
            is_export = not under and _is_export(database, git_dir, branch, is_new=last is None)
            course = Course(source, under, blobs, authors, tally, now, is_export)
            _take_all(database, course, git_dir, branch, last, progress)
        _name_idle_commits(git_dir, branch, last, tally)
        others = dict(repository.other_files(git_dir, branch.tip, under)) if tally.commits else {}
    derive_all(database, progress)
    authorship.rebuild(database, lambda done, total: progress("revisions followed", done, total))
    with database.begin() as session:
        outcome = _Outcome(
            people_made=people_count(session) - people_before,
            pages_deleted=queries.deleted_count(session, tally.pages),
            other_files=others,
        )
        if tally.commits:
            _write_diary(session, course, outcome)
    return _report(branch, tally, outcome, time.monotonic() - started)


def derive_all(database: Database, progress: Progress) -> None:
    """Make what is derived from the heads of all pages that wait for it, search included."""
    with database.reading() as session:
        count = pages.stale_count(session)
    done = 0
    while True:
        with database.begin() as session:
            ids = pages.derive_stale(session, limit=DERIVED_AT_ONCE)
            search.index_pages(session, ids)
        if not ids:
            return
        done += len(ids)
        progress("pages", done, max(count, done))


def source_key(first_commit: str, under: str) -> str:
    """Return the name of a history: its first commit, and the folder that is taken of it."""
    key = f"{first_commit}:{under}"
    if len(key) <= SOURCE_LIMIT:
        return key
    return f"{first_commit}:{hashlib.sha256(under.encode()).hexdigest()}"


def _last_done(branch: Branch, done: set[str]) -> str | None:
    """Return the latest commit of the branch that is in the wiki, or None.

    The branch must hold all that are: another branch or a rewritten history would tell what is in
    the wiki a second time, otherwise.
    """
    on_branch = [commit for commit in branch.commits if commit in done]
    if len(on_branch) < len(done):
        raise Invalid(
            "The wiki holds {count} commits of this history that are not on {branch}: another "
            "branch was imported before, or the history was rewritten. Nothing was imported.",
            count=len(done) - len(on_branch),
            branch=branch.name,
        )
    return on_branch[-1] if on_branch else None


def _is_export(database: Database, git_dir: Path, branch: Branch, *, is_new: bool) -> bool:
    """Return whether the branch begins with a commit that tells of a wiki's first revision.

    Raises Invalid where this wiki has that revision, and not from this history.
    """
    first = repository.first_commit(git_dir, branch)
    told = retold.read(first.message)
    if told is None:
        return False
    made_at = first.made_at + timedelta(microseconds=told.microsecond)
    with database.reading() as session:
        if is_new and queries.has_begun(session, told.path, made_at):
            raise Invalid(
                "This history is in the wiki already: it is an export of this wiki, or of one "
                "that began with the same pages. Nothing was imported."
            )
    return True


def _take_all(
    database: Database,
    course: Course,
    git_dir: Path,
    branch: Branch,
    last: str | None,
    progress: Progress,
) -> None:
    places = {commit: number for number, commit in enumerate(branch.commits, start=1)}
    offset = places[last] if last else 0
    total = course.tally.commits
    commits = repository.commits(git_dir, branch.tip, after=last, has_idle=course.is_export)
    for stretch in _stretches(commits):
        with database.begin() as session:
            batch.take(session, course, stretch)
        progress("commits", places[stretch[-1].id] - offset, total)


def _stretches(commits: Iterable[Commit]) -> Iterator[list[Commit]]:
    """Yield commits in stretches of about BATCH changes: what a kill may cost.

    Commits that leave two pages at one path stand together with those that part them.
    """
    stretch: list[Commit] = []
    changes = 0
    for commit in commits:
        stretch.append(commit)
        changes += len(commit.changes)
        told = retold.read(commit.message)
        if max(changes, len(stretch)) >= BATCH and not (told and told.has_more):
            yield stretch
            stretch, changes = [], 0
    if stretch:
        yield stretch


def _name_idle_commits(git_dir: Path, branch: Branch, last: str | None, tally: Tally) -> None:
    new = branch.commits[branch.commits.index(last) + 1 if last else 0 :]
    idle = [commit for commit in new if commit not in tally.busy][:EXAMPLES]
    if idle:
        named = git.output(git_dir, "log", "--no-walk=unsorted", "--format=%h %s", *idle, "--")
        tally.examples["no-page"] = (named or b"").decode("utf-8", "replace").splitlines()


def _write_diary(session: Session, course: Course, outcome: _Outcome) -> None:
    tally = course.tally
    record(
        session,
        "history.imported",
        at=course.now,
        source=course.source,
        commits=tally.commits,
        revisions=tally.revisions,
        pages=len(tally.pages),
        people=outcome.people_made,
    )


def _report(branch: Branch, tally: Tally, outcome: _Outcome, seconds: float) -> Report:
    return Report(
        branch=branch.name,
        commits=tally.commits,
        commits_without_pages=tally.commits - len(tally.busy),
        revisions=tally.revisions,
        pages=len(tally.pages),
        pages_made=tally.made,
        pages_deleted=outcome.pages_deleted,
        authors=len(tally.authors),
        people_made=outcome.people_made,
        reasons=tally.reasons,
        examples=tally.examples,
        other_files=outcome.other_files,
        seconds=round(seconds, 2),
    )

"""All checks, one after the other."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.pages.models import Page, Revision, TextBlob
from wiki.storage.engine import Database
from wiki.storage.tables import snapshot
from wiki.transfer.service.checking import authorship, derived, history, place, texts, work
from wiki.transfer.service.checking.findings import FROM_BACKUP, Finding, Look, Progress

_Check: TypeAlias = Callable[[Look], Iterator[Finding]]
SHOWN_OF_A_KIND = 20
COUNTED: dict[str, Any] = {"pages": Page.id, "revisions": Revision.id, "texts": TextBlob.sha}
CHECKS: tuple[tuple[str, _Check], ...] = (
    ("database", place.database_itself),
    ("database", place.settings),
    ("database", place.disk),
    ("restore", work.restore),
    ("text", texts.texts),
    ("draft", texts.drafts),
    ("numbering", history.numbering),
    ("head", history.heads),
    ("stale", derived.stale),
    ("derived", derived.pages),
    ("search", derived.searching),
    ("authorship", authorship.sums),
    ("authorship", authorship.pages),
    ("letters", work.letters),
    ("lease", work.leases),
    ("backup", work.backups),
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, what is worth knowing beside that, and how much was looked at."""

    findings: list[Finding]
    notes: list[str]
    counts: dict[str, int]


def check(database: Database, *, now: datetime, is_deep: bool, progress: Progress) -> Checked:
    """Look whether all is well and return what was found; writes nothing."""
    found: list[Finding] = []
    for kind, one in CHECKS:
        found += _limited(_guarded(kind, one, _Place(database, now, is_deep, progress)))
    notes: list[str] = []
    counts: dict[str, int] = {}
    try:
        with _looking(_Place(database, now, is_deep, progress)) as look:
            counts = {name: _count(look, column) for name, column in COUNTED.items()}
            notes = [*texts.notes(look), *authorship.notes(look), *work.notes(look)]
    except sa.exc.DatabaseError:
        notes = ["Not all could be counted."]
    return Checked(found, notes, counts)


@dataclass(frozen=True, slots=True)
class _Place:
    database: Database
    now: datetime
    is_deep: bool
    progress: Progress


@contextmanager
def _looking(place: _Place) -> Iterator[Look]:
    """Give what a check may use; it sees all of one moment, as people go on saving."""
    with snapshot(place.database) as connection, Session(connection) as session:
        yield Look(place.database, session, place.now, place.is_deep, place.progress)


def _guarded(kind: str, one: _Check, place: _Place) -> Iterator[Finding]:
    # What one check could not read must not spoil the next.
    try:
        with _looking(place) as look:
            yield from one(look)
    except sa.exc.DatabaseError as error:
        reason = " ".join(str(error.orig).split())
        yield Finding(kind, f"This could not be looked at ({kind}): {reason}.", FROM_BACKUP)


def _count(look: Look, column: Any) -> int:  # noqa: ANN401  # a mapped column
    return look.session.scalar(sa.select(sa.func.count(column))) or 0


def _limited(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the first findings of each kind, and for the others how many there are."""
    counts: Counter[str] = Counter()
    last: dict[str, Finding] = {}
    for finding in findings:
        counts[finding.kind] += 1
        last[finding.kind] = finding
        if counts[finding.kind] <= SHOWN_OF_A_KIND:
            yield finding
    for kind, count in counts.items():
        if count > SHOWN_OF_A_KIND:
            more = f"And {count - SHOWN_OF_A_KIND:,} more of the same kind."
            yield Finding(kind, more, last[kind].remedy)

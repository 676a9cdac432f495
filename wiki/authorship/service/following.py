"""Following a page's revisions: every row that they add to the tables, before any is written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from wiki.authorship.queries import state
from wiki.authorship.queries.state import Saved, Source
from wiki.authorship.queries.walking import PageMemory, Point, passed
from wiki.authorship.rules.chain import is_whole, packed_past
from wiki.authorship.rules.ledger import Entry, entries
from wiki.authorship.rules.origins import number_of, origin_of
from wiki.text.authorship import standing

Row: TypeAlias = dict[str, Any]


@dataclass(slots=True)
class Sums:
    """What is added to a total of one person and page; `made_at` are the first and last act."""

    standing: int = 0
    written: int = 0
    removed_own: int = 0
    removed_by_others: int = 0
    brought_back: int = 0
    removed_of_others: int = 0
    restored: int = 0
    revisions: int = 0
    minor: int = 0
    sittings: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None

    def onto(self, row: Mapping[str, Any]) -> Row:
        """Return the values of the row's columns with these added."""
        mine = asdict(self)
        first, last = mine.pop("first_at"), mine.pop("last_at")
        return {
            **{name: row[name] + count for name, count in mine.items()},
            "first_at": row["first_at"] or first,
            "last_at": last or row["last_at"],
        }


@dataclass(frozen=True, slots=True)
class Followed:
    """What following a page from `start` to `end` adds to the tables."""

    page_id: int
    start: int
    end: Point
    is_due: bool = False
    past: list[Row] = field(default_factory=list)
    memory: list[Row] = field(default_factory=list)
    ledger: list[Row] = field(default_factory=list)
    sums: dict[Source, Sums] = field(default_factory=lambda: defaultdict(Sums))


@dataclass(frozen=True, slots=True)
class _Done:
    """What one revision did to the words of each origin."""

    saved: Saved
    entries: Mapping[int, Entry]
    is_coarse: bool


def followed(
    session: Session,
    page_id: int,
    start: Point,
    revisions: Sequence[Saved],
    *,
    is_due: bool = False,
) -> Followed:
    """Return what following these revisions adds; they follow upon `start` without a gap."""
    memory = PageMemory(session, page_id, is_new=start.number == 0)
    past: list[Row] = []
    done: list[_Done] = []
    end, words = start, None
    for one in passed(session, start, revisions, memory):
        found: dict[int, Entry] = {}
        if one.step:
            before = standing(end.head, one.before) if words is None else words
            words = standing(one.point.head, one.text)
            found = entries(one.step, origin_of(one.saved.number), before, words)
        if one.step or is_whole(one.point.number):
            data = packed_past(one.point.number, one.point.head, end.head)
            past.append({"page_id": page_id, "number": one.point.number, "data": data})
        end = one.point
        done.append(_Done(one.saved, found, one.step is not None and one.step.is_coarse))
    result = Followed(page_id, start.number, end, is_due, past, _memory_rows(page_id, memory))
    _account(result, done, _sources(session, page_id, done))
    return result


def _memory_rows(page_id: int, memory: PageMemory) -> list[Row]:
    return [
        {"page_id": page_id, "drawer": number, "data": data}
        for number, data in memory.changed.items()
    ]


def _sources(session: Session, page_id: int, done: Iterable[_Done]) -> dict[int, Source]:
    """Return who is credited with the origins of all entries."""
    known: dict[int, Source] = {}
    wanted: set[int] = set()
    for one in done:
        known |= one.saved.sources()
        wanted |= one.entries.keys()
    return known | state.sources(session, page_id, wanted - known.keys())


def _account(result: Followed, done: Iterable[_Done], sources: Mapping[int, Source]) -> None:
    for one in done:
        saved = one.saved
        actor = Source(saved.author_id, saved.is_imported)
        _add_act(result.sums[actor], saved)
        for origin, entry in one.entries.items():
            source = sources[origin]
            result.ledger.append(_ledger_row(one, origin, source, entry))
            _add_entry(result.sums, saved, origin, source, entry)


def _ledger_row(one: _Done, origin: int, source: Source, entry: Entry) -> Row:
    return {
        "page_id": one.saved.page_id,
        "number": one.saved.number,
        "origin": origin,
        "person_id": source.person_id,
        "added": entry.added,
        "removed": entry.removed,
        "is_coarse": one.is_coarse,
    }


def _add_act(sums: Sums, saved: Saved) -> None:
    sums.revisions += 1
    sums.minor += saved.is_minor
    # A sitting bears the number of its first revision.
    sums.sittings += saved.sitting == saved.number
    sums.first_at = sums.first_at or saved.made_at
    sums.last_at = saved.made_at


def _add_entry(
    sums: dict[Source, Sums], saved: Saved, origin: int, source: Source, entry: Entry
) -> None:
    actor = sums[Source(saved.author_id, saved.is_imported)]
    theirs = sums[source]
    theirs.standing += entry.added - entry.removed
    if number_of(origin) == saved.number:
        theirs.written += entry.added
    else:
        theirs.brought_back += entry.added
        actor.restored += entry.added
    if source.person_id == saved.author_id:
        theirs.removed_own += entry.removed
    else:
        theirs.removed_by_others += entry.removed
        actor.removed_of_others += entry.removed

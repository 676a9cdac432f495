"""Paired units as blocks in reading order, each with its runs, section and lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import dedent

from wiki.text.comparison.pairing import Pair
from wiki.text.comparison.runs import runs_between, whole_runs
from wiki.text.comparison.sections import Sections
from wiki.text.comparison.units import Unit
from wiki.text.comparison.values import Block, Formatting, Run, RunKind, Section, Side, Status
from wiki.text.tokens import word_count


@dataclass(frozen=True, slots=True)
class Page:
    """A text and its units."""

    text: str
    units: list[Unit]

    def side(self, places: range) -> Side:
        """Return the units at `places`, one or more, as one side of a block."""
        first, last = self.units[places.start].side, self.units[places.stop - 1].side
        if len(places) == 1:
            return first
        text = self.text[first.start : last.end]
        return Side(text, dedent(text), first.start, last.end, first.first_line, last.last_line)

    def place(self, index: int) -> int:
        """Return where the unit at `index` begins, or the text ends."""
        return self.units[index].side.start if index < len(self.units) else len(self.text)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A block to be: its units in each text (none: an empty range where they would stand)."""

    status: Status
    old: range
    new: range
    pair: Pair | None


def blocks_of(old: Page, new: Page, pairs: list[Pair]) -> list[Block]:
    """Return the blocks in reading order; what was removed stands before what was added there."""
    entries = list(_entries(old, new, pairs))
    sections = Sections(old.units, new.units)
    opposite: dict[Status, Status] = {"moved": "moved_away", "moved_away": "moved"}
    numbers = {
        (entry.pair, entry.status): number
        for number, entry in enumerate(entries, 1)
        if entry.pair and entry.status in opposite
    }
    blocks: list[Block] = []
    for number, entry in enumerate(entries, 1):
        other = opposite.get(entry.status)
        counterpart = numbers.get((entry.pair, other), 0) if other and entry.pair else 0
        blocks.append(
            _block(old, new, entry, sections.of(entry.old, entry.new), (number, counterpart))
        )
    return blocks


def _entries(old: Page, new: Page, pairs: list[Pair]) -> Iterator[_Entry]:
    ends = range(len(old.units), 0), range(len(new.units), 0)
    moved = [pair for pair in pairs if pair.has_moved]
    from_old = {pair.old.start: pair for pair in moved}
    from_new = {pair.new.start: pair for pair in moved}
    in_place = [(pair.old, pair.new, pair) for pair in pairs if not pair.has_moved]
    i = j = 0
    for olds, news, pair in [*in_place, (*ends, None)]:
        while i < olds.start:
            left = from_old.get(i)
            places = left.old if left else range(i, i + 1)
            yield _Entry("moved_away" if left else "removed", places, range(j, j), left)
            i = places.stop
        while j < news.start:
            came = from_new.get(j)
            places = came.new if came else range(j, j + 1)
            before = came.old if came else range(i, i)
            yield _Entry("moved" if came else "added", before, places, came)
            j = places.stop
        if pair:
            yield _Entry(_status(old, new, pair), olds, news, pair)
        i, j = olds.stop, news.stop


def _status(old: Page, new: Page, pair: Pair) -> Status:
    if not pair.says_the_same:
        return "changed"
    return "same" if old.side(pair.old).text == new.side(pair.new).text else "formatting"


def _block(
    old: Page, new: Page, entry: _Entry, section: Section, numbers: tuple[int, int]
) -> Block:
    runs, is_coarse = _runs(old, new, entry)
    formatting = _formatting(old, new, entry)
    counts = (0, 0) if formatting else _counts(entry.status, runs)
    unit = new.units[entry.new.start] if entry.new else old.units[entry.old.start]
    return Block(
        number=numbers[0],
        status=entry.status,
        kind=unit.kind,
        section=section,
        old=old.side(entry.old) if entry.old else None,
        new=new.side(entry.new) if entry.new else None,
        runs=runs,
        counterpart=numbers[1],
        formatting=formatting,
        words_inserted=counts[0],
        words_deleted=counts[1],
        is_coarse=is_coarse,
    )


def _formatting(old: Page, new: Page, entry: _Entry) -> Formatting:
    """Return what sort of formatting differs where the words are the same."""
    if entry.status not in ("formatting", "moved") or not (entry.pair and entry.pair.says_the_same):
        return ""
    if len(entry.old) != len(entry.new):
        return "split" if len(entry.new) > len(entry.old) else "joined"
    before, after = old.side(entry.old).text, new.side(entry.new).text
    if before == after:
        return ""
    return "spacing" if before.split() == after.split() else "marks"


def _runs(old: Page, new: Page, entry: _Entry) -> tuple[tuple[Run, ...], bool]:
    places = old.place(entry.old.start), new.place(entry.new.start)
    if not entry.old:
        return whole_runs("insert", new.side(entry.new).text, *places), False
    before = old.side(entry.old).text
    if entry.status in ("removed", "moved_away"):
        kind: RunKind = "delete" if entry.status == "removed" else "keep"
        return whole_runs(kind, before, *places), False
    after = new.side(entry.new).text
    if before == after:
        return whole_runs("keep", after, *places), False
    is_quiet = entry.status != "formatting" and new.units[entry.new.start].kind != "code"
    return runs_between(before, after, *places, is_quiet=is_quiet)


def _counts(status: Status, runs: tuple[Run, ...]) -> tuple[int, int]:
    if status in ("same", "moved_away"):
        return 0, 0
    if status in ("added", "removed"):
        count = word_count("".join([run.text for run in runs]))
        return (count, 0) if status == "added" else (0, count)
    inserted = sum(word_count(run.text) for run in runs if run.kind == "insert")
    deleted = sum(word_count(run.text) for run in runs if run.kind == "delete")
    return inserted, deleted

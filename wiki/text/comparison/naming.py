"""Which revision put each inserted word in, and which one took each deleted word out.

Inserted words are followed back from the newer text, deleted ones forward from the older one; see
`wiki.text.comparison.tracing`. Of many revisions some are looked at first, evenly spread, and then
those in the middle of intervals in which a word came or went, as long as there is room; what is
still an interval in the end is said as one. Words that stood in both texts and are shown as changed
all the same (a short word between two replacements) go with their neighbours.
Cost: 10 to 100 ms for 320 revisions of 30 KB.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from wiki.text.comparison.steps import Link, Stretch, Text, stretches_between
from wiki.text.comparison.tracing import Stood, Trace
from wiki.text.comparison.values import (
    Block,
    Change,
    Comparison,
    Run,
    Side,
    Source,
    Words,
    filled,
)
from wiki.text.tokens import tokens

MOST_TEXTS = 400
_FEWEST_TEXTS = 2
_UNKNOWN = Source(0, 0)

# Given the numbers of revisions, their texts in the same order.
TextsAt = Callable[[Sequence[int]], Sequence[str]]


def with_sources(
    comparison: Comparison, pair: tuple[int, int], texts_at: TextsAt, *, most: int = MOST_TEXTS
) -> Comparison:
    """Return the comparison of two revisions, older first, each change of it with its source.

    At most `most` texts are asked for, both ends among them, in few calls; their line ends must be
    normalised. Runs are split where their words have different sources.
    """
    blocks = {block.number: block for block in comparison.blocks if block.change}
    if not blocks:
        return comparison
    witness = _Witness(pair, texts_at, max(most, _FEWEST_TEXTS), list(blocks.values()))
    witness.look()
    namer = _Namer(
        witness.past(is_old=True),
        witness.past(is_old=False),
        Source(pair[0] + 1, pair[1]),
        comparison.blocks,
    )
    changes = tuple(map(namer.change, comparison.changes))
    blocks |= {block.number: block for change in changes for block in change.blocks}
    return replace(
        comparison,
        blocks=tuple(blocks.get(block.number, block) for block in comparison.blocks),
        changes=changes,
        stretches=tuple(
            replace(one, blocks=tuple(blocks.get(block.number, block) for block in one.blocks))
            for one in comparison.stretches
        ),
    )


@dataclass(frozen=True, slots=True)
class _Past:
    """What is known of one side: when its letters came or went, and when its lines did."""

    stood: list[Stood]
    starts: list[int]
    sources: list[Source | None]
    lines: list[Source | None]

    def at(self, place: int) -> Source | None:
        """Return the source of the letter at `place`, or None where it stands on both sides."""
        return self.sources[self.stood[bisect_right(self.starts, place) - 1].since]

    def of_lines(self, side: Side | None) -> Source | None:
        """Return the last source of the lines of a block as they stand there."""
        if side is None:
            return None
        return max(filter(None, self.lines[side.first_line - 1 : side.last_line]), default=None)


class _Witness:
    """Looks at as many texts between the two as it takes, and may."""

    def __init__(
        self, pair: tuple[int, int], texts_at: TextsAt, most: int, blocks: list[Block]
    ) -> None:
        self._texts_at = texts_at
        self._most = most
        self._texts: dict[int, Text] = {}
        self._known: dict[str, Text] = {}
        self._steps: dict[tuple[int, int], list[Stretch]] = {}
        self._lines = _lines_of(blocks, is_old=True), _lines_of(blocks, is_old=False)
        self._numbers = _spread(*pair, most)

    def look(self) -> None:
        """Read and follow, closer and closer around the changes."""
        self._follow()
        while more := self._between():
            self._numbers = sorted([*self._numbers, *more])
            self._follow()

    def past(self, *, is_old: bool) -> _Past:
        """Return what was seen of one side."""
        return self._pasts[int(not is_old)]

    def _follow(self) -> None:
        new = [number for number in self._numbers if number not in self._texts]
        for number, text in zip(new, self._texts_at(new), strict=True):
            known = self._known.get(text) or Text(tuple(text.split("\n")))
            self._texts[number] = self._known[text] = known
        self._pasts = self._traced(is_old=True), self._traced(is_old=False)

    def _traced(self, *, is_old: bool) -> _Past:
        numbers = self._numbers[::-1] if is_old else self._numbers
        trace = Trace([self._texts[n] for n in numbers], partial(self._links, numbers))
        lines = self._lines[int(not is_old)]
        stood = trace.follow(lines)
        sources = [None, *map(_source, numbers, numbers[1:])]
        touched = [sources[since] for since in trace.touched()]
        return _Past(stood, [one.start for one in stood], sources, touched)

    def _links(self, numbers: Sequence[int], k: int) -> list[Link]:
        """Return what changed between two texts that are neighbours in `numbers`, either way."""
        older, newer = sorted(numbers[k - 1 : k + 1])
        if (older, newer) not in self._steps:
            found = stretches_between(self._texts[older].lines, self._texts[newer].lines)
            self._steps[older, newer] = found
        is_turned = numbers[k] == older
        return [Link(stretch, is_turned=is_turned) for stretch in self._steps[older, newer]]

    def _between(self) -> list[int]:
        """Return the revisions to look at next: in the middle of intervals, the fullest first."""
        room = self._most - len(self._numbers)
        letters: Counter[Source] = Counter()
        for past in self._pasts:
            for one in past.stood:
                source = past.sources[one.since]
                if source and source.last > source.first:
                    letters[source] += one.end - one.start
        fullest = sorted(letters, key=lambda source: (-letters[source], source))
        return [(source.first - 1 + source.last) // 2 for source in fullest[: max(room, 0)]]


def _lines_of(blocks: list[Block], *, is_old: bool) -> list[int]:
    """Return the lines of all these blocks on one side, counted from 0."""
    sides = [block.old if is_old else block.new for block in blocks]
    found = {n - 1 for side in sides if side for n in range(side.first_line, side.last_line + 1)}
    return sorted(found)


def _spread(older: int, newer: int, most: int) -> list[int]:
    """Return all numbers, or where they are too many half of those that may be, evenly spread."""
    if newer - older < most:
        return list(range(older, newer + 1))
    parts = max(most // 2 - 1, 1)
    return sorted({older + (newer - older) * part // parts for part in range(parts + 1)})


def _source(one: int, other: int) -> Source:
    return Source(min(one, other) + 1, max(one, other))


@dataclass(frozen=True, slots=True)
class _Namer:
    """Puts the sources into changes, blocks and runs."""

    old: _Past
    new: _Past
    anywhere: Source
    blocks: tuple[Block, ...]

    def change(self, change: Change) -> Change:
        """Return the change with its sources, and those of its words."""
        blocks = [self._block(block) for block in change.blocks]
        sources = {run.source for block in blocks for run in block.runs if run.source}
        sources = sources or {self._otherwise(block) for block in blocks}
        if _UNKNOWN in sources:
            # Words that nothing is known of go with the others of their change.
            known = max(sources - {_UNKNOWN}, default=self.anywhere)
            sources = sources - {_UNKNOWN} | {known}
            blocks = [_instead(block, _UNKNOWN, known) for block in blocks]
        with_words = [replace(block, words=self._words(block, sources)) for block in blocks]
        return replace(change, blocks=tuple(with_words), sources=tuple(sorted(sources)))

    def _block(self, block: Block) -> Block:
        otherwise = self._otherwise(block)
        runs = [part for run in block.runs for part in self._parts(run, otherwise)]
        return replace(block, runs=tuple(runs))

    def _otherwise(self, block: Block) -> Source:
        """Return the source of what nothing better is known of: that of the whole lines."""
        found = self.new.of_lines(block.new) or self.old.of_lines(block.old)
        return found or self._passed(block) or _UNKNOWN

    def _passed(self, block: Block) -> Source | None:
        """Return the source of what a block has passed on its way, which may be what moved."""
        if block.status != "moved":
            return None
        first, last = sorted((block.number, block.counterpart))
        found = (self.new.of_lines(one.new) for one in self.blocks[first - 1 : last])
        return max(filter(None, found), default=None)

    def _parts(self, run: Run, otherwise: Source) -> Iterator[Run]:
        """Yield a run in parts that have one source each; blanks and signs go with their words."""
        if run.kind == "keep":
            yield run
            return
        past, place = (self.new, run.new_at) if run.kind == "insert" else (self.old, run.old_at)
        pieces = tokens(run.text)
        has_words = any(any(map(str.isalnum, piece)) for piece in pieces)
        found: list[Source | None] = []
        for piece in pieces:
            is_told = any(map(str.isalnum, piece)) if has_words else not piece.isspace()
            found.append(past.at(place) if is_told else None)
            place += len(piece)
        at = 0
        for text, source in _grouped(pieces, filled(found, otherwise)):
            olds, news = (0, at) if run.kind == "insert" else (at, 0)
            yield replace(
                run, text=text, old_at=run.old_at + olds, new_at=run.new_at + news, source=source
            )
            at += len(text)

    def _words(self, block: Block, sources: set[Source]) -> tuple[Words, Words]:
        old, new = (
            tuple(_words(side, past, sources)) if side else ()
            for side, past in ((block.old, self.old), (block.new, self.new))
        )
        return old, new


def _instead(block: Block, source: Source, other: Source) -> Block:
    runs = (replace(run, source=other) if run.source == source else run for run in block.runs)
    return replace(block, runs=tuple(runs))


def _words(side: Side, past: _Past, known: set[Source]) -> Iterator[tuple[str, Source | None]]:
    place = side.start
    for token in tokens(side.text):
        if token[0].isalnum():
            source = past.at(place)
            yield token, source if source in known else None
        place += len(token)


def _grouped(pieces: list[str], sources: list[Source]) -> Iterator[tuple[str, Source]]:
    text = ""
    for index, piece in enumerate(pieces):
        if index and sources[index] != sources[index - 1]:
            yield text, sources[index - 1]
            text = ""
        text += piece
    yield text, sources[-1]

"""What a comparison of two revisions is made of, ready for printing without further thought."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

Status = Literal["same", "changed", "added", "removed", "moved", "moved_away", "formatting"]
UnitKind = Literal[
    "paragraph", "heading", "item", "row", "code", "quote", "rule", "field", "definition"
]
RunKind = Literal["keep", "delete", "insert"]
Formatting = Literal["", "marks", "spacing", "split", "joined"]


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """The revision that put words in or took them out, or a range of which one of them did.

    It is a range only where there are too many revisions to look at each of them.
    """

    first: int
    last: int


# Words of a block in order, each with its source where that is a source of the change.
Words = tuple[tuple[str, Source | None], ...]


def filled(found: Sequence[Source | None], otherwise: Source) -> list[Source]:
    """Return the sources, those that are not known as the one before them, or the next one."""
    last = next(filter(None, found), otherwise)
    whole: list[Source] = []
    for source in found:
        last = source or last
        whole.append(last)
    return whole


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a block, never longer than a line: kept, deleted or inserted.

    Places count code points from the start of each text, its line ends normalised; where a run has
    no words on a side it is the place where they would be. Words that were kept have no source, nor
    has any run of a comparison that names none.
    """

    kind: RunKind
    text: str
    old_at: int
    new_at: int
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading that blocks stand under: its words and level, or "" and 0 before the first one.

    The line is that of the heading, in the new text, or in the old one where only that has it.
    """

    title: str
    level: int
    line: int
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """A block as it stands in one of the two texts.

    `text` is its source, text[start:end] of the page; lines count from 1, inclusive. `source` is
    Markdown that renders on its own: a list item without the indent of its list, a table row under
    the head of its table.
    """

    text: str
    source: str
    start: int
    end: int
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table row, code block or field, in one or both texts.

    `number` counts from 1 in reading order. `change` is the number of the change it belongs to, or
    0. A moved block stands where it is now and has both sides; where it was stands a block
    "moved_away" with the old side only; each names the other in `counterpart`. `formatting` says
    what sort of formatting changed where nothing else did. `words` of both sides are there only in
    a comparison that names sources.
    """

    number: int
    status: Status
    kind: UnitKind
    section: Section
    old: Side | None
    new: Side | None
    runs: tuple[Run, ...]
    change: int = 0
    counterpart: int = 0
    formatting: Formatting = ""
    words_inserted: int = 0
    words_deleted: int = 0
    is_coarse: bool = False
    words: tuple[Words, Words] = ((), ())

    @property
    def old_runs(self) -> tuple[Run, ...]:
        """Return what stood in old: kept and deleted words."""
        return tuple(run for run in self.runs if run.kind != "insert")

    @property
    def new_runs(self) -> tuple[Run, ...]:
        """Return what stands in new: kept and inserted words."""
        return tuple(run for run in self.runs if run.kind != "delete")

    @property
    def is_edited(self) -> bool:
        """Return whether words differ between its sides."""
        return any(run.kind != "keep" for run in self.runs)


@dataclass(frozen=True, slots=True)
class Change:
    """Neighbouring blocks of one section that changed together; numbered from 1.

    `kind` is "changed" where its blocks differ in status. `sources` are those of its words, or of
    its place where no word changed; oldest first.
    """

    number: int
    kind: Literal["changed", "added", "removed", "moved", "formatting"]
    section: Section
    blocks: tuple[Block, ...]
    words_inserted: int
    words_deleted: int
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a view side by side: old left, new right; either may be empty."""

    left: Block | None
    right: Block | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some blocks in reading order: to be shown, or folded: unchanged and no context."""

    blocks: tuple[Block, ...]
    is_folded: bool

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the blocks side by side; removed ones beside the added ones that follow them."""
        rows: list[Row] = []
        removed: list[Block] = []
        added: list[Block] = []
        for block in self.blocks:
            if block.status in ("removed", "moved_away"):
                removed.append(block)
            elif block.status in ("added", "moved"):
                added.append(block)
            else:
                rows.extend([*_beside(removed, added), Row(block, block)])
                removed, added = [], []
        return (*rows, *_beside(removed, added))


def _beside(removed: list[Block], added: list[Block]) -> Iterator[Row]:
    return (Row(left, right) for left, right in zip_longest(removed, added))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two revisions of a page, block by block.

    `sections` are those with changes, in reading order. `differs_in_spacing_only`: the texts are
    not the same, yet there is no change to show, because only empty lines or blanks at the end of
    the page or of lines differ. The definitions are the link targets of each text, to be put after
    a block's source before rendering it.
    """

    blocks: tuple[Block, ...]
    changes: tuple[Change, ...]
    stretches: tuple[Stretch, ...]
    sections: tuple[Section, ...]
    words_inserted: int
    words_deleted: int
    differs_in_spacing_only: bool
    old_definitions: str
    new_definitions: str
    is_coarse: bool

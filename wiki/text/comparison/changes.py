"""Blocks gathered into numbered changes, and unchanged stretches folded."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from wiki.text.comparison.values import Block, Change, Stretch

_CONTEXT = 2
_FEWEST_FOLDED = 2
_SMALL_KINDS = ("item", "row", "field", "definition")
_UNCOUNTED = ("same", "moved_away")


def number_changes(blocks: list[Block]) -> list[Block]:
    """Return the blocks with the number of the change that each belongs to.

    A change is a run of neighbours in one section: blocks that moved together, or whose formatting
    changed, or whose words did. Two changed paragraphs are two changes; two changed list items,
    rows or fields are one. The place that a block has left belongs to the change of the block.
    """
    number = 0
    previous: Block | None = None
    changes: dict[int, int] = {}
    for block in blocks:
        if block.status == "moved_away":
            continue
        if block.status != "same":
            number += not (previous and _continues(previous, block))
            changes[block.number] = changes[block.counterpart] = number
        previous = block if block.status != "same" else None
    changes.pop(0, None)
    return [
        replace(block, change=changes[block.number]) if block.number in changes else block
        for block in blocks
    ]


def _continues(previous: Block, block: Block) -> bool:
    if previous.section != block.section or (previous.kind == "field") != (block.kind == "field"):
        return False
    if "moved" in (previous.status, block.status):
        is_one_move = previous.counterpart + 1 == block.counterpart
        return previous.status == block.status and is_one_move
    if "formatting" in (previous.status, block.status):
        return previous.status == block.status
    is_small = previous.kind in _SMALL_KINDS and block.kind in _SMALL_KINDS
    return is_small or not previous.status == block.status == "changed"


def changes_of(blocks: list[Block]) -> Iterator[Change]:
    """Yield the changes that numbered blocks make up, in order."""
    counted = [block for block in blocks if block.status not in _UNCOUNTED]
    for number, group in groupby(counted, key=lambda block: block.change):
        members = tuple(group)
        statuses = {block.status for block in members}
        status = statuses.pop() if len(statuses) == 1 else "changed"
        yield Change(
            number=number,
            kind=status if status not in _UNCOUNTED else "changed",  # type: ignore[arg-type]
            section=members[0].section,
            blocks=members,
            words_inserted=sum(block.words_inserted for block in members),
            words_deleted=sum(block.words_deleted for block in members),
        )


def stretches_of(blocks: list[Block]) -> Iterator[Stretch]:
    """Yield the blocks as stretches, folded where nothing changed in them nor within two blocks."""
    shown = {
        near
        for place, block in enumerate(blocks)
        if block.status != "same"
        for near in range(place - _CONTEXT, place + _CONTEXT + 1)
    }
    pending: list[Block] = []
    for is_shown, group in groupby(enumerate(blocks), key=lambda entry: entry[0] in shown):
        members = [block for _, block in group]
        if is_shown or len(members) < _FEWEST_FOLDED:
            pending += members
            continue
        if pending:
            yield Stretch(tuple(pending), is_folded=False)
        pending = []
        yield Stretch(tuple(members), is_folded=True)
    if pending:
        yield Stretch(tuple(pending), is_folded=False)

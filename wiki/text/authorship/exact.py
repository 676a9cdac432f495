"""First steps: blocks that stand in both texts, then passages inside the blocks that do not.

Each time: equal ones in the same order, then what is left equal anywhere, which has moved. Blocks
are first compared as they are written, so that a small edit of a large page splits only the blocks
around it into words.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from wiki.text.authorship.aligning import align
from wiki.text.authorship.desk import Desk
from wiki.text.authorship.passages import Passage, is_telling, key

_START, _END = -1, -2

# The number of a block or passage, and its words.
Keyed = tuple[int, str]


def match_blocks(desk: Desk) -> None:
    """Take over the words of all blocks that stand in both texts."""
    old, new = desk.blocks
    partners = [-1] * len(new)
    _pair_in_order(desk, list(enumerate(old)), list(enumerate(new)), partners)
    matched = set(partners)
    left = _keyed(old, matched)
    wanted = _keyed(new, {number for number, at in enumerate(partners) if at >= 0})
    _pair_in_order(desk, left, wanted, partners)
    _pair_anywhere(left, wanted, partners)
    desk.lay_out(partners)
    _match_passages(desk, partners)


def _keyed(of: Sequence[str], matched: set[int]) -> list[Keyed]:
    """Return numbers and keys of the blocks that have words and no partner yet."""
    rest = [number for number in range(len(of)) if number not in matched]
    return [(number, words) for number in rest if (words := key(of[number]))]


def _pair_in_order(
    desk: Desk, old: Sequence[Keyed], new: Sequence[Keyed], partners: list[int]
) -> None:
    alignment = align(desk.code([said for _, said in old]), desk.code([said for _, said in new]))
    desk.is_coarse = desk.is_coarse or alignment.is_coarse
    for i, j, length in alignment.runs:
        for step in range(length):
            partners[new[j + step][0]] = old[i + step][0]


def _pair_anywhere(old: Iterable[Keyed], new: Iterable[Keyed], partners: list[int]) -> None:
    taken = set(partners)
    places: dict[str, list[int]] = defaultdict(list)
    for number, said in old:
        if number not in taken:
            places[said].append(number)
    for waiting in places.values():
        waiting.reverse()
    for number, said in new:
        if partners[number] < 0 and places.get(said):
            partners[number] = places[said].pop()


def _match_passages(desk: Desk, block_partners: Sequence[int]) -> None:
    old = [(number, " ".join(passage.words)) for number, passage in enumerate(desk.old)]
    new = [(number, " ".join(passage.words)) for number, passage in enumerate(desk.new)]
    partners = [-1] * len(new)
    _pair_in_order(desk, old, new, partners)
    telling = [pair for pair in old if is_telling(desk.old[pair[0]].words)]
    _pair_anywhere(telling, new, partners)
    for number, partner in enumerate(partners):
        if partner >= 0:
            passage = desk.new[number]
            desk.keep(desk.old[partner].start, passage.start, len(passage.words))
    _drop_matched(desk, block_partners, partners)


def _drop_matched(desk: Desk, block_partners: Sequence[int], partners: Sequence[int]) -> None:
    """Keep on the desk only passages without a partner, each with the anchors around it."""
    shift = len(desk.blocks[0])
    matched = set(partners)
    old_anchors = {desk.starts[0][number]: number for number in block_partners if number >= 0} | {
        desk.old[number].start: shift + number for number in matched if number >= 0
    }
    new_anchors = {
        desk.starts[1][number]: partner
        for number, partner in enumerate(block_partners)
        if partner >= 0
    } | {
        desk.new[number].start: shift + partner
        for number, partner in enumerate(partners)
        if partner >= 0
    }
    desk.old = [passage for number, passage in enumerate(desk.old) if number not in matched]
    desk.new = [passage for passage, partner in zip(desk.new, partners, strict=True) if partner < 0]
    desk.gaps = _gaps(desk.old, old_anchors), _gaps(desk.new, new_anchors)
    desk.spell_out()


def _gaps(passages: Sequence[Passage], anchors: dict[int, int]) -> list[tuple[int, int]]:
    before: list[int] = []
    after: list[int] = []
    order = sorted(
        [*((place, -1) for place in anchors), *((p.start, n) for n, p in enumerate(passages))]
    )
    last = _START
    for place, number in order:
        if number < 0:
            last = anchors[place]
        else:
            before.append(last)
    last = _END
    for place, number in reversed(order):
        if number < 0:
            last = anchors[place]
        else:
            after.append(last)
    return list(zip(before, reversed(after), strict=True))

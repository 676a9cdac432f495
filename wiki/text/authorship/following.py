"""The steps of one save, one after another, from the head before it to the head after it."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from wiki.text import frontmatter
from wiki.text.authorship.aligning import align
from wiki.text.authorship.alike import match_alike
from wiki.text.authorship.desk import CREDITED, NEW, RESTORED, Desk
from wiki.text.authorship.drawers import Chest, PlainMemory
from wiki.text.authorship.exact import match_blocks
from wiki.text.authorship.leftover import match_gaps, match_moved
from wiki.text.authorship.passages import folded
from wiki.text.authorship.reading import spans
from wiki.text.authorship.remembering import remember
from wiki.text.authorship.values import Credit, Head, Memory, Span, Step
from wiki.text.authorship.wholes import Whole, make_whole, whole
from wiki.text.tokens import counted_places, counted_spans, word_places

_Counted = tuple[list[int], list[Whole]]


def follow(
    head: Head,
    before: str,
    text: str,
    origin: int,
    memory: Memory,
    credits: Sequence[Credit] = (),  # noqa: A002
) -> Step:
    """Return what the save of `text` by `origin` did to a page whose text was `before`.

    Depends on its arguments alone. Raises ValueError if `head` does not stand for `before`.
    """
    desk = Desk(head, before, text)
    match_blocks(desk)
    match_alike(desk)
    match_gaps(desk)
    match_moved(desk)
    chest = Chest(memory, head.remembered)
    remember(desk, chest)
    for credit in credits:
        _give_credit(desk, credit)
    old, new = _counted(desk, 0)[0], _counted(desk, 1)
    make_whole(desk, new[1])
    desk.origins = [origin if at == NEW else at for at in desk.origins]
    return _step(desk, origin, chest, (old, new[0]))


def replay(texts: Iterable[str]) -> list[Span]:
    """Return the last text as spans; each one's origin is the index of the text it came with."""
    head, before, memory = Head(), "", PlainMemory()
    for origin, text in enumerate(texts):
        step = follow(head, before, text, origin, memory)
        memory.keep(step.drawers)
        head, before = step.head, text
    return spans(head, before)


def _give_credit(desk: Desk, credit: Credit) -> None:
    """Give new words that stand in the credited passage, in its order, to its origin."""
    free = [place for passage in desk.new for place in desk.free_new(passage)]
    found = align(desk.code(folded(credit.text)), desk.code_at(1, free))
    for _, start, length in found.runs:
        for place in free[start : start + length]:
            desk.origins[place] = credit.origin
            desk.sources[place] = CREDITED


def _step(
    desk: Desk, origin: int, chest: Chest, counted: tuple[Sequence[int], Sequence[int]]
) -> Step:
    old, new = counted
    ways = {
        way: Counter(desk.origins[place] for place in new if desk.sources[place] == way)
        for way in (NEW, RESTORED, CREDITED)
    }
    head = desk.head(origin, chest.entries)
    return Step(
        head=head,
        drawers=chest.changed(),
        written=ways[NEW].total(),
        removed=dict(Counter(desk.old_origins[at] for at in old if not desk.is_taken[at])),
        restored=dict(ways[RESTORED]),
        credited=dict(ways[CREDITED]),
        is_coarse=desk.is_coarse,
    )


def _counted(desk: Desk, side: int) -> _Counted:
    """Return the words of changed blocks that the page counts, as places of their first parts.

    Those of several parts are also returned by themselves, hidden or not.
    """
    text, blocks = (desk.before, desk.text)[side], desk.blocks[side]
    body_at = len(text) - len(frontmatter.split(text).body)
    found: list[int] = []
    wholes: list[Whole] = []
    at = 0
    changed = desk.changed[side] | desk.respelt[side]
    for number, block in enumerate(blocks):
        at = text.index(block, at)
        if number in changed:
            start = desk.starts[side][number]
            hidden = min(max(body_at - at, 0), len(block))
            firsts, several = _words_counted(block, hidden)
            found += [start + word for word in firsts]
            wholes += [one._replace(first=start + one.first) for one in several]
        at += len(block)
    return found, wholes


@lru_cache(maxsize=2048)
def _words_counted(block: str, hidden: int) -> _Counted:
    """Return which words of `block` begin a word that counts, `hidden` characters left out."""
    places = word_places(block)
    spans_of = counted_spans(block)
    firsts = [bisect_right(places, start) - 1 for start, _ in spans_of]
    wholes = [
        whole(block[start:end], first)
        for first, (start, end) in zip(firsts, spans_of, strict=True)
        if first + 1 < len(places) and places[first + 1] < end
    ]
    if hidden:
        counted = counted_places(block[hidden:])
        firsts = [bisect_right(places, place + hidden) - 1 for place in counted]
    return firsts, wholes

"""Words that no pair of passages explains: in the gaps between what stayed, and moved elsewhere.

In a gap what both texts share in order is kept where at least two words in a row agree and say
something. After that, four words in a row or more that stand free somewhere else have moved.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from wiki.text.authorship.aligning import align
from wiki.text.authorship.desk import Desk
from wiki.text.authorship.passages import Passage, is_telling

MOVED = 4
_MOST_PLACES = 8


def match_gaps(desk: Desk) -> None:
    """Keep what passages share that stand after the same block or passage, or before the same."""
    for end in (0, 1):
        gaps: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, passages, free in (
            (0, desk.old, desk.free_old),
            (1, desk.new, desk.free_new),
        ):
            for passage, gap in zip(passages, desk.gaps[side], strict=True):
                gaps[gap[end]][side].extend(free(passage))
        for old, new in gaps.values():
            _match_gap(desk, old, new)


def _match_gap(desk: Desk, old: Sequence[int], new: Sequence[int]) -> None:
    found = align(desk.code_at(0, old), desk.code_at(1, new))
    desk.is_coarse = desk.is_coarse or found.is_coarse
    for a, b, length in found.runs:
        places = old[a : a + length]
        if length > 1 and is_telling([desk.words[0][place] for place in places]):
            desk.keep_each(places, new[b : b + length])


def match_moved(desk: Desk) -> None:
    """Keep runs of free words that stand somewhere else, taking the longest at each place."""
    places: dict[str, list[int]] = defaultdict(list)
    for start, code in _stretches(desk, 0, desk.old, desk.free_old):
        for at in range(len(code) - MOVED + 1):
            waiting = places[code[at : at + MOVED]]
            if len(waiting) < _MOST_PLACES:
                waiting.append(start + at)
    for start, code in _stretches(desk, 1, desk.new, desk.free_new):
        at = 0
        while at <= len(code) - MOVED:
            length, place = _longest(desk, places.get(code[at : at + MOVED], ()), code, at)
            if length >= MOVED:
                desk.keep(place, start + at, length)
            at += length if length >= MOVED else 1


def _longest(desk: Desk, places: Iterable[int], code: str, at: int) -> tuple[int, int]:
    """Return the length and the place of the longest run of the old text that goes on as `code`."""
    found = [(-_common(desk, place, code, at), place) for place in places]
    length, place = min(found, default=(0, 0))
    return -length, place


def _common(desk: Desk, place: int, code: str, at: int) -> int:
    codes, taken = desk.codes[0], desk.is_taken
    length = 0
    most = min(len(code) - at, len(codes) - place)
    while length < most and codes[place + length] == code[at + length]:
        if taken[place + length]:
            break
        length += 1
    return length


def _stretches(
    desk: Desk, side: int, passages: Sequence[Passage], free: Callable[[Passage], list[int]]
) -> list[tuple[int, str]]:
    """Return the start and the codes of each run of free words, across passages that touch."""
    places = [place for passage in passages for place in free(passage)]
    breaks = [n for n in range(1, len(places)) if places[n] != places[n - 1] + 1]
    edges = [0, *breaks, len(places)] if places else []
    return [
        (places[start], desk.code_at(side, places[start:end])) for start, end in pairwise(edges)
    ]

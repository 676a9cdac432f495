"""Passages that were changed: each is paired with those it shares words with, wherever they stand.

The most alike are paired first. That finds a sentence that moved and was edited, and keeps a new
sentence from taking little words of the one it replaced: two passages that share less than three
tenths of the shorter one, by letters, have nothing to do with each other. Cost: linear, since words
that are frequent among the passages name no candidate.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from wiki.text.authorship.aligning import align
from wiki.text.authorship.desk import Desk
from wiki.text.authorship.passages import Passage, is_telling

ALIKE = 0.3
_BEST = 3
_FREQUENT = 8
_SAME_GAP = 0.2


def match_alike(desk: Desk) -> None:
    """Keep the words that changed passages share with the old ones they are most like."""
    for _, old, new in _candidates(desk):
        _keep_alike(desk, desk.old[old], desk.new[new])


def _candidates(desk: Desk) -> list[tuple[float, int, int]]:
    """Return pairs of an old and a new passage that share words, the most alike first."""
    places: dict[str, list[int]] = defaultdict(list)
    sizes = [len(passage.words) for passage in desk.old]
    for number, passage in enumerate(desk.old):
        for gram in _grams(desk, 0, passage):
            places[gram].append(number)
    rare = {gram: numbers for gram, numbers in places.items() if len(numbers) <= _FREQUENT}
    found: list[tuple[float, int, int]] = []
    for number, passage in enumerate(desk.new):
        shared: Counter[int] = Counter()
        for gram in _grams(desk, 1, passage):
            if gram in rare:
                shared.update(rare[gram])
        gap, size = desk.gaps[1][number], len(passage.words)
        scored = [
            (-times / (sizes[i] + size) - _SAME_GAP * _is_same(gap, desk.gaps[0][i]), i)
            for i, times in shared.items()
        ]
        nearest = sorted((score, abs(i - number), i) for score, i in scored)[:_BEST]
        found += [(score, i, number) for score, _, i in nearest]
    return sorted(found)


def _is_same(gap: tuple[int, int], other: tuple[int, int]) -> bool:
    return gap[0] == other[0] or gap[1] == other[1]


def _grams(desk: Desk, side: int, passage: Passage) -> set[str]:
    """Return each word alone and each two words in a row, as codes."""
    codes = desk.codes[side][passage.start : passage.end]
    return {*codes, *map("".join, pairwise(codes))}


def _keep_alike(desk: Desk, old: Passage, new: Passage) -> None:
    free = desk.free_old(old), desk.free_new(new)
    if not (free[0] and free[1]):
        return
    runs = align(desk.code_at(0, free[0]), desk.code_at(1, free[1])).runs
    said = [[desk.words[0][place] for place in free[0][a : a + size]] for a, _, size in runs]
    if sum(map(_weight, said)) < ALIKE * min(_weight(old.words), _weight(new.words)):
        return
    ends = len(free[0]), len(free[1])
    for (a, b, size), words in zip(runs, said, strict=True):
        is_at_edge = a == b == 0 or (a + size, b + size) == ends
        if is_at_edge or size > 1 or is_telling(words):
            desk.keep_each(free[0][a : a + size], free[1][b : b + size])


def _weight(words: Sequence[str]) -> int:
    """Return how much is said by sharing these words: long ones say more."""
    return sum(map(len, words))

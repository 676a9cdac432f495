"""Where two lists of tokens agree: the longest common subsequence, bounded.

Tokens become code points, so that a differ of strings compares whole lines, words or blocks. Before
that, the common beginning and end are cut off and tokens found on one side only are dropped;
neither changes the answer. What is still too large for the engine is first cut at tokens that occur
once on each side (patience diff, Bram Cohen), and where there is none it is given up as "no match",
and said so. All limits count tokens, not seconds, so the same two lists always give the same
answer; and the order of the two lists never matters: swapping them swaps the result.
Rejected: difflib (quadratic), RapidFuzz (a bit matrix of 150 MB for two texts of 100 KB).
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from wiki.text.engine import BEST, Engine, timed_operations

# A run: its start in old, its start in new, its length.
Run = tuple[int, int, int]

# Surrogates are no characters to either engine.
_BELOW, _ABOVE = range(0x100, 0xD800), range(0xE000, 0x110000)
_DEEPEST = 40
CAPACITY = len(_BELOW) + len(_ABOVE)


@dataclass(frozen=True, slots=True)
class Matching:
    """Runs that are equal on both sides, ascending; coarse when a limit hid further ones."""

    runs: list[Run]
    is_coarse: bool


def match(
    old: Sequence[str], new: Sequence[str], *, engine: Engine = BEST, capacity: int = CAPACITY
) -> Matching:
    """Return the runs of equal tokens of a shortest edit between the two lists.

    With more than `capacity` different tokens only the common beginning and end are matched.
    """
    if (len(new), new) < (len(old), old):
        mirrored = match(new, old, engine=engine, capacity=capacity)
        return Matching([(b, a, length) for a, b, length in mirrored.runs], mirrored.is_coarse)
    kinds = dict.fromkeys(chain(old, new))
    if len(kinds) > capacity:
        return Matching(_ends(old, new), is_coarse=True)
    code = dict(zip(kinds, map(chr, chain(_BELOW, _ABOVE)), strict=False))
    finder = _Finder(engine)
    finder.search("".join(map(code.__getitem__, old)), "".join(map(code.__getitem__, new)))
    return Matching(_joined(finder.runs), finder.is_coarse)


def _ends(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    shortest = min(len(old), len(new))
    before = next((i for i in range(shortest) if old[i] != new[i]), shortest)
    room = shortest - before
    after = next((i for i in range(room) if old[-1 - i] != new[-1 - i]), room)
    runs = [(0, 0, before), (len(old) - after, len(new) - after, after)]
    return _joined([run for run in runs if run[2]])


def _joined(runs: list[Run]) -> list[Run]:
    joined: list[Run] = []
    for old, new, length in runs:
        if joined:
            a, b, before = joined[-1]
            if a + before == old and b + before == new:
                joined[-1] = (a, b, before + length)
                continue
        joined.append((old, new, length))
    return joined


class _Finder:
    """Collects runs from left to right, from the outside in."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.runs: list[Run] = []
        self.is_coarse = False

    def search(self, old: str, new: str, old_at: int = 0, new_at: int = 0, depth: int = 0) -> None:
        before = common_start(old, new)
        if before:
            self.runs.append((old_at, new_at, before))
            old, new = old[before:], new[before:]
            old_at, new_at = old_at + before, new_at + before
        after = common_start(old[::-1], new[::-1]) if old and new else 0
        if after:
            old, new = old[:-after], new[:-after]
        if old and new:
            self._search_shared(old, new, old_at, new_at, depth)
        if after:
            self.runs.append((old_at + len(old), new_at + len(new), after))

    def _search_shared(self, old: str, new: str, old_at: int, new_at: int, depth: int) -> None:
        shared = set(old) & set(new)
        if not shared:
            return
        places = [[i for i, c in enumerate(side) if c in shared] for side in (old, new)]
        kept = ["".join([side[i] for i in at]) for side, at in zip((old, new), places, strict=True)]
        if len(kept[0]) * len(kept[1]) > self.engine.largest_product:
            self._search_between_anchors(old, new, old_at, new_at, depth)
            return
        operations, expired = timed_operations(self.engine, *kept)
        self.is_coarse = self.is_coarse or expired
        i = j = 0
        for sign, length in operations:
            if sign == "=":
                pairs = zip(places[0][i : i + length], places[1][j : j + length], strict=True)
                self.runs.extend([(old_at + a, new_at + b, 1) for a, b in pairs])
            i += length if sign != "+" else 0
            j += length if sign != "-" else 0

    def _search_between_anchors(
        self, old: str, new: str, old_at: int, new_at: int, depth: int
    ) -> None:
        found = anchors(old, new) if depth < _DEEPEST else []
        if not found:
            self.is_coarse = True
            return
        i = j = 0
        for a, b in [*found, (len(old), len(new))]:
            # An anchor begins the stretch after it, where cutting off the common beginning finds
            # it again.
            self.search(old[i:a], new[j:b], old_at + i, new_at + j, depth + 1)
            i, j = a, b


def common_start(old: str, new: str) -> int:
    """Return how many characters agree from the start, by halving: slices compare at C speed."""
    shortest = min(len(old), len(new))
    if old[:shortest] == new[:shortest]:
        return shortest
    low, high = 0, shortest
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def anchors(old: str, new: str) -> list[tuple[int, int]]:
    """Return the places of tokens unique on both sides, the longest chain that rises on both."""
    counts = Counter(old), Counter(new)
    where = {c: i for i, c in enumerate(new)}
    pairs = [
        (i, where[c]) for i, c in enumerate(old) if counts[0][c] == 1 and counts[1].get(c) == 1
    ]
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for index, (_, place) in enumerate(pairs):
        rank = bisect_left(tails, place)
        previous.append(ends[rank - 1] if rank else -1)
        tails[rank : rank + 1] = [place]
        ends[rank : rank + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = previous[index]
    return chain[::-1]

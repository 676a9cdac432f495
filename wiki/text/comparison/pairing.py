"""Which unit of the old text became which unit of the new one, and which of them moved.

Equal units in the same order first, then those that say the same, here or elsewhere, then split and
joined paragraphs, then those most alike. Of all pairs the heaviest chain that rises on both sides
stays in place; the others moved. After wikidiff2 (moved lines by likeness) and `git diff --color-
moved` (short ones do not count as moved). Swapping the two texts swaps the result.
Cost: near linear; likeness is measured only where rare words are shared.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from wiki.text.comparison.chain import heaviest_chain
from wiki.text.comparison.pool import Candidate, Pool, candidates
from wiki.text.comparison.units import Unit
from wiki.text.matching import match

# Above any likeness, which ends at 1.
_THE_SAME = 1.5
_STRONG = 0.65
_MOVED = 0.5
_IN_PLACE = 0.28
_FEWEST_WORDS_TO_MOVE = 6
_SHORT_WORDS = 6


@dataclass(frozen=True, slots=True)
class Pair:
    """Units of old that are units of new: one and one, or one and several (split, joined).

    The weight is how much text holds it in place. Saying the same: at most the formatting differs.
    """

    old: range
    new: range
    weight: float
    says_the_same: bool = False
    has_moved: bool = False


@dataclass(frozen=True, slots=True)
class Pairing:
    """All pairs, by their place in new; those in place rise on both sides."""

    pairs: list[Pair]
    is_coarse: bool


def pair_units(old: list[Unit], new: list[Unit]) -> Pairing:
    """Return which units belong together; each belongs to one pair or to none."""
    texts = [unit.text for unit in old], [unit.text for unit in new]
    if (len(new), texts[1]) < (len(old), texts[0]):
        mirrored = pair_units(new, old)
        pairs = [
            Pair(pair.new, pair.old, pair.weight, pair.says_the_same, pair.has_moved)
            for pair in mirrored.pairs
        ]
        return Pairing(sorted(pairs, key=lambda pair: pair.new.start), mirrored.is_coarse)
    matcher = _Matcher(old, new)
    is_coarse = matcher.pair_equal(*texts)
    for step in (
        matcher.pair_what_says_the_same_here,
        matcher.pair_what_says_the_same_elsewhere,
        matcher.pair_split_and_joined,
        matcher.pair_alike,
    ):
        if matcher.old.free and matcher.new.free:
            step()
    pairs = matcher.with_moves()
    return Pairing(sorted(pairs, key=lambda pair: pair.new.start), is_coarse)


class _Matcher:
    """Two pools and the pairs found so far; each step pairs what the ones before left free."""

    def __init__(self, old: list[Unit], new: list[Unit]) -> None:
        self.old = Pool(old)
        self.new = Pool(new)
        self.pairs: list[Pair] = []

    def take(self, old: range, new: range, score: float = _THE_SAME) -> None:
        self.old.free.difference_update(old)
        self.new.free.difference_update(new)
        sizes = self.old.size(old), self.new.size(new)
        self.pairs.append(Pair(old, new, 1 + min(sizes) * score, score == _THE_SAME))

    def take_one(self, i: int, j: int, score: float = _THE_SAME) -> None:
        if i in self.old.free and j in self.new.free:
            self.take(range(i, i + 1), range(j, j + 1), score)

    def in_place(self) -> list[Pair]:
        """Return the pairs of the heaviest rising chain, weighed by the length of their text."""
        if all(
            a.old.start < b.old.start and a.new.start < b.new.start for a, b in pairwise(self.pairs)
        ):
            return list(self.pairs)
        by_place = {(pair.old.start, pair.new.start): pair for pair in self.pairs}
        links = [(*place, pair.weight) for place, pair in by_place.items()]
        return [by_place[i, j] for i, j, _ in heaviest_chain(links)]

    def gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """Yield the free units of both sides between two pairs in place, where both have some."""
        i = j = 0
        ends = range(len(self.old.known), 0), range(len(self.new.known), 0)
        for old, new in [*((pair.old, pair.new) for pair in self.in_place()), ends]:
            if i < old.start and j < new.start:
                olds = self.old.free_in(range(i, old.start))
                news = self.new.free_in(range(j, new.start))
                if olds and news:
                    yield olds, news
            i, j = old.stop, new.stop

    def pair_equal(self, old: list[str], new: list[str]) -> bool:
        found = match(old, new)
        for i, j, length in found.runs:
            for offset in range(length):
                self.take_one(i + offset, j + offset)
        return found.is_coarse

    def pair_what_says_the_same_here(self) -> None:
        for olds, news in list(self.gaps()):
            sides = [self.old.known[i].plain for i in olds], [self.new.known[j].plain for j in news]
            for i, j, length in match(*sides).runs:
                for offset in range(length):
                    if sides[0][i + offset]:
                        self.take_one(olds[i + offset], news[j + offset])

    def pair_what_says_the_same_elsewhere(self) -> None:
        having: dict[str, list[int]] = defaultdict(list)
        for j in sorted(self.new.free):
            known = self.new.known[j]
            if known.words >= _FEWEST_WORDS_TO_MOVE:
                having[known.plain].append(j)
        for i in sorted(self.old.free):
            for j in having.get(self.old.known[i].plain, []):
                self.take_one(i, j)

    def pair_split_and_joined(self) -> None:
        for olds, news in list(self.gaps()):
            beginnings = _by_first_word(self.new, news)
            for i in olds:
                parts = _parts(self.old.known[i].plain, self.new, beginnings)
                if parts:
                    self.take(range(i, i + 1), parts)
            beginnings = _by_first_word(self.old, olds)
            for j in sorted(self.new.free.intersection(news)):
                parts = _parts(self.new.known[j].plain, self.old, beginnings)
                if parts:
                    self.take(parts, range(j, j + 1))

    def pair_alike(self) -> None:
        long_old = [i for i in sorted(self.old.free) if self.old.known[i].words >= _SHORT_WORDS]
        long_new = [j for j in sorted(self.new.free) if self.new.known[j].words >= _SHORT_WORDS]
        found = candidates(self.old, self.new, long_old, long_new, _MOVED)
        gaps = list(enumerate(self.gaps()))
        gap_of_old = {i: gap for gap, (olds, _) in gaps for i in olds}
        gap_of_new = {j: gap for gap, (_, news) in gaps for j in news}

        def preference(candidate: Candidate) -> tuple[int, bool, int, int, int]:
            score, i, j = candidate
            is_elsewhere = gap_of_old.get(i, -1) != gap_of_new.get(j, -2)
            return -round(score * 10), is_elsewhere, abs(i - j), i, j

        found.sort(key=preference)
        for score, i, j in found:
            if score >= _STRONG:
                self.take_one(i, j, score)
        self._pair_alike_here()
        for score, i, j in found:
            self.take_one(i, j, score)

    def _pair_alike_here(self) -> None:
        for olds, news in list(self.gaps()):
            found = candidates(self.old, self.new, olds, news, _IN_PLACE)
            links = [
                (i, j, score * (self.old.known[i].words + self.new.known[j].words + 1))
                for score, i, j in found
            ]
            scores = {(i, j): score for score, i, j in found}
            for i, j, _ in heaviest_chain(links):
                self.take_one(i, j, scores[i, j])
        for olds, news in list(self.gaps()):
            if len(olds) == len(news) == 1 and self._may_replace(olds[0], news[0]):
                self.take_one(olds[0], news[0], _IN_PLACE)

    def _may_replace(self, i: int, j: int) -> bool:
        """Return whether one short unit in the place of another is better shown as changed."""
        old, new = self.old.known[i], self.new.known[j]
        is_short = min(old.words, new.words) <= _SHORT_WORDS
        return old.unit.kind == new.unit.kind and is_short

    def with_moves(self) -> list[Pair]:
        """Return the pairs, those out of place as moved, or left out where too short to be seen."""
        chain = set(self.in_place())
        if len(chain) == len(self.pairs):
            return self.pairs
        moved = sorted((p for p in self.pairs if p not in chain), key=lambda pair: pair.old.start)
        kept: list[Pair] = []
        for run in _runs(moved):
            size = sum(self.old.known[i].words for pair in run for i in pair.old)
            if size >= _FEWEST_WORDS_TO_MOVE:
                kept.extend(replace(pair, has_moved=True) for pair in run)
        return [*chain, *kept]


def _runs(moved: list[Pair]) -> Iterator[list[Pair]]:
    """Yield the pairs, one or more, grouped into runs that moved together: neighbours twice."""
    run = moved[:1]
    for before, pair in pairwise(moved):
        if before.old.stop != pair.old.start or before.new.stop != pair.new.start:
            yield run
            run = []
        run.append(pair)
    yield run


def _by_first_word(pool: Pool, places: list[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place in places:
        found[pool.known[place].plain.partition(" ")[0]].append(place)
    return found


def _parts(whole: str, pool: Pool, beginnings: dict[str, list[int]]) -> range | None:
    """Return the neighbouring free units, two or more, that together say `whole`."""
    for place in beginnings.get(whole.partition(" ")[0], []):
        said, at = pool.known[place].plain, place
        while place in pool.free and said and whole.startswith(said) and at + 1 in pool.free:
            at += 1
            said = f"{said} {pool.known[at].plain}"
            if said == whole:
                return range(place, at + 1)
    return None

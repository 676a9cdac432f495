"""The units of one text with what is known of each, and which of them have no partner yet."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property

from wiki.text.comparison.plain import features, likeness, plain
from wiki.text.comparison.units import Unit
from wiki.text.tokens import word_count

_MOST_SHARING = 8
_MOST_TRIED = 4
_FEW_PAIRS = 400
_OTHER_KIND = 0.8
_SAME_FIRST_CELL = 0.5

# How alike, the index in old, the index in new.
Candidate = tuple[float, int, int]


class Known:
    """A unit with its plain words, features and number of words, found when first asked for."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit

    @cached_property
    def plain(self) -> str:
        """Return what the unit says without its Markdown."""
        return plain(self.unit)

    @cached_property
    def features(self) -> frozenset[str]:
        """Return what makes the unit recognisable."""
        return features(self.plain)

    @cached_property
    def words(self) -> int:
        """Return how many words the unit says."""
        return word_count(self.plain)

    @property
    def name(self) -> str:
        """Return the name of a field or the first cell of a table row, or ""."""
        if self.unit.kind == "field":
            return self.unit.text.partition(":")[0].strip()
        return self.plain.partition("|")[0] if self.unit.kind == "row" else ""


class Pool:
    """All units of one text; `free` are those without a partner."""

    def __init__(self, units: list[Unit]) -> None:
        self.known = [Known(unit) for unit in units]
        self.free = set(range(len(units)))

    def size(self, stretch: range) -> int:
        """Return how many code points the units of a stretch have."""
        return sum(len(self.known[index].unit.text) for index in stretch)

    def free_in(self, stretch: range) -> list[int]:
        """Return the units of a stretch that have no partner yet."""
        return [index for index in stretch if index in self.free]


def alike(old: Known, new: Known) -> float:
    """Return from 0 to 1 how likely it is that the one unit became the other."""
    kinds = {old.unit.kind, new.unit.kind}
    if len(kinds) > 1 and kinds & {"field", "definition", "rule"}:
        return 0.0
    score = likeness(old.features, new.features)
    if len(kinds) > 1:
        return score * _OTHER_KIND
    if old.name and old.name == new.name:
        return max(score, 1.0 if kinds == {"field"} else _SAME_FIRST_CELL)
    return score


def candidates(
    old: Pool, new: Pool, olds: Iterable[int], news: Iterable[int], least: float
) -> list[Candidate]:
    """Return the pairs among the given units that are alike by `least` or more.

    Where there are many, only those are tried that share a feature which few units have.
    """
    first, second = list(olds), list(news)
    if len(first) * len(second) <= _FEW_PAIRS:
        tried: Iterable[tuple[int, int]] = ((i, j) for i in first for j in second)
    else:
        tried = _sharing(old, new, first, second)
    scored = ((alike(old.known[i], new.known[j]), i, j) for i, j in tried)
    return [candidate for candidate in scored if candidate[0] >= least]


def _sharing(old: Pool, new: Pool, olds: list[int], news: list[int]) -> Iterable[tuple[int, int]]:
    having: dict[str, list[int]] = defaultdict(list)
    for j in news:
        for feature in new.known[j].features:
            having[feature].append(j)
    rare = {feature: found for feature, found in having.items() if len(found) <= _MOST_SHARING}
    for i in olds:
        hits: Counter[int] = Counter()
        for feature in old.known[i].features & rare.keys():
            hits.update(rare[feature])
        # Sets have no order of their own; ties must not be left to it.
        best = sorted(hits.items(), key=lambda hit: (-hit[1], hit[0]))
        yield from ((i, j) for j, _ in best[:_MOST_TRIED])

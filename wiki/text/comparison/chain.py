"""The heaviest chain of pairs that rises on both sides: what stayed in place while the rest moved.

A longest increasing subsequence with weights, by a Fenwick tree of maxima.
Cost: k log k for k pairs.
"""

from collections.abc import Sequence
from itertools import pairwise

# A link: its place in old, its place in new, its weight.
Link = tuple[int, int, float]


def heaviest_chain(links: Sequence[Link]) -> list[Link]:
    """Return the links of greatest weight together whose two places both rise, strictly."""
    ordered = sorted(links, key=lambda link: (link[0], -link[1]))
    if all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(ordered)):
        return ordered
    ranks = {place: rank for rank, place in enumerate(sorted({link[1] for link in ordered}), 1)}
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(ranks) + 1)
    previous: list[int] = []
    for index, link in enumerate(ordered):
        weight, before = _heaviest_below(best, ranks[link[1]] - 1)
        previous.append(before)
        _raise(best, ranks[link[1]], (weight + link[2], index))
    chain: list[Link] = []
    index = _heaviest_below(best, len(ranks))[1]
    while index >= 0:
        chain.append(ordered[index])
        index = previous[index]
    return chain[::-1]


def _heaviest_below(best: list[tuple[float, int]], rank: int) -> tuple[float, int]:
    found = best[0]
    while rank > 0:
        found = max(found, best[rank], key=lambda entry: entry[0])
        rank -= rank & -rank
    return found


def _raise(best: list[tuple[float, int]], rank: int, entry: tuple[float, int]) -> None:
    while rank < len(best):
        if entry[0] > best[rank][0]:
            best[rank] = entry
        rank += rank & -rank

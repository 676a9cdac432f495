"""The longest common subsequence of two strings of codes, by an engine that always finishes.

RapidFuzz counts in machine words of bits (Hyyrö 2004): exact, the same at every run, and done in
0.1 s at the cap, where its matrix takes 25 MB. What is larger is cut at codes that occur once on
each side (patience); where there is none it is given up and said to be coarse. Rejected: an engine
with a time limit, whose answer a busy machine changes, and which would then be stored.
"""

from dataclasses import dataclass, field

from rapidfuzz.distance import Indel

from wiki.text.matching import anchors, common_start

# A run: its start in old, its start in new, its length.
Run = tuple[int, int, int]

LARGEST_PRODUCT = 200_000_000
_DEEPEST = 8


@dataclass(slots=True)
class Alignment:
    """Runs equal on both sides, ascending in both; coarse when a limit hid further ones."""

    runs: list[Run] = field(default_factory=list)
    is_coarse: bool = False


def align(old: str, new: str, largest: int = LARGEST_PRODUCT) -> Alignment:
    """Return the runs of a longest common subsequence, no two of them touching on both sides."""
    found = Alignment()
    _align(old, new, (0, 0), (largest, 0), found)
    found.runs = _joined(found.runs)
    return found


def _align(
    old: str, new: str, at: tuple[int, int], limits: tuple[int, int], found: Alignment
) -> None:
    before = common_start(old, new)
    if before:
        found.runs.append((*at, before))
        old, new, at = old[before:], new[before:], (at[0] + before, at[1] + before)
    after = common_start(old[::-1], new[::-1]) if old and new else 0
    if after:
        old, new = old[:-after], new[:-after]
    if old and new:
        _align_middle(old, new, at, limits, found)
    if after:
        found.runs.append((at[0] + len(old), at[1] + len(new), after))


def _align_middle(
    old: str, new: str, at: tuple[int, int], limits: tuple[int, int], found: Alignment
) -> None:
    shared = set(old) & set(new)
    if not shared:
        return
    places = [[i for i, code in enumerate(side) if code in shared] for side in (old, new)]
    largest, depth = limits
    if len(places[0]) * len(places[1]) > largest:
        cuts = anchors(old, new) if depth < _DEEPEST else []
        found.is_coarse = found.is_coarse or not cuts
        i = j = 0
        for a, b in [*cuts, (len(old), len(new))] if cuts else []:
            _align(old[i:a], new[j:b], (at[0] + i, at[1] + j), (largest, depth + 1), found)
            i, j = a, b
        return
    kept = ["".join([side[i] for i in of]) for side, of in zip((old, new), places, strict=True)]
    for step in Indel.opcodes(*kept):
        if step.tag == "equal":
            pairs = zip(
                places[0][step.src_start : step.src_end],
                places[1][step.dest_start : step.dest_end],
                strict=True,
            )
            found.runs.extend([(at[0] + a, at[1] + b, 1) for a, b in pairs])


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

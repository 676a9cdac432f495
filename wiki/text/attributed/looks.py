"""Which look each origin has: by author, or by age."""

from collections.abc import Iterable, Mapping

from wiki.text.attributed.values import Look, Run

SERIES = 8


def looks_of(
    runs: Iterable[Run], slots: Mapping[int, int], *, kind: str = "series", chosen: int = 0
) -> dict[int, Look]:
    """Return the look of every origin in the runs.

    `slots` has the number (from 1) of each origin's author, or its step of age where `kind` is
    "age". Authors beyond the eighth share the look `series-others` and keep their numbers. Labels
    count the origins of one slot from the oldest: "3.1", "3.2". The slot `chosen` stands out.
    """
    counts: dict[int, int] = {}
    looks: dict[int, Look] = {}
    for origin in sorted({run.origin for run in runs}):
        slot = slots[origin]
        counts[slot] = counts.get(slot, 0) + 1
        is_other = kind == "series" and slot > SERIES
        look = f"{kind}-others" if is_other else f"{kind}-{slot}"
        looks[origin] = Look(look, slot, f"{slot}.{counts[slot]}", is_chosen=slot == chosen)
    return looks

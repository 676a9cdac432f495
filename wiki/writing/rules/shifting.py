"""Who may read and change pages before and after they move.

The limits of a page and of those under it go with it; those of the pages above it do not.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wiki.people.rules.rights import Circle, Limit, binding, by_place, circles
from wiki.text.paths import is_within

_EVERY_MEMBER = (Circle("member", None),)
# Who passes, besides administrators; None for all who may be expected to.
People = tuple[Circle, ...] | None


@dataclass(frozen=True, slots=True)
class Shift:
    """How many pages others than before may read, or change, once they moved."""

    act: str
    before: People
    after: People
    pages: int


def shifts(moves: Mapping[str, str], limits: Sequence[Limit]) -> tuple[Shift, ...]:
    """Return what changes for pages that go from the paths of `moves` to what these stand for.

    The first of them is the one that the others stand under. Where reading and changing a page
    shift alike, reading alone is told of.
    """
    old, new = next(iter(moves.items()))
    there = [*limits, *_moved(limits, old, new)]
    counts: Counter[tuple[str, People, People]] = Counter()
    for path, place in moves.items():
        counts.update(_shifts(path, place, limits, there))
    return tuple(Shift(*shift, pages) for shift, pages in counts.items())


def is_collision(limits: Sequence[Limit], old: str, new: str) -> bool:
    """Return whether limits that go along from `old` to `new` would meet other ones there."""
    places = by_place(limits)
    for (path, act), rows in places.items():
        target = new + path[len(old) :]
        if not is_within(path, old) or target == path:
            continue
        coming = {(row.kind, row.value) for row in rows}
        if coming != {(row.kind, row.value) for row in places.get((target, act), rows)}:
            return True
    return False


def _moved(limits: Sequence[Limit], old: str, new: str) -> Iterator[Limit]:
    for row in limits:
        if is_within(row.path, old):
            yield Limit(new + row.path[len(old) :], row.act, row.kind, row.value)


def _shifts(
    path: str, place: str, limits: Sequence[Limit], there: Sequence[Limit]
) -> Iterator[tuple[str, People, People]]:
    reading = _readers(path, limits), _readers(place, there)
    writing = _writers(path, limits), _writers(place, there)
    if reading[0] != reading[1]:
        yield "read", *reading
    if writing[0] != writing[1] and writing != reading:
        yield "write", *writing


def _readers(path: str, limits: Sequence[Limit]) -> People:
    return circles("read", path, limits) if binding("read", path, limits) else None


def _writers(path: str, limits: Sequence[Limit]) -> People:
    passing = circles("write", path, limits)
    return None if passing == _EVERY_MEMBER else passing

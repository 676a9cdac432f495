"""Words of several parts, each given whole to one origin.

What counts as one word ("co-draft", "1,000.50", an address) may be followed in parts, and so have
its parts from two people; shown and counted, it is one person's. A changed number is another
number: it goes to whoever changed it. Any other word goes to whom most of its letters are owed, of
equals to the first.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from wiki.text.authorship.desk import Desk
from wiki.text.tokens import words


class Whole(NamedTuple):
    """A counted word: the place of its first part, and how many letters each part has."""

    first: int
    sizes: tuple[int, ...]
    is_number: bool


def whole(word: str, first: int) -> Whole:
    """Return what is known of a counted word whose first part is at `first`."""
    parts = words(word)
    return Whole(first, tuple(map(len, parts)), all(part[0].isdigit() for part in parts))


def make_whole(desk: Desk, found: Iterable[Whole]) -> None:
    """Give each of these words of the new text to one origin."""
    for one in found:
        places = range(one.first, one.first + len(one.sizes))
        if len({desk.origins[place] for place in places}) > 1:
            _give(desk, places, _owner(desk, places, one))


def _owner(desk: Desk, places: range, one: Whole) -> int:
    """Return the place of a part whose origin the word is owed to."""
    if one.is_number:
        changed = [place for place in places if desk.sources[place] < 0]
        if changed:
            return max(changed, key=lambda place: desk.sources[place])
    letters: Counter[int] = Counter()
    for place, size in zip(places, one.sizes, strict=True):
        letters[desk.origins[place]] += size
    return max(places, key=lambda place: letters[desk.origins[place]])


def _give(desk: Desk, places: range, owner: int) -> None:
    origin, source = desk.origins[owner], desk.sources[owner]
    for place in places:
        if desk.origins[place] != origin:
            if desk.sources[place] >= 0:
                desk.is_taken[desk.sources[place]] = 0
            desk.origins[place], desk.sources[place] = origin, source

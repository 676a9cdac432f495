"""Memory as a chest of drawers: what a hash stands for lies in the drawer that the hash names.

One row for each remembered passage would be 18 rows a revision on a page that is translated anew
again and again. So about 32 entries share a drawer, and drawers are added one at a time as entries
come in (linear hashing, Litwin 1980): a save reads and writes the few it needs, however long the
history. Drawer n is made by parting the one whose number is n without its highest bit.
"""

from collections.abc import Collection, Iterable, Mapping

from wiki.text.authorship.packing import packed_drawer, unpacked_drawer
from wiki.text.authorship.values import Memory

FULL = 32


class PlainMemory:
    """A memory that lives as long as the program does."""

    def __init__(self) -> None:
        self.rows: dict[int, bytes] = {}

    def drawers(self, numbers: Collection[int]) -> Mapping[int, bytes]:
        """Return the drawers there are of these numbers."""
        return {number: self.rows[number] for number in numbers if number in self.rows}

    def keep(self, drawers: Mapping[int, bytes]) -> None:
        """Put `drawers` in, each in place of the one of its number."""
        self.rows.update(drawers)


class Chest:
    """The drawers of one page during one save."""

    def __init__(self, memory: Memory, entries: int) -> None:
        self.entries = entries
        self._memory = memory
        self._count = _drawers_for(entries)
        self._open: dict[int, dict[int, bytes]] = {}
        self._changed: set[int] = set()

    def find(self, hashes: Iterable[int]) -> dict[int, bytes]:
        """Return what is remembered under these hashes, asking the memory at most once."""
        if not self.entries:
            return {}
        wanted = {number: _drawer_of(number, self._count) for number in hashes}
        self._look_into(set(wanted.values()))
        return {
            number: self._open[drawer][number]
            for number, drawer in wanted.items()
            if number in self._open[drawer]
        }

    def put(self, entries: Mapping[int, bytes]) -> None:
        """Put entries in, each in place of the one under its hash."""
        self._look_into({_drawer_of(number, self._count) for number in entries})
        for number, entry in entries.items():
            drawer = _drawer_of(number, self._count)
            held = self._open[drawer]
            self.entries += number not in held
            held[number] = entry
            self._changed.add(drawer)
        self._add_drawers()

    def changed(self) -> dict[int, bytes]:
        """Return the drawers that are not as they were, packed."""
        return {number: packed_drawer(self._open[number]) for number in sorted(self._changed)}

    def _look_into(self, numbers: set[int]) -> None:
        closed = sorted(numbers.difference(self._open))
        if closed:
            found = self._memory.drawers(closed)
            for number in closed:
                self._open[number] = unpacked_drawer(found[number]) if number in found else {}

    def _add_drawers(self) -> None:
        added = range(self._count, _drawers_for(self.entries))
        self._look_into({_parted(number) for number in added if _parted(number) < self._count})
        for number in added:
            held = self._open[_parted(number)]
            self._count = number + 1
            moving = {
                of: held.pop(of) for of in list(held) if _drawer_of(of, self._count) == number
            }
            self._open[number] = moving
            self._changed |= {number, _parted(number)}


def _drawers_for(entries: int) -> int:
    return 1 + entries // FULL


def _parted(number: int) -> int:
    """Return the drawer whose parting makes drawer `number`."""
    return number - (1 << (number.bit_length() - 1))


def _drawer_of(number: int, count: int) -> int:
    bits = count.bit_length()
    drawer = number & ((1 << bits) - 1)
    return drawer if drawer < count else drawer & ((1 << (bits - 1)) - 1)

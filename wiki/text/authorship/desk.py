"""Both texts of a save side by side, and what is known so far about each word of the new one."""

from collections.abc import Sequence
from itertools import accumulate, groupby, pairwise

from wiki.text.authorship.passages import Passage, blocks, passages
from wiki.text.authorship.values import Head, Run

# Where a word of the new text came from, when not from a place in the old one.
NEW, RESTORED, CREDITED = -1, -2, -3


class Desk:
    """The old text with the origins of its words, the new one with those found so far.

    `sources` says for each word of the new text which word of the old one it is, `is_taken` which
    words of the old one live on. `old` and `new` are the passages of blocks that are not the same
    on both sides; all steps after the first look only at those, and only their words stand in
    `words` (and in `codes`, as one character for each different word), by their place on the page.
    """

    def __init__(self, head: Head, before: str, text: str) -> None:
        self.before, self.text = before, text
        self.blocks = blocks(before), blocks(text)
        if len(self.blocks[0]) != len(head.sizes):
            raise ValueError("The text before this save is not the one that the head stands for.")
        self.old_origins = flat(head.runs)
        self.starts = [0, *accumulate(head.sizes)], [0]
        self.is_taken = bytearray(len(self.old_origins))
        self.origins: list[int] = []
        self.sources: list[int] = []
        self.changed: tuple[set[int], set[int]] = (set(), set())
        # Blocks of the same words on both sides that are not written the same.
        self.respelt: tuple[set[int], set[int]] = (set(), set())
        self.old: list[Passage] = []
        self.new: list[Passage] = []
        self.words: tuple[list[str], list[str]] = ([], [])
        self.codes: tuple[list[str], list[str]] = ([], [])
        # For each passage the anchors around it: blocks and passages that stand on both sides.
        self.gaps: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
        self.is_coarse = False
        self._known_codes: dict[str, str] = {}

    def lay_out(self, partners: Sequence[int]) -> None:
        """Take over every block that has a partner (a block of the old text, else -1)."""
        self.changed = (
            set(range(len(self.blocks[0]))).difference(partners),
            {number for number, partner in enumerate(partners) if partner < 0},
        )
        for number in sorted(self.changed[0]):
            self._lay_out_old(number)
        for number, partner in enumerate(partners):
            if partner >= 0:
                self._note_spelling(partner, number)
                self._take_over(range(self.starts[0][partner], self.starts[0][partner + 1]))
            else:
                self._lay_out_new(number)
            self.starts[1].append(len(self.sources))

    def spell_out(self) -> None:
        """Put the words of all passages that are left, and their codes, at their places."""
        sizes = len(self.old_origins), len(self.origins)
        for side, passages_of in enumerate((self.old, self.new)):
            self.words[side].extend([""] * sizes[side])
            self.codes[side].extend([""] * sizes[side])
            for passage in passages_of:
                self.words[side][passage.start : passage.end] = passage.words
                self.codes[side][passage.start : passage.end] = self.code(passage.words)

    def _lay_out_old(self, number: int) -> None:
        start, end = self.starts[0][number : number + 2]
        found = passages(self.blocks[0][number], start)
        if sum(len(passage.words) for passage in found) != end - start:
            raise ValueError("The head counts other words than the text before this save has.")
        self.old += found

    def _lay_out_new(self, number: int) -> None:
        found = passages(self.blocks[1][number], len(self.sources))
        size = sum(len(passage.words) for passage in found)
        self.new += found
        self.sources += [NEW] * size
        self.origins += [NEW] * size

    def _note_spelling(self, old: int, new: int) -> None:
        if self.blocks[0][old] != self.blocks[1][new]:
            self.respelt[0].add(old)
            self.respelt[1].add(new)

    def _take_over(self, places: range) -> None:
        self.sources += places
        self.origins += self.old_origins[places.start : places.stop]
        self.is_taken[places.start : places.stop] = b"\1" * len(places)

    def keep(self, old: int, new: int, length: int) -> None:
        """Know `length` words from `new` on as those from `old` on."""
        self.sources[new : new + length] = range(old, old + length)
        self.origins[new : new + length] = self.old_origins[old : old + length]
        self.is_taken[old : old + length] = b"\1" * length

    def keep_each(self, old: Sequence[int], new: Sequence[int]) -> None:
        """Know each word at a place in `new` as the one at the place in `old`."""
        for source, place in zip(old, new, strict=True):
            self.sources[place] = source
            self.origins[place] = self.old_origins[source]
            self.is_taken[source] = 1

    def code(self, of: Sequence[str]) -> str:
        """Return a character for each word, the same for the same word throughout this save."""
        known = self._known_codes
        # Beyond a million different words all further ones are taken for one.
        return "".join(
            [
                known.get(word) or known.setdefault(word, chr(min(len(known) + 1, 0x10FFFF)))
                for word in of
            ]
        )

    def free_old(self, passage: Passage) -> list[int]:
        """Return the places of words in an old passage that live on nowhere yet."""
        taken = self.is_taken
        return [place for place in range(passage.start, passage.end) if not taken[place]]

    def free_new(self, passage: Passage) -> list[int]:
        """Return the places of words in a new passage that nothing is known about yet."""
        sources = self.sources
        return [place for place in range(passage.start, passage.end) if sources[place] == NEW]

    def code_at(self, side: int, places: Sequence[int]) -> str:
        """Return the codes of the words at these places of the old text (0) or the new one (1)."""
        codes = self.codes[side]
        return "".join([codes[place] for place in places])

    def head(self, origin: int, remembered: int) -> Head:
        """Return the head after this save, of `origin`."""
        sizes = tuple(end - start for start, end in pairwise(self.starts[1]))
        return Head(sizes, runs_of(self.origins), origin, remembered)


def flat(runs: Sequence[Run]) -> list[int]:
    """Return the origin of every word."""
    result: list[int] = []
    for length, origin in runs:
        result += [origin] * length
    return result


def runs_of(origins: Sequence[int]) -> tuple[Run, ...]:
    """Return the shortest runs that say the origin of every word."""
    return tuple(Run(len(list(run)), origin) for origin, run in groupby(origins))

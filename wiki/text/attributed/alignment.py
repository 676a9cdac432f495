"""Which word of the source each word of the rendered page is.

First the words above the notes are matched with the shown words of the source; nearly all agree in
order, so this costs little. Words left between two that were found may be anything between those
two in the source: an example that looked like markup, a picture's words. Words spelt otherwise in
the source (entities) take the origin of what stands there, if it has only one; of two equal words
side by side of which one seemed hidden, the second goes with the first. Notes stand where
they were first used and not where they were written, so each is looked up as a whole first.
Cost: about that of comparing the words.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence

from wiki.text.attributed.reading import Word
from wiki.text.attributed.source import HIDDEN, SHOWN, SourceWord
from wiki.text.matching import match


def origins_of(rendered: Sequence[Word], source: Sequence[SourceWord]) -> list[int | None]:
    """Return the origin of each rendered word, None where the source does not say it."""
    places = _Places(rendered, source)
    above = [index for index, word in enumerate(rendered) if word.node.note < 0]
    places.pair(above, [index for index, word in enumerate(source) if word.kind == SHOWN])
    for gap, low, high in places.gaps(above):
        places.pair(gap, range(low, high))
    _pair_notes(places)
    found = [source[at].origin if at >= 0 else None for at in places.at]
    known = {word.text for word in source}
    for gap, low, high in places.gaps(above):
        between = {source[at].origin for at in range(low, high) if source[at].kind != HIDDEN}
        beside = source[low - 1 if low else high].origin if low or high < len(source) else None
        for index in gap:
            if len(between) == 1:
                found[index] = min(between)
            elif not between and rendered[index].text in known:
                found[index] = beside
    return found


class _Places:
    """Where each rendered word stands in the source, -1 where that is not known."""

    def __init__(self, rendered: Sequence[Word], source: Sequence[SourceWord]) -> None:
        self.rendered, self.source = rendered, source
        self.at = [-1] * len(rendered)

    def pair(self, some: Sequence[int], others: Sequence[int]) -> None:
        """Match rendered words (by index) with words of the source (by index), in order."""
        if not some or not others:
            return
        said = [self.rendered[index].text for index in some]
        written = [self.source[index].text for index in others]
        for start, place, length in match(said, written).runs:
            for step in range(length):
                self.at[some[start + step]] = others[place + step]

    def gaps(self, some: Sequence[int]) -> Iterator[tuple[list[int], int, int]]:
        """Yield stretches of words without a place, and the stretch of the source around each."""
        gap: list[int] = []
        low = 0
        for index in some:
            place = self.at[index]
            if place < 0:
                gap.append(index)
                continue
            if gap:
                yield gap, low, place
                gap = []
            low = place + 1
        if gap:
            yield gap, low, len(self.source)


def _pair_notes(places: _Places) -> None:
    said = _by_note(word.node.note for word in places.rendered)
    if not said:
        return
    by_words: dict[tuple[str, ...], deque[list[int]]] = defaultdict(deque)
    for indexes in _by_note(word.kind for word in places.source).values():
        by_words[tuple(places.source[index].text for index in indexes)].append(indexes)
    rest: list[int] = []
    for indexes in said.values():
        same = by_words[tuple(places.rendered[index].text for index in indexes)]
        if same:
            for index, place in zip(indexes, same.popleft(), strict=True):
                places.at[index] = place
        else:
            rest += indexes
    taken = set(places.at)
    places.pair(rest, [index for index in range(len(places.source)) if index not in taken])


def _by_note(notes: Iterable[int]) -> dict[int, list[int]]:
    """Return the indexes of the words of each note."""
    found: dict[int, list[int]] = defaultdict(list)
    for index, note in enumerate(notes):
        if note >= 0:
            found[note].append(index)
    return found

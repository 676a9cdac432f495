"""What leaves a page is remembered by its words, and found again when it comes back.

A passage that left is an entry under the hash of its words: the runs of each copy that left, which
a copy that comes back takes out again, and a mark of each word. Where six words in a row left for
good, every third run of three words is an entry too, which names the passages that it stood in: so
any five words in a row of it are found inside new text, whose every three in a row are looked up.
An exact passage takes its old origins back; of another one, runs of 12 words or half of it do.
Words that stood on the page just now were copied, not brought back, and stay new.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, groupby

from wiki.text.authorship.aligning import align
from wiki.text.authorship.desk import NEW, RESTORED, Desk, flat, runs_of
from wiki.text.authorship.drawers import Chest
from wiki.text.authorship.packing import (
    Copy,
    packed_names,
    packed_passage,
    unpacked_names,
    unpacked_passage,
)
from wiki.text.authorship.passages import Passage, is_telling, key, marks, name
from wiki.text.authorship.values import Run

LONG = 12
_GRAM, _STRIDE = 3, 3
_NAMES = 4
_BEST = 3
_MOST_COPIES = 64
MOSTLY = 0.5
_FEW = 4
_LEAST = 6
_NOTHING = packed_passage([], "")


def remember(desk: Desk, chest: Chest) -> None:
    """Give words back to their origins from `chest`, and put in what left the page."""
    names = [name(passage.words) for passage in desk.new]
    gone = [name(passage.words) for passage in desk.old]
    leaving = [_leaving_grams(desk, passage) for passage in desk.old]
    grams = _grams_of_new(desk) if chest.entries else {}
    known = chest.find(chain(names, gone, *leaving, *grams.values()))
    taken = _restore_exact(desk, names, known)
    _restore_long(desk, grams, known, chest)
    chest.put(_entries(desk, gone, leaving, known | taken))
    chest.put({of: entry for of, entry in taken.items() if of not in gone})


def _grams_of_new(desk: Desk) -> dict[int, list[int]]:
    """Return for each new passage the hashes of its runs of four words that nothing is known of."""
    found: dict[int, list[int]] = {}
    for number, passage in enumerate(desk.new):
        is_free = [desk.sources[place] == NEW for place in range(passage.start, passage.end)]
        grams = [
            name(passage.words[at : at + _GRAM], b"gram")
            for at in range(len(passage.words) - _GRAM + 1)
            if all(is_free[at : at + _GRAM])
        ]
        if grams:
            found[number] = grams
    return found


def _leaving_grams(desk: Desk, passage: Passage) -> list[int]:
    """Return the hashes of every ninth run of four words, if 12 words in a row left for good."""
    gone = [
        len(list(run))
        for is_taken, run in groupby(desk.is_taken[passage.start : passage.end])
        if not is_taken
    ]
    if max(gone, default=0) < _LEAST:
        return []
    starts = range(0, len(passage.words) - _GRAM + 1, _STRIDE)
    return [name(passage.words[at : at + _GRAM], b"gram") for at in starts]


def _restore_exact(
    desk: Desk, names: Sequence[int], known: Mapping[int, bytes]
) -> dict[int, bytes]:
    """Give back what passages held that are known by name; return what is left of those entries.

    A common word alone comes back only beside a passage that does.
    """
    wanted = [number for number, of in enumerate(names) if of in known]
    left = {names[number]: unpacked_passage(known[names[number]]) for number in wanted}
    is_back = [False] * len(names)
    is_all = len(wanted) == len(names) == len(desk.blocks[1])
    for number in wanted:
        if is_all or is_telling(desk.new[number].words):
            is_back[number] = _give_back(desk, desk.new[number], left[names[number]][0])
    for order, beside in ((wanted, -1), (wanted[::-1], 1)):
        for number in order:
            if not is_back[number] and any(is_back[number + beside : number + beside + 1]):
                is_back[number] = _give_back(desk, desk.new[number], left[names[number]][0])
    return {of: packed_passage(*rest) for of, rest in left.items()}


def _give_back(desk: Desk, passage: Passage, copies: list[Copy]) -> bool:
    """Give `passage` the runs of the first copy and take that out; return whether there was one."""
    if not copies:
        return False
    (times, runs), *others = copies
    copies[:] = [(times - 1, runs), *others] if times > 1 else others
    for place, origin in zip(range(passage.start, passage.end), flat(runs), strict=True):
        desk.origins[place] = origin
        if desk.sources[place] == NEW:
            desk.sources[place] = RESTORED
    return True


def _restore_long(
    desk: Desk, grams: Mapping[int, Sequence[int]], known: Mapping[int, bytes], chest: Chest
) -> None:
    named: dict[int, list[int]] = {}
    for number, of_passage in grams.items():
        hits = Counter(
            chain.from_iterable(unpacked_names(known[gram]) for gram in of_passage if gram in known)
        )
        if hits:
            named[number] = [of for of, _ in hits.most_common(_BEST)]
    if not named:
        return
    held = chest.find(chain.from_iterable(named.values()))
    before = " ".join(map(key, desk.blocks[0]))
    for number, of_passage in named.items():
        for of in of_passage:
            _restore_from(desk, desk.new[number], held.get(of, _NOTHING), before)


def _restore_from(desk: Desk, passage: Passage, row: bytes, before: str) -> None:
    copies, old = unpacked_passage(row)
    if not copies:
        return
    free = desk.free_new(passage)
    words = [passage.words[place - passage.start] for place in free]
    origins = flat(copies[0][1])
    runs = [
        run
        for run in align(old, marks(words)).runs
        if " ".join(words[run[1] : run[1] + run[2]]) not in before or run[2] < LONG
    ]
    shared = sum(length for *_, length in runs)
    is_mostly_old = shared >= max(_FEW, MOSTLY * min(len(old), len(words)))
    for a, b, length in runs:
        if length >= LONG or (is_mostly_old and is_telling(words[b : b + length])):
            for step in range(length):
                desk.origins[free[b + step]] = origins[a + step]
                desk.sources[free[b + step]] = RESTORED


def _entries(
    desk: Desk,
    names: Sequence[int],
    leaving: Sequence[Sequence[int]],
    known: Mapping[int, bytes],
) -> dict[int, bytes]:
    """Return the entries that remember the passages that left."""
    copies: dict[int, list[tuple[Run, ...]]] = defaultdict(list)
    said: dict[int, str] = {}
    for passage, of in zip(desk.old, names, strict=True):
        copies[of].append(runs_of(desk.old_origins[passage.start : passage.end]))
        said[of] = marks(passage.words)
    entries: dict[int, bytes] = {}
    for of, now in copies.items():
        before = unpacked_passage(known[of])[0] if of in known else []
        latest = [(len(list(group)), runs) for runs, group in groupby(now)]
        entries[of] = packed_passage([*latest, *before][:_MOST_COPIES], said[of])
    for of, grams in zip(names, leaving, strict=True):
        for gram in grams:
            held = unpacked_names(entries.get(gram, known.get(gram, b"")))
            entries[gram] = packed_names([of, *(n for n in held if n != of)][:_NAMES])
    return {of: entry for of, entry in entries.items() if known.get(of) != entry}

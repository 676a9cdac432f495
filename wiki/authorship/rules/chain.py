"""The states of a page at its earlier revisions as a chain, as its texts are kept.

A save changes a few runs of a head, so zstd gets the head before as its dictionary; every
twentieth is whole. So any of them is read in at most twenty steps of microseconds, and nothing
else is needed. Rejected: to follow again from a keyframe, for which the page's memory would have to
be kept as it was at every revision, some 25 kB each.
"""

from array import array
from collections.abc import Iterable, Iterator

import zstandard

from wiki.text.authorship import Head, Run

WHOLE_EVERY = 20
_LEVEL = 3
_EMPTY = Head()


def is_whole(number: int) -> bool:
    """Return whether the head of revision `number` is kept whole."""
    return number % WHOLE_EVERY == 0


def last_whole(number: int) -> int:
    """Return the last revision up to `number` whose head is kept whole; 0 is the empty head."""
    return number - number % WHOLE_EVERY


def packed_past(number: int, head: Head, before: Head) -> bytes:
    """Return the head of revision `number`, told against the one before where it is not whole."""
    base = None if is_whole(number) else _dictionary(_raw(before))
    return zstandard.ZstdCompressor(level=_LEVEL, dict_data=base).compress(_raw(head))


def last_head(chain: Iterable[tuple[int, bytes]]) -> Head:
    """Return the last head of a chain, told by number, that begins with a whole one or the first.

    Raises ValueError for bytes that no head was packed into.
    """
    raw = _raw(_EMPTY)
    for raw in _raws(chain):  # noqa: B007  # the last of them
        pass
    return _head(raw)


def heads(chain: Iterable[tuple[int, bytes]]) -> list[Head]:
    """Return all heads of such a chain. Raises ValueError as `last_head` does."""
    return [_head(raw) for raw in _raws(chain)]


def _raws(chain: Iterable[tuple[int, bytes]]) -> Iterator[bytes]:
    raw = _raw(_EMPTY)
    for number, data in chain:
        base = None if is_whole(number) else _dictionary(raw)
        try:
            raw = zstandard.ZstdDecompressor(dict_data=base).decompress(data)
        except zstandard.ZstdError as error:
            raise ValueError("A stored state of authorship is damaged.") from error
        yield raw


def _dictionary(raw: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(raw, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _raw(head: Head) -> bytes:
    numbers = array("I", [head.latest, head.remembered, len(head.sizes), *head.sizes])
    for run in head.runs:
        numbers.extend(run)
    return numbers.tobytes()


def _head(raw: bytes) -> Head:
    numbers = array("I", raw)
    latest, remembered, count = numbers[:3]
    sizes, runs = numbers[3 : 3 + count], numbers[3 + count :]
    pairs = zip(runs[::2], runs[1::2], strict=True)
    return Head(tuple(sizes), tuple(Run(*pair) for pair in pairs), latest, remembered)

"""Heads and drawers of memory as bytes: numbers of 7 bits a byte, the head compressed.

Origins grow with time and a page has few of them, so a head lists them once, as distances, and
its runs name them by place. The first byte is the version of the format.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, pairwise

from wiki.text.authorship.values import Head, Run

_VERSION = 1
_SEVEN_BITS, _MORE = 0x7F, 0x80
_HASH_BYTES = 8

# How often in a row a passage stood on the page with the same runs, and those runs.
Copy = tuple[int, tuple[Run, ...]]


def packed_head(head: Head) -> bytes:
    """Return `head` as bytes."""
    origins = sorted({run.origin for run in head.runs})
    place = {origin: number for number, origin in enumerate(origins)}
    steps = [after - before for before, after in pairwise([0, *origins])]
    numbers = [head.latest, head.remembered, len(origins), *steps, len(head.runs)]
    for run in head.runs:
        numbers += (run.length, place[run.origin])
    data = _packed([*numbers, *head.sizes])
    return bytes([_VERSION]) + zlib.compress(data, 9)


def unpacked_head(data: bytes) -> Head:
    """Return the head that was packed. Raises ValueError for bytes of another version."""
    _check_version(data)
    numbers = _numbers(zlib.decompress(data[1:]))
    latest, remembered, count = next(numbers), next(numbers), next(numbers)
    origins = list(accumulate(next(numbers) for _ in range(count)))
    runs = tuple(Run(next(numbers), origins[next(numbers)]) for _ in range(next(numbers)))
    return Head(tuple(numbers), runs, latest, remembered)


def packed_drawer(entries: Mapping[int, bytes]) -> bytes:
    """Return the entries of a drawer, each a hash and what it stands for, as bytes."""
    parts = [bytes([_VERSION])]
    for number in sorted(entries):
        parts += [number.to_bytes(_HASH_BYTES), _packed([len(entries[number])]), entries[number]]
    return b"".join(parts)


def unpacked_drawer(data: bytes) -> dict[int, bytes]:
    """Return the entries as they were packed. Raises ValueError for another version."""
    _check_version(data)
    entries: dict[int, bytes] = {}
    at = 1
    while at < len(data):
        number = int.from_bytes(data[at : at + _HASH_BYTES])
        at += _HASH_BYTES
        size = shift = 0
        while data[at] >= _MORE:
            size |= (data[at] & _SEVEN_BITS) << shift
            at, shift = at + 1, shift + 7
        size |= data[at] << shift
        entries[number] = data[at + 1 : at + 1 + size]
        at += 1 + size
    return entries


def packed_passage(copies: Sequence[Copy], marks: str) -> bytes:
    """Return a passage's copies, and a mark of each of its words (255 at most; none of none)."""
    numbers = [len(copies)]
    for times, runs in copies:
        numbers += (times, len(runs), *chain(*runs))
    return bytes([len(marks)]) + marks.encode("utf-16-be") + _packed(numbers)


def unpacked_passage(data: bytes) -> tuple[list[Copy], str]:
    """Return copies and marks as they were packed."""
    end = 1 + 2 * data[0]
    numbers = _numbers(data[end:])
    copies: list[Copy] = []
    for _ in range(next(numbers)):
        times, count = next(numbers), next(numbers)
        copies.append((times, tuple(Run(next(numbers), next(numbers)) for _ in range(count))))
    return copies, data[1:end].decode("utf-16-be")


def packed_names(names: Iterable[int]) -> bytes:
    """Return the names of the passages that a few words in a row occur in."""
    return b"".join(name.to_bytes(_HASH_BYTES) for name in names)


def unpacked_names(data: bytes) -> list[int]:
    """Return the names as they were packed."""
    starts = range(0, len(data), _HASH_BYTES)
    return [int.from_bytes(data[at : at + _HASH_BYTES]) for at in starts]


def _check_version(data: bytes) -> None:
    if data[:1] != bytes([_VERSION]):
        raise ValueError("These bytes hold no authorship that this version can read.")


def _packed(numbers: Iterable[int]) -> bytes:
    data = bytearray()
    for number in numbers:
        rest = number
        while rest > _SEVEN_BITS:
            data.append(rest & _SEVEN_BITS | _MORE)
            rest >>= 7
        data.append(rest)
    return bytes(data)


def _numbers(data: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in data:
        number |= (byte & _SEVEN_BITS) << shift
        shift += 7
        if byte < _MORE:
            yield number
            number = shift = 0

"""Which revisions came to nothing: those that were taken back, and those that took them back.

A revision takes others back when it brings back, exactly, a text that stood at most fifteen
revisions earlier (an identity revert, with the radius that research on wikis uses). Whoever wrote
what is gone, and whoever brought back what was there, added and removed nothing that counts.
"""

from collections.abc import Iterable

RADIUS = 15


def taken_back(texts: Iterable[tuple[int, bytes]]) -> frozenset[int]:
    """Return the numbers of these revisions; `texts` are pairs of number and hash, by number.

    Revisions whose texts stood only once may be left out.
    """
    latest: dict[bytes, int] = {}
    gone: set[int] = set()
    for number, text in texts:
        before = latest.get(text)
        if before is not None and 1 < number - before <= RADIUS + 1:
            gone.update(range(before + 1, number + 1))
        latest[text] = number
    return frozenset(gone)

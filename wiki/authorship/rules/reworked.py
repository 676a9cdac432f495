"""How many of somebody's words are gone because others took them out.

Words that came back were never lost: those that went last are taken to have come back first, as
when a page is emptied and brought back.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Change(NamedTuple):
    """What a revision did to the words of one origin on a page; own is what their author did."""

    page_id: int
    origin: int
    is_own: bool
    came: int
    went: int


def reworked(changes: Iterable[Change]) -> int:
    """Return how many words others took out that have not come back; changes are in order."""
    gone: dict[tuple[int, int], list[tuple[bool, int]]] = {}
    for change in changes:
        last_gone = gone.setdefault((change.page_id, change.origin), [])
        missing = change.came
        while missing and last_gone:
            is_own, words = last_gone.pop()
            if words > missing:
                last_gone.append((is_own, words - missing))
            missing = max(0, missing - words)
        if change.went:
            last_gone.append((change.is_own, change.went))
    return sum(words for went in gone.values() for is_own, words in went if not is_own)

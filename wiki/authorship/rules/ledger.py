"""What a revision did, by origin: how many words it added and how many it removed."""

from collections.abc import Mapping
from typing import NamedTuple

from wiki.text.authorship import Step


class Entry(NamedTuple):
    """How many words of one origin came and how many went."""

    added: int
    removed: int


def entries(
    step: Step, origin: int, before: Mapping[int, int], after: Mapping[int, int]
) -> dict[int, Entry]:
    """Return an entry for every origin whose words the step of `origin` moved.

    `before` and `after` are the standing words by origin; added less removed is always what lies
    between them. A step counts the words that it moved. Words that stayed may count otherwise
    afterwards, where "co-draft" became "co draft": they are made good here.
    """
    added = {**step.restored, **step.credited}
    added[origin] = added.get(origin, 0) + step.written
    found: dict[int, Entry] = {}
    for one in sorted({*added, *step.removed, *before, *after}):
        came, went = added.get(one, 0), step.removed.get(one, 0)
        missing = after.get(one, 0) - before.get(one, 0) - (came - went)
        entry = _made_good(came, went, missing)
        if entry != (0, 0):
            found[one] = entry
    return found


def _made_good(came: int, went: int, missing: int) -> Entry:
    """Return both counts so that their difference grows by `missing`, at least changed."""
    if missing > 0:
        less = min(went, missing)
        return Entry(came + missing - less, went - less)
    less = min(came, -missing)
    return Entry(came - less, went - missing - less)

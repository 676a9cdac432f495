"""Where words come from: an origin is a revision, and a place among those whose words it holds.

It is one small number, so that the pure parts need know neither revisions nor people: the number
of the revision times 16, plus a slot. Slot 0 is whoever saved; the others are the people whose
words the save took in.
"""

SLOTS = 16


def origin_of(number: int, slot: int = 0) -> int:
    """Return the origin of what came with revision `number`; raise ValueError for no such slot."""
    if not 0 <= slot < SLOTS:
        raise ValueError("A revision takes in words of at most 15 people.")
    return number * SLOTS + slot


def number_of(origin: int) -> int:
    """Return the number of the revision that brought the words."""
    return origin // SLOTS


def slot_of(origin: int) -> int:
    """Return whose words they are among those of the revision; 0 is whoever saved it."""
    return origin % SLOTS

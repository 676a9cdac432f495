"""Origins, and what a step did to the words of each."""

import pytest

from wiki.authorship.rules.ledger import Entry, entries
from wiki.authorship.rules.origins import SLOTS, number_of, origin_of, slot_of
from wiki.text.authorship import Head, PlainMemory, Step, follow, replay, standing


def test_an_origin_is_a_revision_and_a_place_in_it() -> None:
    assert [(number_of(one), slot_of(one)) for one in (origin_of(7), origin_of(7, 3))] == [
        (7, 0),
        (7, 3),
    ]
    assert origin_of(8) > origin_of(7, SLOTS - 1)


def test_there_are_sixteen_places_in_a_revision() -> None:
    for slot in (-1, SLOTS):
        with pytest.raises(ValueError, match="15 people"):
            origin_of(7, slot)


def test_written_restored_credited_and_removed_words_are_told_by_origin() -> None:
    step = Step(head=Head(), written=5, removed={16: 3, 32: 1}, restored={16: 2}, credited={65: 4})
    before, after = {16: 10, 32: 1}, {16: 9, 64: 5, 65: 4}
    assert entries(step, 64, before, after) == {
        16: Entry(2, 3),
        32: Entry(0, 1),
        64: Entry(5, 0),
        65: Entry(4, 0),
    }


def test_an_origin_that_nothing_happened_to_has_no_entry() -> None:
    assert entries(Step(head=Head()), 32, {16: 4}, {16: 4}) == {}


@pytest.mark.parametrize(
    ("restored", "removed", "after", "entry"),
    [
        (0, 0, 12, Entry(2, 0)),  # more words of those that stayed count now
        (0, 1, 11, Entry(1, 0)),
        (0, 3, 9, Entry(0, 1)),
        (0, 0, 8, Entry(0, 2)),  # fewer
        (1, 0, 8, Entry(0, 2)),
        (3, 0, 11, Entry(1, 0)),
    ],
)
def test_words_that_stayed_and_count_otherwise_now_are_made_good(
    restored: int, removed: int, after: int, entry: Entry
) -> None:
    step = Step(head=Head(), removed={16: removed}, restored={16: restored})
    assert entries(step, 32, {16: 10}, {16: after})[16] == entry


def test_one_word_that_becomes_two_stays_its_writers() -> None:
    before, after = "We co-draft it all.\n", "We co draft it all.\n"
    memory = PlainMemory()
    first = follow(Head(), "", before, 16, memory)
    memory.keep(first.drawers)
    step = follow(first.head, before, after, 32, memory)
    stood = standing(first.head, before)
    assert entries(step, 32, stood, standing(step.head, after)) == {16: Entry(1, 0)}
    assert [span.origin for span in replay([before, after])] == [0]

"""Words of somebody's that others took out."""

import pytest

from wiki.authorship.rules.reworked import Change, reworked

# Own or not, words that came back, words that went, of one origin in order; and what is left.
CASES = [
    ([], 0),
    ([(False, 0, 3)], 3),
    ([(True, 0, 3)], 0),
    ([(False, 0, 9), (False, 9, 0)], 0),
    ([(False, 0, 9), (True, 4, 0)], 5),
    ([(True, 0, 5), (False, 0, 4), (False, 4, 0)], 0),
    ([(True, 0, 5), (True, 5, 0), (False, 0, 3)], 3),
    ([(False, 0, 2), (True, 0, 4), (False, 5, 0)], 1),
    ([(False, 2, 2)], 2),
    ([(False, 7, 0), (False, 0, 1)], 1),
]


@pytest.mark.parametrize(("acts", "wanted"), CASES)
def test_words_that_came_back_are_not_reworked(
    acts: list[tuple[bool, int, int]], wanted: int
) -> None:
    assert reworked(Change(1, 16, *act) for act in acts) == wanted


def test_words_come_back_to_where_they_went() -> None:
    changes = [
        Change(1, 16, is_own=False, came=0, went=4),
        Change(2, 16, is_own=False, came=4, went=0),
        Change(1, 32, is_own=False, came=4, went=1),
    ]
    assert reworked(changes) == 5

"""Laws of the states of a page in a chain: each comes out as it went in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.authorship.rules.chain import heads, is_whole, last_head, last_whole, packed_past
from wiki.text.authorship import Head, Run

NUMBERS = st.integers(0, 2**31)
RUNS = st.lists(st.builds(Run, st.integers(1, 9000), NUMBERS), max_size=8).map(tuple)
HEADS = st.builds(Head, st.lists(NUMBERS, max_size=8).map(tuple), RUNS, NUMBERS, NUMBERS)


@given(st.lists(HEADS, min_size=1, max_size=50), st.data())
def test_every_head_comes_back_from_its_chain(listed: list[Head], data: st.DataObject) -> None:
    before = [Head(), *listed]
    chain = [
        (number, packed_past(number, head, before[number - 1]))
        for number, head in enumerate(listed, start=1)
    ]
    assert heads(chain) == listed
    number = data.draw(st.integers(1, len(listed)))
    first = last_whole(number)
    needed = [(of, row) for of, row in chain if first <= of <= number]
    assert len(needed) <= 20
    assert last_head(needed) == listed[number - 1]
    assert first == 0 or is_whole(first)


def test_a_page_without_revisions_has_the_empty_head() -> None:
    assert last_head([]) == Head()


def test_what_is_no_head_is_refused() -> None:
    for data in (b"no head", packed_past(20, Head(), Head())[:-1]):
        with pytest.raises(ValueError, match="damaged"):
            last_head([(20, data)])

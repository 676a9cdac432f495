"""Shares make exactly a hundred, spreads are as the definitions say, cells do nothing."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.authorship.rules.cells import harmless
from wiki.authorship.rules.measures import Measures, together
from wiki.authorship.rules.shares import effective, share_of_largest, shares

DAY = datetime(2026, 3, 2, tzinfo=UTC)


def test_thirds_make_a_hundred() -> None:
    assert shares([1, 1, 1]) == [33.4, 33.3, 33.3]


def test_nothing_has_no_shares() -> None:
    assert shares([]) == []
    assert shares([0, 0]) == [0.0, 0.0]


@given(st.lists(st.integers(min_value=0, max_value=10_000), max_size=60))
def test_shares_make_exactly_a_hundred_and_are_off_by_less_than_a_tenth(parts: list[int]) -> None:
    made = shares(parts)
    whole = sum(parts)
    assert sum(round(share * 10) for share in made) == (1000 if whole else 0)
    for part, share in zip(parts, made, strict=True):
        assert abs(share - (100 * part / whole if whole else 0)) < 0.1 + 1e-9
        assert part or not share


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [([30, 5, 3, 2], 1.7), ([1, 1, 1, 1], 4.0), ([7], 1.0), ([7, 0, 0], 1.0), ([0], None)],
)
def test_effective_contributors(parts: list[int], wanted: float | None) -> None:
    assert effective(parts) == wanted


def test_share_of_the_largest() -> None:
    assert share_of_largest([2, 30, 5, 3], 1) == 75.0
    assert share_of_largest([2, 30, 5, 3], 3) == 95.0
    assert share_of_largest([2, 30], 6) == 100.0
    assert share_of_largest([], 1) is None


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u00a0=1",
        "\uff1d1",
        "\ufeff=1",
    ],
)
def test_a_formula_becomes_words(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ana Lopez", "O'Brien", "1-2", "ana@example.org", "(=1)"])
def test_words_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_survival_is_of_what_was_written() -> None:
    assert Measures(standing=30, written=40).surviving == 75.0
    assert Measures(standing=1, written=0).surviving is None
    assert Measures(standing=41, written=40).surviving == 100.0


def test_parts_add_up_from_the_earliest_to_the_latest() -> None:
    later = DAY.replace(month=4)
    one = Measures(standing=1, revisions=2, first_at=DAY, last_at=DAY)
    two = Measures(standing=3, minor=1, first_at=later, last_at=later)
    assert together([one, two, Measures()]) == Measures(
        standing=4, revisions=2, minor=1, first_at=DAY, last_at=later
    )
    assert together([]) == Measures()

"""What a query asks for."""

import pytest

from wiki.search.rules.asked import Term, begun, likeness, loosened, understood


def test_words_are_terms_and_the_last_may_be_begun() -> None:
    assert understood("Digital  plans").terms == (
        Term(("digital",)),
        Term(("plans",), is_open=True),
    )


@pytest.mark.parametrize("query", ['"digital first"', "“digital first”", "«digital first»"])
def test_words_in_quotes_are_a_phrase(query: str) -> None:
    assert understood(query).terms == (Term(("digital", "first")),)


def test_a_quote_without_its_partner_is_no_quote() -> None:
    assert [term.words for term in understood('"a b" c "d e').terms] == [
        ("a", "b"),
        ("c",),
        ("d",),
        ("e",),
    ]


def test_words_with_signs_between_them_are_a_phrase() -> None:
    assert understood("a@b.example").terms == (Term(("a", "b", "example")),)
    assert understood("co-draft").terms == (Term(("co", "draft"), "codraft"),)
    assert [term.words for term in understood("one,two").terms] == [("one",), ("two",)]


def test_a_query_without_words_is_taken_as_it_stands() -> None:
    assert understood(" % ").literal == "%"
    assert understood("\x00").is_empty
    assert understood('"').is_empty


def test_a_long_query_is_cut_and_says_so() -> None:
    asked = understood(" ".join(f"w{number}" for number in range(100)))
    assert asked.is_cut
    assert len(asked.terms) == 12
    assert understood("x" * 10_000).is_cut
    assert not understood("x y").is_cut


def test_the_words_of_phrases_and_of_single_terms_are_told_in_order() -> None:
    assert understood('plan "digital first" tea').words == ("plan", "digital", "first", "tea")


def test_an_asked_word_counts_once() -> None:
    assert len(understood("tea tea tea coffee").terms) == 2


def test_a_phrase_is_loosened_into_its_words() -> None:
    loose = loosened(understood('"digital first" plan'))
    assert {term.words for term in loose.terms} == {("digital",), ("first",), ("plan",)}


def test_stems_of_both_languages_are_looked_for() -> None:
    assert Term(("politiques",)).stems == (("politiqu",), ("polit",))
    assert ("codraft",) in Term(("co", "draft"), "codraft").stems


def test_what_is_being_typed_is_bounded() -> None:
    assert begun("Digital pl") == ("digital", "pl")
    assert len(begun("a " * 1000)) == 12


def test_likeness_is_that_of_the_two_words_most_alike() -> None:
    assert likeness(["plan", "houzing"], ["our", "housing"]) > 0.8
    assert likeness(["acessibility"], ["accessibility"]) > 0.9
    assert likeness(["abc"], ["xbc"]) == 0
    assert likeness([], ["a"]) == 0

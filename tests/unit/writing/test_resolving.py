"""A clash is resolved row by row, and nothing is chosen for anybody."""

import pytest

from wiki.text.merge import Clash, three_way
from wiki.writing.rules.resolving import (
    Choices,
    all_words,
    box_mark,
    passed_over,
    read,
    resolved,
    said,
    unchosen,
)

BASE = "We meet in April.\n\nAll stays.\n\nWe meet in June.\n"


@pytest.fixture
def clash() -> Clash:
    theirs = BASE.replace("April", "May").replace("June", "July")
    mine = BASE.replace("April", "March").replace("June", "August")
    found = three_way(BASE, theirs, mine)
    assert isinstance(found, Clash)
    assert len(found.choices) == 2
    return found


def test_every_row_waits_to_be_chosen(clash: Clash) -> None:
    assert unchosen(clash, {}) == [0, 1]
    assert unchosen(clash, {0: "theirs", 1: "both"}) == [1]
    assert unchosen(clash, {0: "own", 1: "mine"}) == []


def test_each_row_gives_what_was_chosen_in_it(clash: Clash) -> None:
    assert resolved(clash, {0: "theirs", 1: "mine"}, {}) == (
        "We meet in May.\n\nAll stays.\n\nWe meet in August.\n"
    )


def test_each_choice_has_the_sentences_that_clash_with_nothing() -> None:
    line = "We meet in April. All come. All vote.\n"
    theirs = line.replace("April", "May").replace("All come", "Few come")
    mine = line.replace("April", "March").replace("All vote", "Few vote")
    found = three_way(line, theirs, mine)
    assert isinstance(found, Clash)
    both = " Few come. Few vote.\n"
    assert resolved(found, {0: "theirs"}, {}) == f"We meet in May.{both}"
    assert resolved(found, {0: "mine"}, {}) == f"We meet in March.{both}"
    assert resolved(found, {0: "own"}, {}) == f"We meet in March.{both}"
    assert not passed_over(found, {0: "theirs"}, {0: f"We meet in March.{both}"})
    assert not passed_over(found, {0: "theirs"}, {0: mine})


def test_a_box_is_told_from_what_it_began_with_by_any_word_or_indent() -> None:
    assert box_mark("- one\n") == box_mark("- one\r\n\r\n")
    assert len({box_mark(words) for words in ("- one", "  - one", "- two", "")}) == 4


def test_own_words_end_as_the_lines_do_that_they_stand_for(clash: Clash) -> None:
    text = resolved(clash, {0: "own", 1: "mine"}, {0: "We meet\r\nin spring.\r\n\r\n"})
    assert text == "We meet\nin spring.\n\nAll stays.\n\nWe meet in August.\n"


def test_an_empty_box_takes_the_lines_out(clash: Clash) -> None:
    text = resolved(clash, {0: "mine", 1: "own"}, {1: " \r\n"})
    assert text == "We meet in March.\n\nAll stays.\n\n"


def test_a_row_without_a_choice_makes_no_text(clash: Clash) -> None:
    with pytest.raises(KeyError):
        resolved(clash, {0: "mine"}, {})


def test_choices_come_back_as_they_were_written() -> None:
    choices = Choices(7, {1: "own", 0: "mine"}, {1: 'Dvě \u2013 "slova"\r\n'})
    assert read(choices.written()) == choices
    assert choices.are_begun
    assert not Choices(7).are_begun


def test_all_words_are_mine_and_those_of_the_boxes_that_are_not_in_it() -> None:
    own = {1: "Second.\r\n", 0: "New.\r\nWords.", 2: " "}
    assert all_words("First.\r\nSecond.\r\n", own) == "First.\nSecond.\n\n\nNew.\nWords."


def test_words_that_were_typed_and_not_chosen_are_told(clash: Clash) -> None:
    first, second = clash.choices
    sides = {0: "theirs", 1: "mine"}
    typed = {0: " Words\r\nof mine. ", 1: f"{second.mine}\r\n"}
    assert passed_over(clash, sides, typed) == {0: "Words\nof mine."}
    assert passed_over(clash, {0: "own"}, typed) == {}
    assert passed_over(clash, sides, {0: first.theirs, 1: ""}) == {}
    assert passed_over(clash, sides, {}) == {}


def test_words_by_place_have_a_name_of_their_own() -> None:
    assert said({}) == ""
    assert len({said({0: "a"}), said({1: "a"}), said({0: "b"})}) == 3

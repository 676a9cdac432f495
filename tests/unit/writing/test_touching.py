"""Whose change touched which words is told change by change."""

from time import process_time

import pytest

from wiki.text.merge import Clash, three_way
from wiki.writing.rules.touching import Stretch, clashing_words, touched

BASE = "one\ntwo and more. three\nfour\n"


def at(words: str, text: str = BASE) -> Stretch:
    assert text.count(words) == 1
    return text.index(words), text.index(words) + len(words)


def test_only_the_change_of_the_words_in_question_counts() -> None:
    second = BASE.replace("four", "FOUR")
    third = second.replace("two", "TWO")
    found = touched([BASE, second, third], [[at("two and")], [at("four")]])
    assert found == [[False, True], [True, False]]


def test_a_change_of_another_sentence_of_the_line_does_not_count() -> None:
    assert touched([BASE, BASE.replace("three", "3")], [[at("two")]]) == [[False]]


def test_a_place_of_several_stretches_is_touched_in_any_of_them() -> None:
    place = [at("two"), at("four")]
    for old, is_touched in (("one", False), ("two", True), ("three", False), ("four", True)):
        assert touched([BASE, BASE.replace(old, "x")], [place]) == [[is_touched]]


def test_words_are_followed_where_others_moved_them() -> None:
    second = f"new\nlines\n\n{BASE}"
    third = second.replace("two", "TWO")
    fourth = third.replace("lines", "LINES")
    assert touched([BASE, second, third, fourth], [[at("two")]]) == [[False, True, False]]


def test_words_that_grew_are_looked_at_whole() -> None:
    second = BASE.replace("two", "two or a half")
    third = second.replace("half", "quarter")
    assert touched([BASE, second, third], [[at("two and")]]) == [[True, True]]


def test_a_change_taken_back_counts() -> None:
    assert touched([BASE, BASE.replace("two", "2"), BASE], [[at("two")]]) == [[True, True]]


def test_words_put_at_an_empty_place_count() -> None:
    assert touched([BASE, f"{BASE}five\n"], [[(len(BASE), len(BASE))]]) == [[True]]


def test_words_taken_out_count_and_neighbours_do_not() -> None:
    assert touched([BASE, BASE.replace("two and more. ", "")], [[at("two")]]) == [[True]]
    assert touched([BASE, BASE.replace("one\n", "")], [[at("two")]]) == [[False]]


def test_lines_put_after_a_line_leave_that_line_alone() -> None:
    new = BASE.replace("four\n", "four\nfive\n")
    assert touched([BASE, new], [[at("four")], [(len(BASE), len(BASE))]]) == [[False], [True]]


@pytest.mark.parametrize("new", ["or two and more", "two and more or so"])
def test_words_put_at_an_edge_count(new: str) -> None:
    places = [[at("one")], [at("two and more")], [at("three")]]
    found = touched([BASE, BASE.replace("two and more", new)], places)
    assert found == [[False], [True], [False]]


def test_many_places_of_a_long_page_are_told_at_once() -> None:
    # One comparison a place, line by line, took minutes.
    lines = [f"Line number {number} says one thing about the plan.\n" for number in range(6000)]
    texts = ["".join(lines)]
    for word in ("more", "less", "nothing"):
        lines[::40] = [line.replace("one thing", word) for line in lines[::40]]
        lines[20::40] = [f"Line {number} of {word}.\n" for number in range(20, 6000, 40)]
        texts.append("".join(lines))
    places = [[at(f"number {number} says one thing", texts[0])] for number in range(0, 6000, 20)]
    began = process_time()
    found = touched(texts, places)
    assert process_time() - began < 5
    assert found[0] == [True, False, False]
    assert found[1] == [True, True, True]


def test_a_clash_says_which_words_clash_in_each_choice() -> None:
    base = "Top.\n\nWe answer in ten days. All come. It costs one pound.\n\nEnd of it"
    theirs = base.replace("ten", "five").replace("one", "two").replace("of it", "of all")
    mine = base.replace("ten", "two").replace("one", "six").replace("of it", "of this")
    clash = three_way(base, theirs.replace("All", "Few"), mine)
    assert isinstance(clash, Clash)
    found = [[base[start:end] for start, end in place] for place in clashing_words(clash)]
    assert found == [["ten", "one"], ["it"]]

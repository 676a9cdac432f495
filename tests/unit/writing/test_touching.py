"""Whose change touched which lines is told change by change."""

from wiki.text.merge import Clash, three_way
from wiki.writing.rules.touching import clashing_lines, touched

BASE = "one\ntwo\nthree\nfour\n"


def test_only_the_change_of_the_lines_in_question_counts() -> None:
    second = BASE.replace("four", "FOUR")
    third = second.replace("two", "TWO")
    assert touched([BASE, second, third], (1, 2)) == [False, True]
    assert touched([BASE, second, third], (3, 4)) == [True, False]


def test_lines_are_followed_where_others_moved_them() -> None:
    second = f"new\nlines\n\n{BASE}"
    third = second.replace("two", "TWO")
    fourth = third.replace("lines", "LINES")
    assert touched([BASE, second, third, fourth], (1, 2)) == [False, True, False]


def test_lines_that_grew_are_looked_at_whole() -> None:
    second = BASE.replace("two\n", "two\nand a half\n")
    third = second.replace("half", "quarter")
    assert touched([BASE, second, third], (1, 2)) == [True, True]


def test_words_put_at_an_empty_place_count() -> None:
    assert touched([BASE, f"{BASE}five\n"], (4, 4)) == [True]


def test_lines_taken_out_count_and_neighbours_do_not() -> None:
    assert touched([BASE, BASE.replace("two\n", "")], (1, 2)) == [True]
    assert touched([BASE, BASE.replace("one\n", "")], (1, 2)) == [False]


def test_a_clash_says_on_which_lines_it_stands() -> None:
    base = "Top.\n\nWe answer in ten days.\n\nEnd of it"
    theirs = base.replace("ten", "five").replace("of it", "of all")
    mine = base.replace("ten", "two").replace("of it", "of this")
    clash = three_way(base, theirs, mine)
    assert isinstance(clash, Clash)
    assert clashing_lines(clash) == [(2, 3), (4, 5)]

"""Whose change touched which lines is told change by change."""

from time import process_time

from wiki.text.merge import Clash, three_way
from wiki.writing.rules.touching import clashing_lines, touched

BASE = "one\ntwo\nthree\nfour\n"


def test_only_the_change_of_the_lines_in_question_counts() -> None:
    second = BASE.replace("four", "FOUR")
    third = second.replace("two", "TWO")
    assert touched([BASE, second, third], [(1, 2), (3, 4)]) == [[False, True], [True, False]]


def test_lines_are_followed_where_others_moved_them() -> None:
    second = f"new\nlines\n\n{BASE}"
    third = second.replace("two", "TWO")
    fourth = third.replace("lines", "LINES")
    assert touched([BASE, second, third, fourth], [(1, 2)]) == [[False, True, False]]


def test_lines_that_grew_are_looked_at_whole() -> None:
    second = BASE.replace("two\n", "two\nand a half\n")
    third = second.replace("half", "quarter")
    assert touched([BASE, second, third], [(1, 2)]) == [[True, True]]


def test_words_put_at_an_empty_place_count() -> None:
    assert touched([BASE, f"{BASE}five\n"], [(4, 4)]) == [[True]]


def test_lines_taken_out_count_and_neighbours_do_not() -> None:
    assert touched([BASE, BASE.replace("two\n", "")], [(1, 2)]) == [[True]]
    assert touched([BASE, BASE.replace("one\n", "")], [(1, 2)]) == [[False]]


def test_lines_put_after_a_line_leave_that_line_alone() -> None:
    for end in ("", "\n"):
        old = f"one\ntwo{end}"
        assert touched([old, f"one\ntwo\nthree{end}"], [(0, 1), (2, 2)]) == [[False], [True]]


def test_words_put_at_an_end_of_a_line_count() -> None:
    for new in ("one\nmore than two\nthree\n", "one\ntwo or more\nthree\n"):
        assert touched(["one\ntwo\nthree\n", new], [(0, 1), (1, 2), (2, 3)]) == [
            [False],
            [True],
            [False],
        ]


def test_many_places_of_a_long_page_are_told_at_once() -> None:
    # One comparison a place, line by line, took minutes.
    lines = [f"Line number {number} says one thing about the plan.\n" for number in range(6000)]
    texts = ["".join(lines)]
    for word in ("more", "less", "nothing"):
        lines[::40] = [line.replace("one thing", word) for line in lines[::40]]
        lines[20::40] = [f"Line {number} of {word}.\n" for number in range(20, 6000, 40)]
        texts.append("".join(lines))
    places = [(number, number + 1) for number in range(0, 6000, 20)]
    began = process_time()
    found = touched(texts, places)
    assert process_time() - began < 5
    assert found[0] == [True, False, False]
    assert found[1] == [True, True, True]


def test_a_clash_says_on_which_lines_it_stands() -> None:
    base = "Top.\n\nWe answer in ten days.\n\nEnd of it"
    theirs = base.replace("ten", "five").replace("of it", "of all")
    mine = base.replace("ten", "two").replace("of it", "of this")
    clash = three_way(base, theirs, mine)
    assert isinstance(clash, Clash)
    assert clashing_lines(clash) == [(2, 3), (4, 5)]

# ruff: noqa: RUF001 - letters of several scripts are what is tested
from datetime import date
from typing import NamedTuple

import pytest

from wiki.text.attributed import Step, steps_of, who_wrote
from wiki.text.attributed.asking import PASSAGES_LIMIT

ANA, BEN = 16, 32


class Written(NamedTuple):
    text: str
    origin: int


PAGE = [
    Written("---\ntitle: Our aims\n---\n", ANA),
    Written("We **ask** [the residents](people/residents.md) ", ANA),
    Written("before we decide.", BEN),
    Written("\nThen we write[^1].\n\nWe ask again.\n\n[^1]: On paper.\n", ANA),
]


def parts(words: str) -> list[tuple[tuple[int, str], ...]] | None:
    found = who_wrote(PAGE, words)
    return None if found is None else [passage.parts for passage in found]


def test_a_passage_of_two_people_names_both() -> None:
    assert parts("the residents before we") == [
        ((ANA, "the residents](people/residents.md) "), (BEN, "before we"))
    ]


def test_case_blanks_and_markup_do_not_matter() -> None:
    assert parts("we ASK\n\n  the, “residents”") == [((ANA, "We **ask** [the residents"),)]


def test_neighbouring_spans_of_one_origin_are_one_part() -> None:
    spans = [Written("We ", ANA), Written("ask", ANA)]
    (passage,) = who_wrote(spans, "we ask") or ()
    assert (passage.start, passage.end, passage.parts) == (0, 6, ((ANA, "We ask"),))


def test_all_places_are_found_in_order() -> None:
    found = who_wrote(PAGE, "we ask")
    assert found is not None
    source = "".join(span.text for span in PAGE)
    assert [source[one.start : one.end] for one in found] == ["We **ask", "We ask"]


def test_places_that_touch_are_all_found_and_a_bound_holds() -> None:
    assert len(who_wrote([Written("so so so so", ANA)], "so so") or ()) == 2
    assert len(who_wrote([Written("so " * 200, ANA)], "so") or ()) == PASSAGES_LIMIT


def test_a_selection_may_begin_and_end_inside_words() -> None:
    assert parts("idents before we dec") == [
        ((ANA, "residents](people/residents.md) "), (BEN, "before we decide"))
    ]


def test_the_number_of_a_note_in_a_selection_is_passed_over() -> None:
    assert parts("we write1. We ask") is None
    assert parts("we write 1 . We ask again") == [((ANA, "we write[^1].\n\nWe ask again"),)]


def test_words_that_the_page_does_not_show_are_found_in_its_source() -> None:
    assert parts("our aims") == [((ANA, "Our aims"),)]


@pytest.mark.parametrize("words", ["we never ask", "", " – ", "12"])
def test_what_is_nowhere_is_none(words: str) -> None:
    assert parts(words) is None


def test_letters_of_any_form_and_script_are_found() -> None:
    spans = [Written("Le cafe\u0301 d’été. 我们先问大家。", BEN)]
    assert who_wrote(spans, "CAFÉ d'été")
    assert who_wrote(spans, "先问")


def test_steps_of_age_hold_whole_days_and_about_a_fifth_each() -> None:
    days = {number: date(2024, 1, number) for number in range(1, 11)}
    steps = steps_of(days, dict.fromkeys(days, 10))
    assert [(step.slot, step.words) for step in steps] == [(n, 20) for n in range(1, 6)]
    assert steps[0] == Step(1, date(2024, 1, 9), date(2024, 1, 10), 20, (9, 10))


def test_a_page_of_one_day_is_of_one_step() -> None:
    day = date(2024, 1, 1)
    (step,) = steps_of({1: day, 2: day, 3: day}, {1: 5, 2: 7, 3: 0})
    assert (step.first, step.last, step.words, step.origins) == (day, day, 12, (1, 2))


def test_a_page_without_words_has_no_steps() -> None:
    assert steps_of({1: date(2024, 1, 1)}, {1: 0}) == []

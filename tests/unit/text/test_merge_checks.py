"""The last checks, given edits that no comparison would make."""

from wiki.text.engine import BEST, Engine
from wiki.text.merge import Choice, Clash, Merged, Options
from wiki.text.merge.checks import is_safe
from wiki.text.merge.edits import Edit, edits_of
from wiki.text.merge.joining import merge_edits

BASE = "one two three. four five six.\n"


def edit(start: int, end: int, text: str) -> Edit:
    return Edit(start, end, text, start, end)


def test_a_right_merge_is_safe() -> None:
    theirs, mine = (
        edits_of(BASE, BASE.replace("two", "2")),
        edits_of(BASE, BASE.replace("six", "6")),
    )
    assert is_safe(BASE, theirs, mine, "one 2 three. four five 6.\n")


def test_a_merge_with_a_missing_word_is_not() -> None:
    theirs, mine = (
        edits_of(BASE, BASE.replace("two", "2")),
        edits_of(BASE, BASE.replace("six", "6")),
    )
    assert not is_safe(BASE, theirs, mine, "one three. four five 6.\n")


def test_edits_that_do_not_fit_into_the_other_text_are_not() -> None:
    assert not is_safe(BASE, [edit(0, 7, "1 2")], [edit(4, 13, "b c")], "1 2 three")


def test_a_word_that_both_ways_lose_is_noticed() -> None:
    # Between "one" and " two" both sides cut the words themselves: "on" and "wo" are new.
    theirs, mine = [edit(2, 3, "")], [edit(4, 5, "")]
    assert not is_safe(BASE, theirs, mine, "on wo three. four five six.\n")


def test_an_unsafe_merge_is_a_clash_of_the_whole_text() -> None:
    answer = merge_edits(BASE, [edit(2, 3, "")], [edit(15, 16, "")])
    assert isinstance(answer, Clash)
    (choice,) = answer.rows
    assert (choice.base, choice.theirs) == (BASE, "on two three. four five six.\n")
    assert choice.mine == "one two three. our five six.\n"


def test_a_clash_that_would_offer_an_unsafe_text_is_one_of_the_whole_text() -> None:
    theirs, mine = [edit(2, 3, ""), edit(25, 28, "7")], [edit(15, 16, ""), edit(25, 28, "8")]
    answer = merge_edits(BASE, theirs, mine)
    assert isinstance(answer, Clash)
    (choice,) = answer.rows
    assert isinstance(choice, Choice)
    their_text, my_text = "on two three. four five 7.\n", "one two three. our five 8.\n"
    assert (choice.base, choice.theirs, choice.mine) == (BASE, their_text, my_text)
    assert choice.options == Options(BASE, their_text, my_text)


def test_two_ways_to_the_same_words_are_nothing_to_choose() -> None:
    # Either of two blanks taken out: other edits, the same text.
    base = BASE.replace("two three", "two  three")
    theirs, mine = [edit(7, 8, ""), edit(16, 20, "4")], [edit(8, 9, "")]
    answer = merge_edits(base, theirs, mine)
    assert isinstance(answer, Merged)
    assert answer.text == "one two three. 4 five six.\n"


def test_edits_in_two_sentences_are_merged() -> None:
    answer = merge_edits(BASE, [edit(0, 3, "1")], [edit(15, 19, "4")])
    assert isinstance(answer, Merged)


def test_where_the_differ_gave_up_the_whole_paragraph_counts_as_altered() -> None:
    base = "Some words here. Then more.\n\nso no so no.\nIt goes on.\n\nThe end comes now.\n"
    theirs = base.replace("so no so no", "no so no so")
    engine = Engine(BEST.operations, 0)
    coarse = edits_of(base, theirs, engine=engine)
    inside = edits_of(base, base.replace("goes on", "ends"))
    outside = edits_of(base, base.replace("comes now", "is here").replace("more", "less"))
    assert isinstance(merge_edits(base, edits_of(base, theirs), inside), Merged)
    assert isinstance(merge_edits(base, coarse, inside), Clash)
    assert isinstance(merge_edits(base, coarse, outside), Merged)

"""The changes of a revision one by one, and texts with some of them taken back."""

from hypothesis import given
from hypothesis import strategies as st

from wiki.writing.rules.undoing import line_changes, taken_back

TEXTS = st.lists(st.sampled_from(["a b. ", "c ", "\n", "d", "x y\n", "\n\n", "\r\n"])).map("".join)
OLD = "# Aims\n\nOne two three.\n\n- a\n- b\n\nThe end.\n"
NEW = "# Aims\n\nOne 2 three.\n\n- a\n- b\n- c\n\n"


def test_each_change_is_of_whole_lines() -> None:
    assert [(one.number, one.old, one.new) for one in line_changes(OLD, NEW)] == [
        (1, "One two three.\n", "One 2 three.\n"),
        (2, "", "- c\n"),
        (3, "The end.\n", ""),
    ]


def test_one_change_is_taken_back_and_the_others_stay() -> None:
    assert taken_back(OLD, NEW, {2}) == "# Aims\n\nOne 2 three.\n\n- a\n- b\n\n"
    assert taken_back(OLD, NEW, {1, 3}) == (
        "# Aims\n\nOne two three.\n\n- a\n- b\n- c\n\nThe end.\n"
    )


def test_two_changes_of_one_line_are_one() -> None:
    assert [(one.old, one.new) for one in line_changes("a b c d e", "a x c y e")] == [
        ("a b c d e", "a x c y e")
    ]


@given(TEXTS, TEXTS)
def test_taking_everything_back_gives_the_old_text_and_nothing_the_new(old: str, new: str) -> None:
    changes = line_changes(old, new)
    assert taken_back(old, new, {one.number for one in changes}) == old
    assert taken_back(old, new, ()) == new
    for change in changes:
        assert not change.old_start or old[change.old_start - 1] == "\n"
        assert not change.new_start or new[change.new_start - 1] == "\n"

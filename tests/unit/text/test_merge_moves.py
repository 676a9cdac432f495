import pytest

from wiki.text.merge import Clash, Merged, three_way

ASK = "We ask every resident first."
PLAN = "The plan is written by two people."
SHOW = "Drafts are shown to everybody who asked."
VOTE = "At last the council votes on it."
PAGE = f"# Aims\n\n{ASK}\n\n{PLAN}\n\n{SHOW}\n\n{VOTE}\n"
VOTE_FIRST = f"# Aims\n\n{VOTE}\n\n{ASK}\n\n{PLAN}\n\n{SHOW}\n"


def both_ways(base: str, theirs: str, mine: str) -> Merged | Clash:
    answer, mirrored = three_way(base, theirs, mine), three_way(base, mine, theirs)
    assert type(answer) is type(mirrored)
    if isinstance(answer, Merged):
        assert isinstance(mirrored, Merged)
        assert answer.text == mirrored.text
    else:
        assert (answer.base, answer.theirs, answer.mine) == (base, theirs, mine)
    return answer


def test_an_edit_of_a_paragraph_goes_where_the_other_moved_it() -> None:
    answer = both_ways(PAGE, VOTE_FIRST, PAGE.replace("council votes", "council decides"))
    assert isinstance(answer, Merged)
    assert answer.text == VOTE_FIRST.replace("council votes", "council decides")


def test_several_edits_and_a_deleted_sentence_go_along() -> None:
    base = PAGE.replace(VOTE, f"{VOTE} It may also wait. Then all ends.")
    theirs = VOTE_FIRST.replace(VOTE, f"{VOTE} It may also wait. Then all ends.")
    edits = (("At last", "Only then"), (" It may also wait.", ""), ("all ends", "it is done"))
    mine, expected = base, theirs
    for old, new in edits:
        mine, expected = mine.replace(old, new), expected.replace(old, new)
    answer = both_ways(base, theirs, mine)
    assert isinstance(answer, Merged)
    assert answer.text == expected


def test_an_item_goes_along_too() -> None:
    base = "- ask all the residents\n- write a short note\n- publish it at last\n"
    theirs = "- publish it at last\n- ask all the residents\n- write a short note\n"
    answer = both_ways(base, theirs, base.replace("publish it", "publish everything"))
    assert isinstance(answer, Merged)
    assert answer.text == theirs.replace("publish it", "publish everything")


def test_a_rewritten_paragraph_goes_along() -> None:
    answer = both_ways(PAGE, VOTE_FIRST, PAGE.replace(VOTE, "Nothing else"))
    assert isinstance(answer, Merged)
    assert answer.text == VOTE_FIRST.replace(VOTE, "Nothing else")


@pytest.mark.parametrize(
    "mine",
    [
        PAGE.replace(f"\n\n{VOTE}", ""),
        PAGE.replace(VOTE, ""),
        PAGE.replace(VOTE, f"{VOTE}\n\nThere is more to say."),
        PAGE.replace(VOTE, f"A new line.\n\n{VOTE.replace('votes', 'decides')}"),
    ],
    ids=["deleted", "emptied", "continued", "preceded"],
)
def test_other_changes_at_moved_lines_clash(mine: str) -> None:
    assert isinstance(both_ways(PAGE, VOTE_FIRST, mine), Clash)


def test_lines_that_one_moved_and_the_other_deleted_are_asked_about_at_the_new_place() -> None:
    answer = both_ways(PAGE, VOTE_FIRST, PAGE.replace(f"\n\n{VOTE}", ""))
    assert isinstance(answer, Clash)
    (choice,) = answer.choices
    assert (choice.base, choice.theirs, choice.mine) == ("", f"{VOTE}\n\n", "")
    assert answer.resolved([choice.theirs]) == VOTE_FIRST


def test_an_edit_does_not_go_along_to_a_place_that_clashes() -> None:
    mine = PAGE.replace("votes", "decides").replace("# Aims\n\n", "# Aims\n\nAn opening.\n\n")
    answer = both_ways(PAGE, VOTE_FIRST, mine)
    assert isinstance(answer, Clash)
    resolved = answer.resolved([choice.mine for choice in answer.choices])
    assert "decides" in resolved
    assert "An opening." in resolved


def test_an_edit_of_lines_that_stand_twice_does_not_go_along() -> None:
    base = f"{VOTE}\n\n{ASK}\n\n{PLAN}\n\n{VOTE}\n\n{SHOW}\n"
    theirs = f"{VOTE}\n\n{ASK}\n\n{VOTE}\n\n{PLAN}\n\n{SHOW}\n"
    mine = f"{VOTE}\n\n{ASK}\n\n{PLAN}\n\n{VOTE.replace('votes', 'decides')}\n\n{SHOW}\n"
    answer = both_ways(base, theirs, mine)
    assert isinstance(answer, Clash) or answer.text.count("decides") == 1


def test_lines_that_both_moved_to_different_places_clash() -> None:
    second = f"# Aims\n\n{ASK}\n\n{VOTE}\n\n{PLAN}\n\n{SHOW}\n"
    answer = both_ways(PAGE, VOTE_FIRST, second)
    assert isinstance(answer, Clash)
    for picks in ([choice.theirs for choice in answer.choices], [c.mine for c in answer.choices]):
        assert answer.resolved(picks).count(VOTE) == 1


def test_lines_that_both_moved_to_the_same_place_are_moved_once() -> None:
    mine = VOTE_FIRST.replace("every resident", "everybody")
    answer = both_ways(PAGE, VOTE_FIRST, mine)
    assert isinstance(answer, Merged)
    assert answer.text == mine


def test_edits_go_along_in_both_directions_at_once() -> None:
    end = "These are duties.\n\nRead the law.\n\nKeep all records for ten years.\n"
    changed = "These are duties.\n\nKeep all records for six years.\n\nRead the law.\n"
    theirs = f"{VOTE_FIRST}\n{end.replace('ten', 'six')}"
    mine = f"{PAGE.replace('votes', 'decides')}\n{changed.replace('six', 'ten')}"
    answer = both_ways(f"{PAGE}\n{end}", theirs, mine)
    assert isinstance(answer, Merged)
    assert answer.text == f"{VOTE_FIRST.replace('votes', 'decides')}\n{changed}"


def test_a_word_moved_within_a_line_is_no_move_of_lines() -> None:
    base = "one two three four five six seven eight nine ten.\n"
    theirs = "seven eight nine one two three four five six ten.\n"
    assert isinstance(both_ways(base, theirs, base.replace("eight", "8")), Clash)


def test_lines_moved_between_two_clashes_and_their_edit_are_in_both_options() -> None:
    base = f"{ASK}\n{PLAN}\n\n# More\n\n{VOTE}\n"
    theirs = f"{ASK.replace('every', 'each')}\n{VOTE}\n{PLAN.replace('two', '2')}\n\n# More\n"
    mine = base.replace("every", "any").replace("two", "three").replace("votes", "decides")
    answer = both_ways(base, theirs, mine)
    assert isinstance(answer, Clash)
    (choice,) = answer.choices
    with_edit = theirs.replace("votes", "decides")
    assert answer.resolved([choice.options.theirs]) == with_edit
    my_words = with_edit.replace("each", "any").replace("2", "three")
    assert answer.resolved([choice.options.mine]) == my_words

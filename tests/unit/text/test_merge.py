import pytest

from wiki.text.merge import Clash, Incoming, Merged, Same, three_way

AGENCY = "The agency shall report by March. Staff must comply.\n"
PAGE = (
    "---\ntitle: Aims\nowner: Ann\nstatus: draft\n---\n\n# Aims\n\n"
    "We listen to residents. We answer within a week.\n\n"
    "## Steps\n\n- ask the team\n- write a note\n- publish it\n\n"
    "| What | Cost |\n| --- | --- |\n| Bus | 12 |\n| Tram | 30 |\n\n"
    "```\nmake all\nmake test\n```\n\nThe end comes here.\n"
)


def merged(base: str, theirs: str, mine: str) -> str:
    answer = three_way(base, theirs, mine)
    assert isinstance(answer, Merged), answer
    mirrored = three_way(base, mine, theirs)
    assert isinstance(mirrored, Merged)
    assert answer.text == mirrored.text
    return answer.text


def clash(base: str, theirs: str, mine: str) -> Clash:
    answer = three_way(base, theirs, mine)
    assert isinstance(answer, Clash), answer
    assert isinstance(three_way(base, mine, theirs), Clash)
    assert (answer.base, answer.theirs, answer.mine) == (base, theirs, mine)
    return answer


def changed(*pairs: tuple[str, str], base: str = PAGE) -> str:
    for old, new in pairs:
        assert base.count(old) == 1
        base = base.replace(old, new)
    return base


def test_two_words_put_in_one_sentence_clash_as_neither_meant_both() -> None:
    theirs = AGENCY.replace("shall", "shall not")
    mine = AGENCY.replace("shall", "shall promptly")
    (choice,) = clash(AGENCY, theirs, mine).choices
    assert (choice.base, choice.theirs, choice.mine) == (AGENCY, theirs, mine)


def test_april_and_may_clash() -> None:
    clash(AGENCY, AGENCY.replace("March", "April"), AGENCY.replace("March", "May"))


def test_words_far_apart_in_one_sentence_clash() -> None:
    clash(AGENCY, AGENCY.replace("The", "No"), AGENCY.replace("March", "May"))


def test_changes_in_two_sentences_of_a_paragraph_are_merged() -> None:
    theirs, mine = AGENCY.replace("March", "May"), AGENCY.replace("must", "need not")
    expected = "The agency shall report by May. Staff need not comply.\n"
    assert merged(AGENCY, theirs, mine) == expected


@pytest.mark.parametrize("end", [". ", "! ", "? ", "; ", ": ", "\n", "。", "？"])  # noqa: RUF001
def test_a_sentence_ends_where_a_person_sees_it_end(end: str) -> None:
    base = f"one two three{end}four five six"
    theirs, mine = base.replace("two", "2"), base.replace("five", "5")
    assert merged(base, theirs, mine) == f"one 2 three{end}four 5 six"


@pytest.mark.parametrize("middle", [", ", " - ", ".", " "])
def test_a_sentence_does_not_end_elsewhere(middle: str) -> None:
    base = f"one two three{middle}four five six"
    clash(base, base.replace("two", "2"), base.replace("five", "5"))


def test_the_same_two_changes_in_one_sentence_are_taken_once() -> None:
    both = "No agency shall report by May. Staff must comply.\n"
    mine = both.replace("Staff", "All staff")
    assert merged(AGENCY, both, mine) == mine


def test_the_same_change_and_a_further_one_in_its_sentence_are_merged() -> None:
    theirs = AGENCY.replace("March", "May")
    assert merged(AGENCY, theirs, theirs.replace("The", "No")) == theirs.replace("The", "No")


def test_a_sentence_put_before_one_that_the_other_changed_is_merged() -> None:
    theirs = AGENCY.replace("Staff", "This is new. Staff")
    mine = AGENCY.replace("comply", "agree")
    assert merged(AGENCY, theirs, mine) == theirs.replace("comply", "agree")


def test_a_word_put_before_a_sentence_belongs_to_it() -> None:
    clash(AGENCY, AGENCY.replace("Staff", "No Staff"), AGENCY.replace("comply", "agree"))


def test_a_word_put_after_the_last_sentence_belongs_to_it() -> None:
    base = "one two three"
    clash(base, base + " not", base.replace("one", "1"))


def test_joining_two_lines_alters_both() -> None:
    base = "one two\nthree four\n"
    joined = "one two three four\n"
    clash(base, joined, base.replace("one", "1"))
    clash(base, joined, base.replace("four", "4"))


def test_a_deleted_sentence_that_the_other_changed_clashes() -> None:
    clash(AGENCY, "Staff must comply.\n", AGENCY.replace("March", "May"))


def test_a_deleted_section_in_which_the_other_wrote_clashes() -> None:
    steps = PAGE[PAGE.index("## Steps") : PAGE.index("| What")]
    answer = clash(PAGE, changed((steps, "")), changed(("write a note", "write two notes")))
    assert [choice.theirs for choice in answer.choices] == [""]
    assert answer.resolved(["## Steps\n\nNone.\n\n"]) == changed((steps, "## Steps\n\nNone.\n\n"))


def test_different_fields_items_rows_and_paragraphs_are_merged() -> None:
    theirs = changed(
        ("owner: Ann", "owner: Bob"), ("- ask the team", "- ask"), ("Bus | 12", "Bus | 13")
    )
    mine = changed(("draft", "final"), ("- publish it", "- tell all"), ("Tram | 30", "Tram | 31"))
    expected = changed(
        ("owner: Ann", "owner: Bob"), ("- ask the team", "- ask"), ("Bus | 12", "Bus | 13"),
        ("draft", "final"), ("- publish it", "- tell all"), ("Tram | 30", "Tram | 31"),
    )  # fmt: skip
    assert merged(PAGE, theirs, mine) == expected


@pytest.mark.parametrize(
    ("old", "one", "other"),
    [
        ("owner: Ann", "owner: Bob", "owner: Cat"),
        ("- write a note", "- write one note", "- write a letter"),
        ("| Bus | 12 |", "| Coach | 12 |", "| Bus | 13 |"),
        ("make all", "make some", "make none"),
        ("## Steps", "## First steps", "## Steps to take"),
    ],
)
def test_one_field_item_row_or_heading_changed_twice_is_one_line_to_choose(
    old: str, one: str, other: str
) -> None:
    answer = clash(PAGE, changed((old, one)), changed((old, other)))
    (choice,) = answer.choices
    assert (choice.base, choice.theirs, choice.mine) == (f"{old}\n", f"{one}\n", f"{other}\n")
    assert answer.resolved([choice.mine]) == changed((old, other))


def test_both_at_the_end_of_a_page_clash() -> None:
    answer = clash("One.\n", "One.\nTwo.\n", "One.\nThree.\n")
    assert answer.rows[0] == Same("One.\n", "One.\n", "One.\n", "One.\n")
    assert answer.resolved(["Two.\nThree.\n"]) == "One.\nTwo.\nThree.\n"


def test_both_on_an_empty_page_clash() -> None:
    (choice,) = clash("", "Mine", "Theirs").rows
    assert (choice.theirs, choice.mine) == ("Mine", "Theirs")


def test_the_same_new_paragraph_is_taken_once() -> None:
    text = changed(("## Steps", "A new one.\n\n## Steps"))
    mine = text.replace("The end", "An end")
    assert merged(PAGE, text, mine) == mine
    assert merged(PAGE, text, text) == text


def test_an_emptied_page_that_the_other_changed_clashes() -> None:
    answer = clash(PAGE, "", changed(("residents", "people")))
    assert answer.resolved([answer.mine]) == answer.mine


def test_texts_without_a_last_line_end_are_merged() -> None:
    assert merged("one\ntwo", "one\ntwo\nthree", "1\ntwo") == "1\ntwo\nthree"
    assert merged("one\ntwo a", "one\ntwo a\nthree", "one\n2 a") == "one\n2 a\nthree"


def test_a_page_with_other_line_ends_is_merged() -> None:
    base = PAGE.replace("\n", "\r\n")
    theirs, mine = base.replace("residents", "people"), base.replace("Tram", "Train")
    assert merged(base, theirs, mine) == theirs.replace("Tram", "Train")


def test_a_form_that_changed_the_line_ends_clashes_with_nothing() -> None:
    base = PAGE.replace("\n", "\r\n")
    theirs = base.replace("residents", "people").replace("it\r\n", "it\r\n- rest\r\n")
    text = merged(base, theirs, changed(("Tram", "Train")))
    expected = changed(("residents", "people"), ("Tram", "Train"), ("it\n", "it\n- rest\n"))
    assert text.replace("\r\n", "\n") == expected


def test_both_rewriting_the_whole_page_is_one_choice() -> None:
    answer = clash("one two\n", "red blue\n", "cat dog\n")
    assert len(answer.rows) == 1


def test_blanks_at_a_lines_end_clash_with_nothing() -> None:
    base = "one two.  \nthree four. \n"
    trimmed = "one two.\nthree four.\n"
    assert merged(base, base.replace("two", "2"), trimmed) == "one 2.\nthree four.\n"
    assert merged(base, base.replace(".  ", ".  **Note**"), trimmed) == (
        "one two.  **Note**\nthree four.\n"
    )
    assert merged(base, "one two. \nthree four. \n", trimmed) == "one two. \nthree four.\n"


def test_blanks_between_words_are_no_other_sentence() -> None:
    assert merged("one  two three", "one two three", "one  two 3") == "one two 3"
    assert merged("two.[^1] three", "two. [^1] three", "2.[^1] three") == "2. [^1] three"


def test_blanks_that_join_or_part_words_belong_to_the_sentence() -> None:
    clash("may be one two", "maybe one two", "may be one 2")
    clash("one two", "one two ", "one two   ")


def test_an_edit_of_a_paragraph_whose_copy_was_deleted_clashes() -> None:
    base = "Ask them first.\n\nAsk them first.\n\nThen write.\n"
    once = "Ask them first.\n\nThen write.\n"
    clash(base, once, "Ask us first.\n\nAsk them first.\n\nThen write.\n")
    clash(base, once, "Ask them first.\n\nAsk us first.\n\nThen write.\n")


def test_an_edit_of_a_paragraph_that_the_other_copied_clashes() -> None:
    copied = PAGE.replace("| Bus | 12 |\n", "| Bus | 12 |\n| Bus | 12 |\n")
    clash(PAGE, copied, changed(("| Bus | 12 |", "| Bus | 13 |")))


def test_two_clashes_in_one_paragraph_are_one_choice() -> None:
    base = "one two\nthree four\nfive six\n"
    answer = clash(base, "1 two\nthree 4\nfive 6\n", "one 2\nthree 4\n5 six\n")
    assert len(answer.rows) == 1


def test_two_clashes_in_two_paragraphs_or_items_are_two_choices() -> None:
    for between in ("\n\n", "\n- same\n- "):
        base = f"- one two{between}five six\n"
        theirs, mine = f"- 1 two{between}five 6\n", f"- one 2{between}5 six\n"
        assert len(clash(base, theirs, mine).choices) == 2


def test_rows_between_choices_hold_what_both_changed() -> None:
    theirs = changed(("residents", "people"), ("Bus | 12", "Bus | 13"), ("here", "now"))
    mine = changed(("residents", "citizens"), ("Tram | 30", "Tram | 31"), ("here", "soon"))
    answer = clash(PAGE, theirs, mine)
    assert [type(row) is Same for row in answer.rows] == [True, False, True, False]
    picked = answer.resolved([choice.theirs for choice in answer.choices])
    assert picked == theirs.replace("Tram | 30", "Tram | 31")


def test_an_own_text_without_a_line_end_gets_the_pages_line_end() -> None:
    answer = clash("one\n\ntwo\n", "1\n\ntwo\n", "eins\n\ntwo\n")
    assert answer.resolved(["uno"]) == "uno\n\ntwo\n"
    assert answer.resolved(["uno\n"]) == "uno\n\ntwo\n"
    assert answer.resolved([""]) == "\ntwo\n"
    windows = clash("one\r\n\r\ntwo\r\n", "1\r\n\r\ntwo\r\n", "eins\r\n\r\ntwo\r\n")
    assert windows.resolved(["uno"]) == "uno\r\n\r\ntwo\r\n"


def test_as_many_picks_as_choices_are_asked_for() -> None:
    answer = clash("one", "two", "three")
    with pytest.raises(ValueError, match="2 picks for 1 choices"):
        answer.resolved(["two", "three"])


def test_a_merge_says_which_lines_came_in() -> None:
    theirs = changed(
        ("owner: Ann", "owner: Bob"), ("- write a note\n", ""), ("make test\n", "make test\nrun\n")
    )
    answer = three_way(PAGE, theirs, changed(("residents", "people"), ("# Aims\n", "# Aims\n\n")))
    assert isinstance(answer, Merged)
    lines = answer.text.split("\n")
    assert [lines[part.start : part.end] for part in answer.incoming] == [
        ["owner: Bob"],
        [],
        ["run"],
    ]
    assert lines[answer.incoming[1].start] == "- publish it"


def test_two_changes_in_one_line_came_in_as_one() -> None:
    base = "one two. three four.\n\nend\n"
    answer = three_way(base, "1 two. 3 four.\n\nend\n", base.replace("end", "END"))
    assert isinstance(answer, Merged)
    assert answer.incoming == (Incoming(0, 1),)


def test_nothing_came_in_where_they_changed_nothing_else() -> None:
    assert three_way("one", "one", "two") == Merged("two", ())
    assert three_way("one", "two", "two") == Merged("two", ())
    assert three_way("one", "two", "one") == Merged("two", (Incoming(0, 1),))

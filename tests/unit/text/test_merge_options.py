"""What a clash offers to choose: whole lines that differ in nothing but what clashes."""

from wiki.text.merge import Clash, Options, three_way

LINE = "Alpha one. Beta two. Gamma three. Delta four.\n"


def options(base: str, theirs: str, mine: str) -> Options:
    answer = three_way(base, theirs, mine)
    assert isinstance(answer, Clash)
    (choice,) = answer.choices
    assert (answer.base, answer.theirs, answer.mine) == (base, theirs, mine)
    mirrored = three_way(base, mine, theirs)
    assert isinstance(mirrored, Clash)
    (swapped,) = mirrored.choices
    assert swapped.options == Options(
        choice.options.base, choice.options.mine, choice.options.theirs
    )
    return choice.options


def test_keeping_words_undoes_no_change_to_another_sentence() -> None:
    theirs = LINE.replace("one", "uno").replace("two", "due")
    mine = LINE.replace("one", "eins").replace("three", "drei")
    assert options(LINE, theirs, mine) == Options(
        "Alpha one. Beta due. Gamma drei. Delta four.\n",
        "Alpha uno. Beta due. Gamma drei. Delta four.\n",
        "Alpha eins. Beta due. Gamma drei. Delta four.\n",
    )


def test_a_sentence_put_in_and_one_taken_out_elsewhere_are_in_both() -> None:
    theirs = LINE.replace("one", "uno").replace(" Delta four.", "")
    mine = LINE.replace("one", "eins").replace("Gamma", "Now this. Gamma")
    assert options(LINE, theirs, mine) == Options(
        "Alpha one. Beta two. Now this. Gamma three.\n",
        "Alpha uno. Beta two. Now this. Gamma three.\n",
        "Alpha eins. Beta two. Now this. Gamma three.\n",
    )


def test_of_a_sentence_that_clashes_nothing_is_mixed() -> None:
    theirs = LINE.replace("Alpha one", "No Alpha one now")
    mine = LINE.replace("Alpha one", "Alpha two")
    offered = options(LINE, theirs, mine)
    assert (offered.base, offered.theirs, offered.mine) == (LINE, theirs, mine)


def test_two_sentences_of_a_line_that_clash_are_one_choice_around_what_is_agreed() -> None:
    theirs = LINE.replace("one", "uno").replace("two", "due").replace("four", "quattro")
    mine = LINE.replace("one", "eins").replace("three", "drei").replace("four", "vier")
    offered = options(LINE, theirs, mine)
    assert offered.theirs == "Alpha uno. Beta due. Gamma drei. Delta quattro.\n"
    assert offered.mine == "Alpha eins. Beta due. Gamma drei. Delta vier.\n"


def test_lines_between_two_clashes_of_a_paragraph_are_merged_in_both() -> None:
    base = "one two\nthree four. five six\nseven eight\n"
    theirs = base.replace("one", "1").replace("three", "3").replace("seven", "7")
    mine = base.replace("two", "2").replace("six", "6").replace("eight", "8")
    offered = options(base, theirs, mine)
    assert offered.theirs == "1 two\n3 four. five 6\n7 eight\n"
    assert offered.mine == "one 2\n3 four. five 6\nseven 8\n"


def test_the_same_change_of_both_is_in_both_and_no_longer_to_be_seen_as_one() -> None:
    theirs = LINE.replace("one", "uno").replace("two", "due")
    mine = LINE.replace("one", "eins").replace("two", "due")
    assert options(LINE, theirs, mine).base == LINE.replace("two", "due")


def test_a_deletion_of_all_is_kept_as_one_where_the_other_changed_one_sentence() -> None:
    offered = options(LINE, "", LINE.replace("two", "due"))
    assert offered == Options(LINE, "", LINE.replace("two", "due"))


def test_blanks_trimmed_at_the_end_of_a_line_that_clashes_are_trimmed_in_both() -> None:
    base = LINE.replace("four.\n", "four.  \n")
    theirs, mine = LINE.replace("one", "uno"), base.replace("one", "eins")
    offered = options(base, theirs, mine)
    assert (offered.theirs, offered.mine) == (theirs, LINE.replace("one", "eins"))

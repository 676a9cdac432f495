import pytest

from wiki.text.authorship import (
    Credit,
    Head,
    PlainMemory,
    Run,
    Span,
    Step,
    follow,
    packed_head,
    replay,
    spans,
    standing,
    unpacked_head,
)
from wiki.text.tokens import words

BUS = "The bus runs every ten minutes and stops at the old market. Children ride for nothing."
TREE = "Forty lime trees stand along the river. The council planted them in spring."
LAMP = "Lamps go out at midnight in most streets. Nobody complained last winter."
PAGE = f"# Our streets\n\n{BUS}\n\n{TREE}\n\n{LAMP}"


def followed(*texts: str, credit: tuple[Credit, ...] = ()) -> Step:
    """Return the last step over `texts`, the last of which takes `credit` in."""
    head, before, memory = Head(), "", PlainMemory()
    step = Step(head)
    for origin, text in enumerate(texts):
        taken = credit if origin == len(texts) - 1 else ()
        step = follow(head, before, text, origin, memory, taken)
        memory.keep(step.drawers)
        head, before = step.head, text
    return step


def of(origin: int, *texts: str) -> list[str]:
    """Return what the spans of `origin` say in the last text."""
    return [span.text.strip() for span in replay(texts) if span.origin == origin]


def test_a_word_put_in_belongs_to_the_revision_that_put_it_in() -> None:
    assert replay(["We plan parks.", "We plan green parks."]) == [
        Span("We plan ", 0),
        Span("green ", 1),
        Span("parks.", 0),
    ]


@pytest.mark.parametrize(
    "changed",
    [
        PAGE.upper(),
        PAGE.replace("old market", "**old** [market](https://town.example)").split("](")[0],
        PAGE.replace("# ", "## ").replace("lime", "*lime*").replace("ten", "`ten`"),
        PAGE.replace(" ", "\n"),
        PAGE.replace(" ", "  "),
        PAGE.replace("\n", "\r\n"),
        PAGE.replace(". ", ".\n\n"),
        PAGE.replace("\n\n", " "),
        f"{LAMP}\n\n{TREE}\n\n# Our streets\n\n{BUS}",
        "\n\n".join(["# Our streets", *(" ".join(p.split(". ")[::-1]) for p in (BUS, LAMP, TREE))]),
        "> " + PAGE.replace("\n", "\n> "),
        "- " + PAGE.replace(". ", ".\n- "),
    ],
)
def test_words_keep_their_author_when_only_their_looks_or_places_change(changed: str) -> None:
    assert replay([PAGE, changed]) == [Span(changed, 0)]


def test_what_was_blanked_and_restored_is_as_before() -> None:
    edited = PAGE.replace("old market", "new station")
    texts = [PAGE, edited, "", edited]
    assert replay(texts) == replay(texts[:2])


def test_undoing_an_edit_gives_the_words_back_and_doing_it_again_too() -> None:
    edited = PAGE.replace("Nobody complained", "Three people complained")
    assert replay([PAGE, edited, PAGE]) == [Span(PAGE, 0)]
    assert replay([PAGE, edited, PAGE, edited]) == replay([PAGE, edited])


def test_a_paragraph_dropped_long_ago_comes_back_with_its_author() -> None:
    without = PAGE.replace(TREE, "")
    later = [without + f"\n\nNote number {n} says something else again." for n in range(30)]
    assert replay([PAGE, *later, f"{without}\n\n{TREE}"]) == [Span(f"{without}\n\n{TREE}", 0)]


def test_a_passage_that_comes_back_edited_keeps_its_long_runs() -> None:
    long = (
        "Every street that crosses the river will get a lamp with a sensor so that nobody "
        "has to walk home in the dark after the last bus has gone to its depot."
    )
    back = long.replace("Every street", "Each lane").replace("its depot", "bed")
    texts = [f"{PAGE}\n\n{long}", PAGE, f"{PAGE}\n\nSome new beginning: {back}"]
    assert "that crosses the river will get a lamp" in of(0, *texts)[-1]
    assert of(2, *texts) == ["Some new beginning: Each lane", "bed."]


def test_a_sentence_written_anew_takes_no_little_words_from_the_one_it_replaced() -> None:
    new = "For a start we will ask the schools which of the paths are dangerous."
    assert of(1, f"{PAGE}\n\nMost of the money for this is in the budget.", f"{PAGE}\n\n{new}") == [
        new
    ]


def test_a_lone_common_word_is_no_return() -> None:
    texts = [f"{PAGE}\n\nand", PAGE, f"{PAGE}\n\nQuite other things.\n\nand"]
    assert of(2, *texts) == ["Quite other things.\n\nand"]


def test_a_page_of_one_common_word_comes_back() -> None:
    assert replay(["a", "", "a"]) == [Span("a", 0)]


def test_common_words_come_back_beside_passages_that_do() -> None:
    page = f"{PAGE}\n\nto do\n\nand"
    assert replay([page, "gone", page]) == [Span(page, 0)]


def test_a_moved_and_edited_sentence_keeps_its_words() -> None:
    moved = "\n\n".join(
        ["# Our streets", TREE.replace("Forty lime", "Fifty young lime"), LAMP, BUS]
    )
    assert of(1, PAGE, moved) == ["Fifty young"]


def test_a_run_of_words_moved_into_a_new_sentence_keeps_its_author() -> None:
    text = PAGE.replace(" stops at the old market.", " waits.") + (
        "\n\nOur next idea concerns whatever else stops at the old market these days, cars for one."
    )
    assert "stops at the old market" in of(0, PAGE, text)


def filling(name: str) -> str:
    return " ".join(f"{name}filling{number}" for number in range(12))


def test_a_few_words_in_a_row_that_moved_far_keep_their_author() -> None:
    pond, tree = "benches stand beside every pond", "swings hang from the oldest trees"
    before = f"{filling('a')} {pond} {filling('b')}.\n\n{TREE}\n\n{filling('c')} {tree}."
    after = f"{filling('d')} {tree} {filling('e')}.\n\n{TREE}\n\n{pond} {filling('f')}."
    assert of(0, before, after) == [tree, f"{TREE}\n\n{pond}"]


def test_words_that_moved_are_taken_once() -> None:
    pond = "benches stand beside every pond"
    before = f"{filling('a')} {pond} {filling('b')}.\n\n{TREE}"
    after = f"{TREE}\n\n{filling('d')} {pond}.\n\n{filling('e')} {pond} {filling('f')}."
    assert of(0, before, after) == [f"{TREE}", f"{pond}."]


def test_a_copy_of_what_stands_belongs_to_who_copied_it() -> None:
    assert of(1, PAGE, f"{PAGE}\n\n{TREE}") == [TREE]
    texts = [PAGE, LAMP, PAGE, f"{PAGE}\n\n{TREE}"]
    assert of(3, *texts) == [TREE]


def test_a_long_run_copied_from_what_stands_belongs_to_who_copied_it() -> None:
    long = "So the town pays for all of the lamps on both of the banks of our river"
    page = f"{PAGE}\n\n{long}."
    texts = [page, PAGE, page, f"{page}\n\nAnd now another thing: {long} and more of that."]
    assert long in of(3, *texts)[0]


def test_each_of_two_equal_paragraphs_comes_back_to_its_own_author() -> None:
    texts = [PAGE, f"{PAGE}\n\n{TREE}", "", f"{PAGE}\n\n{TREE}"]
    assert replay(texts) == replay(texts[:2])
    texts = [PAGE, f"{PAGE}\n\n{TREE}", PAGE, f"{PAGE}\n\n{TREE}", "", f"{PAGE}\n\n{TREE}"]
    assert replay(texts) == replay(texts[:2])


def test_a_heading_that_came_and_went_in_two_copies_is_remembered_twice() -> None:
    texts = [
        "Summary\n\n" + BUS,
        "Summary\n\n" + BUS + "\n\nSummary",
        BUS,
        "",
        "Summary\n\nSummary",
    ]
    assert [span.origin for span in replay(texts)] == [0, 1]


def test_blanks_and_symbols_go_with_a_neighbour() -> None:
    assert [span.text for span in replay(["One two.", "One two. (Three) **four**"])] == [
        "One two. ",
        "(Three) **four**",
    ]
    assert [span.text for span in replay(["One", "One\n\n## Two\n\nthree"])] == [
        "One\n\n",
        "## Two\n\nthree",
    ]
    assert [span.text for span in replay(["one/three", "one/two/three"])] == [
        "one/",
        "two/",
        "three",
    ]


@pytest.mark.parametrize("text", ["", " \n\t\n ", "🎉🎉", "---\n***\n"])
def test_a_text_without_words_belongs_to_the_revision_that_brought_it(text: str) -> None:
    assert replay(["Words.", text]) == ([Span(text, 1)] if text else [])


def test_no_texts_have_no_spans() -> None:
    assert replay([]) == []


def test_french_and_chinese_are_followed_word_by_word() -> None:
    french = "L’été, nous écouterons les élèves. Les parents s’inscrivent à l’école."  # noqa: RUF001
    assert of(1, french, french.replace("élèves", "professeurs")) == ["professeurs."]
    decomposed = french.replace("é", "e\u0301")
    assert replay([french, decomposed]) == [Span(decomposed, 0)]
    chinese = "我们将在春天种树。河边有四十棵树。"
    assert of(1, chinese, chinese.replace("春天", "秋天")) == ["秋"]
    assert replay([chinese, "河边有四十棵树。我们将在春天种树。"]) == [
        Span("河边有四十棵树。我们将在春天种树。", 0)
    ]


def test_tables_lists_code_and_fields_are_followed() -> None:
    page = (
        "---\ntitle: Streets\nowner: a@town.example\n---\n| Street | Lamps |\n| --- | --- |\n"
        "| Mill Lane | 14 |\n| Park Road | 9 |\n\n- benches\n- bins\n\n"
        "```\nlet lamps = count(road)\n```\n"
    )
    edited = (
        page.replace("14", "15").replace("- bins", "- bins\n- swings").replace("road)", "lane)")
    )
    assert [words(said) for said in of(1, page, edited)] == [["15"], ["swings"], ["lane"]]


def test_an_accepted_passage_is_credited_to_who_wrote_it() -> None:
    text = f"{PAGE}\n\nPlease add two benches, said Ann. Indeed we should."
    step = followed(PAGE, text, credit=(Credit("add two benches, said Ann", 77),))
    said = {span.origin: span.text.strip() for span in spans(step.head, text)}
    assert said[77] == "add two benches, said Ann."
    assert (step.credited, step.written) == ({77: 5}, 4)


def test_a_credit_takes_nothing_that_stood_or_came_back() -> None:
    step = followed(PAGE, "", PAGE, credit=(Credit(PAGE, 77),))
    assert (step.credited, step.written) == ({}, 0)
    assert step.restored == {0: 43}


def test_a_step_counts_what_was_written_removed_and_restored() -> None:
    edited = PAGE.replace("Nobody complained", "Three people complained")
    assert followed(PAGE).written == 43
    step = followed(PAGE, edited)
    assert (step.written, step.removed, step.restored) == (2, {0: 1}, {})
    step = followed(PAGE, edited, PAGE)
    assert (step.written, step.removed, step.restored) == (0, {1: 2}, {0: 1})


def test_standing_words_are_those_that_the_page_counts() -> None:
    before = (
        "---\ntitle: Don't count these\n---\nIt <b>isn't</b> [far](https://town.example/far).\n"
    )
    text = before + "Co-draft 1,000.50 https://town.example/a/b words\n"
    step = followed(before, text)
    assert standing(step.head, before + "Co-draft 1,000.50 https://town.example/a/b words\n") == {
        0: 3,
        1: 4,
    }
    assert step.written == 4
    assert followed("x", before).written == 3


def test_a_head_is_the_same_after_it_was_packed() -> None:
    head = Head((3, 0, 300), (Run(2, 5), Run(300, 4_000_000), Run(1, 5)), 9, 4)
    assert unpacked_head(packed_head(head)) == head
    assert unpacked_head(packed_head(Head())) == Head()


def test_a_head_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="version"):
        unpacked_head(b"\x63" + packed_head(Head())[1:])


def test_a_head_is_read_with_its_own_text_only() -> None:
    step = followed(PAGE)
    for other in ("", f"{PAGE} more", PAGE.replace("\n\n", " ") + " more"):
        with pytest.raises(ValueError, match="text"):
            spans(step.head, other)
        with pytest.raises(ValueError, match="text"):
            standing(step.head, other)
        with pytest.raises(ValueError, match="text"):
            follow(step.head, other, "new", 1, PlainMemory())

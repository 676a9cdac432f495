import random

import pytest

from wiki.text.comparison import Block, Comparison, compare_pages
from wiki.text.comparison.values import Run


def statuses(comparison: Comparison) -> list[str]:
    return [block.status for block in comparison.blocks if block.status != "same"]


def only_change(old: str, new: str) -> Block:
    comparison = compare_pages(old, new)
    assert len(comparison.changes) == 1
    (block,) = comparison.changes[0].blocks
    return block


def marked(block: Block) -> str:
    signs = {"keep": "{}", "delete": "[-{}-]", "insert": "[+{}+]"}
    return "".join(signs[run.kind].format(run.text) for run in block.runs)


def test_paragraphs_moved_from_two_places_are_two_changes() -> None:
    long = [
        f"Paragraph {n} {word} is of some length and stands on its own.\n\n"
        for n, word in enumerate(["bus", "train", "boat", "bike", "tram", "foot", "road", "rail"])
    ]
    new = [*long[1:4], *long[5:], long[0], long[4]]
    comparison = compare_pages("".join(long), "".join(new))
    assert [change.kind for change in comparison.changes] == ["moved", "moved"]


def test_a_page_edited_in_every_paragraph_keeps_its_paragraphs_together() -> None:
    nouns = ["bus", "train", "boat", "bike", "tram", "road"]
    lines = [f"The {a} near the {b} will be mended by the council." for a in nouns for b in nouns]
    new = [line.replace("mended", "repaired") for line in lines]
    comparison = compare_pages("\n\n".join(lines), "\n\n".join(new))
    assert set(statuses(comparison)) == {"changed"}
    for block in comparison.blocks:
        assert block.old
        assert block.new
        assert block.old.first_line == block.new.first_line


def test_two_short_words_between_long_changes_are_marked_with_them() -> None:
    rest = " and that is how things will stay for the whole of the coming year."
    block = only_change(
        "Every single bus of the old market square" + rest,
        "All new boats of the green river bank" + rest,
    )
    assert len([run for run in block.runs if run.kind != "keep"]) == 2


def test_an_inner_list_item_renders_without_its_indent() -> None:
    old = "- outer\n    - inner item here\n"
    block = only_change(old, old.replace("inner item", "inmost item"))
    assert block.new
    assert block.new.source == "- inmost item here"


def test_the_padding_of_a_table_row_is_no_change_of_words() -> None:
    old = "| a | b |\n| --- | --- |\n| one    | two    | three\n"
    block = only_change(old, old.replace("one    | two ", "one  | twelve "))
    assert marked(block) == "| one  | [-two-][+twelve+]    | three"


def test_two_moved_paragraphs_are_one_change() -> None:
    first, second = (
        f"Here stands a {n} paragraph of quite some length.\n\n" for n in ("1st", "2nd")
    )
    rest = "".join(f"Nothing happens to paragraph number {n}, as you see.\n\n" for n in range(5))
    comparison = compare_pages(first + second + rest, rest + first + second)
    assert [change.kind for change in comparison.changes] == ["moved"]
    assert len(comparison.changes[0].blocks) == 2


def test_a_short_line_elsewhere_is_no_move() -> None:
    rest = "A long paragraph that stays where it is and keeps everything else in place.\n"
    comparison = compare_pages(f"Note\n\n{rest}", f"{rest}\nNote\n")
    assert statuses(comparison) == ["removed", "added"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We act now.", "We **act** now."),
        ("We act now.", "We _act_ now."),
        ("## Our aims", "### Our aims"),
        ("Our aims\n===", "# Our aims"),
        ("* one thing", "- one thing"),
        ("1. one thing", "2. one thing"),
        ("> quoted words", "quoted words"),
        ("some `code` here", "some code here"),
        ("a [TODO] here", "a \\[TODO\\] here"),
        ("one line\nof text", "one line of text"),
        ("line<BR>line", "line<br>line"),
        ("| a | b |\n|---|---|", "a   | b\n:-- | ---"),
    ],
)
def test_the_same_words_in_other_marks_are_a_change_of_formatting(old: str, new: str) -> None:
    block = only_change(old, new)
    assert block.status == "formatting"
    assert block.formatting in ("marks", "spacing")
    assert (block.words_inserted, block.words_deleted) == (0, 0)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- [ ] ask", "- [x] ask"),
        ("see [aims](one)", "see [aims](two)"),
        ("We act.", "We act!"),
        ("2 * 3 = 6", "2 3 = 6"),
        ("file_name", "filename"),
        ("We Act", "we act"),
        ("```\na  b\n```", "```\na b\n```"),
    ],
)
def test_what_may_matter_is_more_than_formatting(old: str, new: str) -> None:
    assert only_change(old, new).status == "changed"


def test_a_split_elsewhere_does_not_hide_an_edit_beside_it() -> None:
    old = "First words. Second words.\n\nThird words stay as they were.\n"
    new = "First words.\n\nSecond words.\n\nThird words are as they were.\n"
    assert statuses(compare_pages(old, new)) == ["formatting", "changed"]


def test_an_unlike_paragraph_is_removed_and_added_not_changed() -> None:
    old = "Buses leave the market square every quarter of an hour on working days.\n"
    new = "Libraries lend tools, seeds and board games to anybody with a card.\n"
    assert statuses(compare_pages(old, new)) == ["removed", "added"]


def test_a_whole_page_replaced_is_one_change_in_each_section() -> None:
    old = "# Old\n\nBuses leave the market square often.\n"
    new = "# Brand new\n\nLibraries lend tools and seeds.\n"
    comparison = compare_pages(old, new)
    assert comparison.words_deleted == 7
    assert comparison.words_inserted == 7


def test_a_section_title_is_said_without_its_link() -> None:
    old = "## [Aims](https://example.org) and **hopes**\n\nOne sentence stands here.\n"
    block = only_change(old, old.replace("One", "A"))
    assert block.section.title == "Aims and hopes"


def test_unchanged_blocks_far_from_a_change_are_folded() -> None:
    old = "".join(f"Paragraph number {n} of this page.\n\n" for n in range(12))
    comparison = compare_pages(old, old.replace("number 6", "no. 6"))
    assert [(s.is_folded, len(s.blocks)) for s in comparison.stretches] == [
        (True, 4),
        (False, 5),
        (True, 3),
    ]


def test_side_by_side_puts_removed_beside_added() -> None:
    old = "Same words here.\n\nBuses leave the market square every hour.\n"
    new = "Same words here.\n\nLibraries lend tools and seeds to you.\n"
    (stretch,) = compare_pages(old, new).stretches
    same, replaced = stretch.rows
    assert same.left is same.right
    assert replaced.left
    assert replaced.right
    assert (replaced.left.status, replaced.right.status) == ("removed", "added")


def test_link_definitions_are_given_for_rendering() -> None:
    page = "See [aims][1].\n\n[1]: https://example.org/aims\n"
    comparison = compare_pages(page, page.replace("See", "Read"))
    assert comparison.new_definitions == "[1]: https://example.org/aims"


@pytest.mark.parametrize(
    ("old", "new", "runs"),
    [
        ("ok 👍🏽 then", "ok 👍🏿 then", ("👍🏽", "👍🏿")),
        ("تكتب اللجنة التقرير", "تكتب الإدارة التقرير", ("اللجنة", "الإدارة")),
        ("שלום לכל העולם", "שלום לכל הארץ", ("העולם", "הארץ")),
        ("un cafe noir", "un cafe\u0301 noir", ("cafe", "cafe\u0301")),
    ],
)
def test_words_of_any_script_are_marked_whole(old: str, new: str, runs: tuple[str, str]) -> None:
    changed = [run.text for run in only_change(old, new).runs if run.kind != "keep"]
    assert tuple(changed) == runs


def test_a_short_word_between_two_changes_is_marked_with_them() -> None:
    block = only_change("They met in Spring at noon.", "They came in March at noon.")
    assert marked(block) == "They [-met in Spring-][+came in March+] at noon."


def test_runs_end_at_line_ends() -> None:
    block = only_change("one two\nthree four\n", "one six\nseven four\n")
    assert all("\n" not in run.text[:-1] for run in block.runs)
    assert Run("insert", "seven", 13, 8) in block.runs


def test_a_very_long_line_is_compared() -> None:
    words = random.Random(1).choices(["budget", "street", "bus", "town"], k=150_000)  # noqa: S311 - repeatable
    old = " ".join(words)
    block = only_change(old, " ".join([*words[:70_000], "new", "words", *words[70_000:]]))
    assert block.words_inserted == 2


def test_a_list_of_thousands_of_items_is_compared() -> None:
    old = "".join(f"- item number {n}\n" for n in range(5_000))
    assert only_change(old, old.replace("number 2500\n", "number 2500 again\n")).kind == "item"

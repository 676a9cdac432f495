import random

import pytest

from wiki.text.comparison import Block, Comparison, compare_pages
from wiki.text.comparison.values import Run

PAGE = """---
title: Aims
tags: buses, trains
---
# Aims

We want to hear from every resident of the town before we decide anything.

This paragraph stands near the top and says something that nothing else says.

- buses run late
- trains run on time
- boats are still new here

## Costs

| What | Pounds |
| --- | --- |
| Buses | 12 |
| Trains | 30 |

```python
budget = 1

rest = 2
```

Last words stand here. They are the end of the page.
"""


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


def test_a_page_compared_with_itself_is_one_folded_stretch() -> None:
    comparison = compare_pages(PAGE, PAGE)
    assert comparison.changes == ()
    assert [stretch.is_folded for stretch in comparison.stretches] == [True]
    assert not comparison.differs_in_spacing_only


def test_a_changed_word_is_marked_in_its_paragraph() -> None:
    block = only_change(PAGE, PAGE.replace("every resident", "each resident"))
    assert block.status == "changed"
    assert marked(block).startswith("We want to hear from [-every-][+each+] resident of")
    assert (block.words_inserted, block.words_deleted) == (1, 1)


def test_a_run_knows_its_place_in_both_texts() -> None:
    new = PAGE.replace("every resident", "each resident").replace("title: Aims", "title: Our aims")
    runs = [run for block in compare_pages(PAGE, new).blocks for run in block.runs]
    for run in runs:
        if run.kind != "insert":
            assert PAGE[run.old_at : run.old_at + len(run.text)] == run.text
        if run.kind != "delete":
            assert new[run.new_at : run.new_at + len(run.text)] == run.text


def test_a_changed_list_item_leaves_the_rest_of_its_list_alone() -> None:
    block = only_change(PAGE, PAGE.replace("trains run on", "trains mostly run on"))
    assert (block.kind, marked(block)) == ("item", "- trains [+mostly +]run on time")


def test_a_changed_cell_leaves_the_rest_of_its_table_alone() -> None:
    block = only_change(PAGE, PAGE.replace("| Trains | 30 |", "| Trains | 33 |"))
    assert (block.kind, marked(block)) == ("row", "| Trains | [-30-][+33+] |")


def test_a_table_row_renders_under_the_head_of_its_table() -> None:
    block = only_change(PAGE, PAGE.replace("| Trains | 30 |", "| Trains | 33 |"))
    assert block.new
    assert block.new.source == "| What | Pounds |\n| --- | --- |\n| Trains | 33 |"


def test_an_inner_list_item_renders_without_its_indent() -> None:
    old = "- outer\n    - inner item here\n"
    block = only_change(old, old.replace("inner item", "inmost item"))
    assert block.new
    assert block.new.source == "- inmost item here"


def test_the_padding_of_a_table_row_is_no_change_of_words() -> None:
    old = "| a | b |\n| --- | --- |\n| one    | two    | three\n"
    block = only_change(old, old.replace("one    | two ", "one  | twelve "))
    assert marked(block) == "| one  | [-two-][+twelve+]    | three"


def test_a_code_block_is_kept_whole_over_its_empty_lines() -> None:
    block = only_change(PAGE, PAGE.replace("rest = 2", "rest = 3"))
    assert block.kind == "code"
    assert marked(block) == "```python\nbudget = 1\n\nrest = [-2-][+3+]\n```"


def test_front_matter_is_compared_field_by_field() -> None:
    block = only_change(PAGE, PAGE.replace("buses, trains", "buses, boats"))
    assert (block.kind, marked(block)) == ("field", "tags: buses, [-trains-][+boats+]")
    assert (block.old and block.old.first_line, block.section.title) == (3, "")


def test_a_renamed_field_value_is_a_changed_field_however_different() -> None:
    block = only_change(PAGE, PAGE.replace("title: Aims", "title: Everything else entirely"))
    assert block.status == "changed"


def test_a_changed_heading_is_one_changed_block_of_the_new_section() -> None:
    block = only_change(PAGE, PAGE.replace("## Costs", "## Prices"))
    assert marked(block) == "## [-Costs-][+Prices+]"
    assert (block.section.title, block.section.level, block.section.line) == ("Prices", 2, 15)


def test_a_moved_paragraph_is_said_to_have_moved() -> None:
    paragraph = "This paragraph stands near the top and says something that nothing else says.\n\n"
    comparison = compare_pages(PAGE, PAGE.replace(paragraph, "") + "\n" + paragraph)
    left, moved = (b for b in comparison.blocks if b.status in ("moved", "moved_away"))
    assert (left.status, moved.status) == ("moved_away", "moved")
    assert (left.counterpart, moved.counterpart) == (moved.number, left.number)
    assert moved.old
    assert moved.new
    assert (moved.old.first_line, moved.new.first_line) == (9, 28)
    assert left.change == moved.change == 1
    assert not moved.is_edited
    assert (comparison.words_inserted, comparison.words_deleted) == (0, 0)


def test_a_moved_and_edited_paragraph_shows_its_words() -> None:
    paragraph = "This paragraph stands near the top and says something that nothing else says.\n\n"
    edited = paragraph.replace("near the top", "at the end")
    comparison = compare_pages(PAGE, PAGE.replace(paragraph, "") + "\n" + edited)
    (moved,) = (block for block in comparison.blocks if block.status == "moved")
    assert "[-near the top-][+at the end+]" in marked(moved)


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


def test_a_split_paragraph_is_a_change_of_formatting() -> None:
    block = only_change(PAGE, PAGE.replace("here. They", "here.\n\nThey"))
    assert (block.status, block.formatting) == ("formatting", "split")
    assert block.new
    assert block.new.source == "Last words stand here.\n\nThey are the end of the page."
    assert (block.new.first_line, block.new.last_line) == (28, 30)


def test_joined_paragraphs_are_a_change_of_formatting() -> None:
    split = PAGE.replace("here. They", "here.\n\nThey")
    assert only_change(split, PAGE).formatting == "joined"


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


def test_a_first_text_is_all_added() -> None:
    comparison = compare_pages("", PAGE)
    assert set(statuses(comparison)) == {"added"}
    assert comparison.words_deleted == 0


def test_an_emptied_page_is_all_removed_under_its_old_headings() -> None:
    comparison = compare_pages(PAGE, "")
    assert set(statuses(comparison)) == {"removed"}
    assert [section.title for section in comparison.sections] == ["", "Aims", "Costs"]
    assert all(section.is_removed for section in comparison.sections[1:])


def test_changes_are_numbered_and_their_sections_named() -> None:
    new = PAGE.replace("every", "each").replace("| 12 |", "| 14 |").replace("Last", "Final")
    comparison = compare_pages(PAGE, new)
    assert [(c.number, c.section.title) for c in comparison.changes] == [
        (1, "Aims"),
        (2, "Costs"),
        (3, "Costs"),
    ]
    assert [section.title for section in comparison.sections] == ["Aims", "Costs"]


def test_neighbouring_changed_items_are_one_change_and_paragraphs_two() -> None:
    items = PAGE.replace("buses run late", "buses run early").replace("run on time", "run late")
    assert len(compare_pages(PAGE, items).changes) == 1
    paragraphs = PAGE.replace("every", "each").replace("near the top", "near the middle")
    assert len(compare_pages(PAGE, paragraphs).changes) == 2


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


def test_line_ends_of_another_system_are_no_change() -> None:
    comparison = compare_pages(PAGE.replace("\n", "\r\n"), PAGE)
    assert comparison.changes == ()
    assert not comparison.differs_in_spacing_only


def test_a_difference_in_empty_lines_only_is_said() -> None:
    comparison = compare_pages(PAGE, PAGE.replace("\n\n## Costs", "\n\n\n## Costs"))
    assert comparison.changes == ()
    assert comparison.differs_in_spacing_only


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

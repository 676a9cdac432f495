from wiki.text.comparison import Block, Comparison, compare_pages

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


def test_a_split_paragraph_is_a_change_of_formatting() -> None:
    block = only_change(PAGE, PAGE.replace("here. They", "here.\n\nThey"))
    assert (block.status, block.formatting) == ("formatting", "split")
    assert block.new
    assert block.new.source == "Last words stand here.\n\nThey are the end of the page."
    assert (block.new.first_line, block.new.last_line) == (28, 30)


def test_joined_paragraphs_are_a_change_of_formatting() -> None:
    split = PAGE.replace("here. They", "here.\n\nThey")
    assert only_change(split, PAGE).formatting == "joined"


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


def test_line_ends_of_another_system_are_no_change() -> None:
    comparison = compare_pages(PAGE.replace("\n", "\r\n"), PAGE)
    assert comparison.changes == ()
    assert not comparison.differs_in_spacing_only


def test_a_difference_in_empty_lines_only_is_said() -> None:
    comparison = compare_pages(PAGE, PAGE.replace("\n\n## Costs", "\n\n\n## Costs"))
    assert comparison.changes == ()
    assert comparison.differs_in_spacing_only

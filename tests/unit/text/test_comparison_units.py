"""What a comparison takes for one unit, and which units it takes for each other."""

import pytest

from wiki.text.comparison import Block, compare_pages


def statuses(old: str, new: str) -> list[str]:
    return [block.status for block in compare_pages(old, new).blocks]


def only_change(old: str, new: str) -> Block:
    comparison = compare_pages(old, new)
    assert len(comparison.changes) == 1
    (block,) = comparison.changes[0].blocks
    return block


@pytest.mark.parametrize(
    ("old", "kind", "text"),
    [
        ("Intro.\n\n    a = 1\n\n    b = 2\n\nWords.\n", "code", "    a = 3\n\n    b = 2"),
        ("    a = 1\nWords.\n", "code", "    a = 3"),
        ("    a = 1\n\n", "code", "    a = 3"),
        ("```\na = 1\n\nb = 2\n", "code", "```\na = 3\n\nb = 2"),
        ("---\ntitle: Aims\n\norder: 1\n---\nWords.\n", "field", "order: 3"),
        ("---\nPart 1\n---\nWords.\n", "heading", "Part 3\n---"),
        ("this | 1\nor that\n", "paragraph", "this | 3\nor that"),
    ],
)
def test_a_unit_ends_where_a_reader_sees_it_end(old: str, kind: str, text: str) -> None:
    block = only_change(old, old.replace("1", "3"))
    assert block.new
    assert (block.status, block.kind, block.new.text) == ("changed", kind, text)


def test_another_kind_of_rule_is_a_change_of_formatting() -> None:
    assert only_change("One.\n\n---\n\nTwo.\n", "One.\n\n***\n\nTwo.\n").status == "formatting"


def test_a_rule_never_becomes_words() -> None:
    old, new = "One.\n\n---\n\nTwo.\n", "One.\n\nRule here.\n\nTwo.\n"
    assert statuses(old, new) == ["same", "removed", "added", "same"]


def test_headings_without_words_do_not_say_the_same() -> None:
    assert only_change("#\n\nWords.\n", "##\n\nWords.\n").status == "changed"


def test_a_heading_without_words_is_like_no_other() -> None:
    old = "#\n"
    new = "# Here stands a heading with more than six words\n\nAnd words below it.\n"
    assert statuses(old, new) == ["removed", "added", "added"]


def test_a_paragraph_split_in_three_is_one_change_of_formatting() -> None:
    new = "One is here.\n\nTwo is here.\n\nThree is here.\n"
    block = only_change(new.replace("\n\n", " "), new)
    assert (block.status, block.formatting) == ("formatting", "split")


def test_paragraphs_are_joined_on_a_page_that_grew() -> None:
    old = "First words.\n\nSecond words.\n\nThis stays.\n"
    new = "First words. Second words.\n\nThis stays.\n\nNew here.\n\nNewer here.\n"
    assert statuses(old, new) == ["formatting", "same", "added", "added"]


def test_what_stands_in_the_old_place_of_a_moved_paragraph_is_added() -> None:
    moves = "This paragraph will move from the middle to the end.\n\n"
    rest = [f"Paragraph number {n} stays exactly where it has always been.\n\n" for n in range(4)]
    old = "".join([rest[0], moves, *rest[1:], "Old words.\n"])
    new = "".join([rest[0], "Brand new.\n\n", *rest[1:], "New words.\n\n", moves])
    assert statuses(old, new) == [
        *("same", "moved_away", "added", "same", "same", "same", "changed", "moved"),
    ]


def test_short_lines_have_moved_where_they_moved_together() -> None:
    long = f"{'This long paragraph keeps its place. ' * 3}\n\n"
    bus, train, new = "Bus notes here.\n\n", "Train notes there.\n\n", "Something new.\n\n"
    assert statuses(bus + train + long, long + bus + train).count("moved") == 2
    assert "moved" not in statuses(bus + train + long, long + bus + new + train)


def test_the_runs_of_a_side_are_its_text() -> None:
    old = "We want to hear from every resident of the town."
    new = "We hope to hear from each resident of the old town."
    block = only_change(old, new)
    assert "".join(run.text for run in block.old_runs) == old
    assert "".join(run.text for run in block.new_runs) == new

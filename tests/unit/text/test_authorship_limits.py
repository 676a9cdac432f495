"""What bounds the engine: large, repetitive and hostile texts, and drawers that fill up."""

import random

from tests.histories import Writer, written
from wiki.text.authorship import Head, PlainMemory, Span, Step, follow, packed_head, replay
from wiki.text.authorship.aligning import align
from wiki.text.authorship.drawers import FULL, Chest
from wiki.text.tokens import words


def changed(before: str, text: str) -> Step:
    first = follow(Head(), "", before, 1, PlainMemory())
    return follow(first.head, before, text, 2, PlainMemory())


def prose(seed: int, paragraphs: int) -> str:
    writer = Writer(seed)
    return written([writer.paragraph() for _ in range(paragraphs)])


def test_a_page_of_equal_lines_keeps_its_author_around_a_new_line() -> None:
    before, text = (
        "Same line.\n" * 20_000,
        "Same line.\n" * 9000 + "Other!\n" + "Same line.\n" * 11_000,
    )
    assert [span.text for span in replay([before, text]) if span.origin == 1] == ["Other!\n"]


def test_equal_paragraphs_without_end_come_back_after_blanking() -> None:
    text = "Same words here.\n\n" * 500
    assert replay([text, "", text]) == [Span(text, 0)]


def test_one_long_line_cut_in_two_and_put_together_again_keeps_its_author() -> None:
    line = prose(1, 300).replace("\n\n", " ").replace(".", "")
    half = len(line) // 2 + line[len(line) // 2 :].index(" ")
    turned = f"{line[half + 1 :]} {line[:half]}"
    found = replay([line, turned])
    assert sum(len(words(span.text)) for span in found if span.origin == 0) == len(words(line))


def test_a_small_edit_of_a_long_line_puts_little_into_memory() -> None:
    line = prose(2, 100).replace("\n\n", " ").replace(".", "")
    at = line.index(" ", len(line) // 2)
    step = changed(line, f"{line[:at]} inserted{line[at:]}")
    assert step.written == 1
    assert sum(map(len, step.drawers.values())) < 1000


def test_a_page_written_anew_beyond_the_limit_is_said_to_be_coarse() -> None:
    dice = random.Random(1)  # noqa: S311  # no secret
    known = [f"word{n}" for n in range(200)]
    texts = [" ".join(dice.choices(known, k=20_000)) for _ in range(2)]
    assert changed(*texts).is_coarse
    assert not changed(*(text[:20_000] for text in texts)).is_coarse


def test_hostile_repetition_is_followed_in_bounds() -> None:
    step = changed("ab cd " * 20_000, "cd cd ab " * 15_000)
    assert step.is_coarse
    assert len(packed_head(step.head)) < 1000
    assert changed("word " * 30_000, "word " * 35_000).written == 5000


def test_the_head_of_an_edited_page_is_small_beside_its_text() -> None:
    text = prose(3, 60)
    edited = text
    step = follow(Head(), "", text, 0, PlainMemory())
    for number in range(1, 60):
        at = edited.index(" ", number * len(edited) // 61)
        edited, last = f"{edited[:at]} extra{number}{edited[at:]}", edited
        step = follow(step.head, last, edited, number, PlainMemory())
    assert len(packed_head(step.head)) < 0.05 * len(edited)


def test_words_past_the_limit_are_cut_where_single_ones_agree() -> None:
    old, new = "abcdXabdcYabcd", "badcXdcbaYdbca"
    found = align(old, new, 20)
    assert not found.is_coarse
    assert {(4, 4, 1), (9, 9, 1)} <= {(i + n, j + n, 1) for i, j, k in found.runs for n in range(k)}
    assert align("abba" * 9, "baab" * 9, 20).is_coarse


def test_an_alignment_of_what_shares_nothing_is_empty() -> None:
    assert align("abc", "xyz").runs == []
    assert align("", "xyz").runs == []


def test_drawers_are_added_as_they_fill_and_lose_nothing() -> None:
    dice = random.Random(2)  # noqa: S311  # no secret
    memory, entries = PlainMemory(), 0
    kept: dict[int, bytes] = {}
    for _ in range(40):
        chest = Chest(memory, entries)
        given = {dice.getrandbits(64): dice.randbytes(dice.choice((5, 200))) for _ in range(40)}
        chest.put(given)
        kept.update(given)
        memory.keep(chest.changed())
        entries = chest.entries
    assert entries == len(kept) == 1600
    assert len(memory.rows) == 1 + 1600 // FULL
    assert Chest(memory, entries).find(kept) == kept
    assert Chest(memory, entries).find([1, 2, 3]) == {}


def test_a_save_asks_for_few_drawers_however_many_there_are() -> None:
    asked: list[int] = []

    class Watched(PlainMemory):
        def drawers(self, numbers):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            asked.append(len(numbers))
            return super().drawers(numbers)

    memory = Watched()
    text = prose(4, 200)
    first = follow(Head(), "", text, 0, memory)
    assert asked == []
    second = follow(first.head, text, "short", 1, memory)
    memory.keep(second.drawers)
    assert len(memory.rows) > 40
    asked.clear()
    follow(second.head, "short", "A sentence of a few words.", 2, memory)
    assert len(asked) <= 3
    assert sum(asked) < 12

# ruff: noqa: RUF001 - letters of several scripts are what is tested
import random

import pytest

from wiki.text.diff import Hunk, compare
from wiki.text.engine import BEST, FAST, REFERENCE, Engine, Operation
from wiki.text.matching import match


def changes(old: str, new: str) -> list[tuple[str, str]]:
    return [(hunk.old, hunk.new) for hunk in compare(old, new) if hunk.kind != "equal"]


def test_a_changed_word_is_one_hunk_with_its_places() -> None:
    assert compare("Staff must answer.", "Staff should answer.") == [
        Hunk("equal", 0, 0, "Staff ", "Staff "),
        Hunk("replace", 6, 6, "must", "should"),
        Hunk("equal", 10, 12, " answer.", " answer."),
    ]


def test_the_same_text_is_one_equal_hunk() -> None:
    assert compare("Same\n", "Same\n") == [Hunk("equal", 0, 0, "Same\n", "Same\n")]


def test_nothing_compared_with_nothing_has_no_hunks() -> None:
    assert compare("", "") == []


def test_a_first_text_is_one_insertion() -> None:
    assert compare("", "Aims\n") == [Hunk("insert", 0, 0, "", "Aims\n")]


def test_an_emptied_text_is_one_deletion() -> None:
    assert compare("Aims\n", "") == [Hunk("delete", 0, 0, "Aims\n", "")]


def test_words_are_never_cut() -> None:
    assert changes("The committee meets.", "The committees met.") == [
        ("committee meets", "committees met")
    ]


def test_an_inserted_word_brings_its_blank() -> None:
    assert changes("We will answer.", "We will always answer.") == [("", "always ")]


def test_an_inserted_sentence_is_a_whole_sentence() -> None:
    assert changes("We ask. We act.", "We ask. We listen. We act.") == [("", "We listen. ")]


def test_an_inserted_paragraph_is_whole_lines() -> None:
    assert changes("One.\n\nThree.\n", "One.\n\nTwo.\n\nThree.\n") == [("", "Two.\n\n")]


def test_an_inserted_list_item_is_a_whole_line() -> None:
    assert changes("- buses\n- trains\n", "- buses\n- boats\n- trains\n") == [("", "- boats\n")]


def test_empty_lines_do_not_pair_the_wrong_paragraphs() -> None:
    old = "Buses run late.\n\nTrains run on time.\n"
    new = "A new start.\n\nBuses often run late.\n\nTrains always run on time.\n"
    assert changes(old, new) == [("", "A new start.\n\n"), ("", "often "), ("", "always ")]


def test_an_empty_line_divides_stretches_that_are_too_long_to_compare_together() -> None:
    def kept(size: int) -> list[str]:
        buses, trains = (" ".join(f"{word}{n}" for n in range(size)) for word in ("bus", "train"))
        hunks = compare(f"{buses}\n\n{trains}\n", f"{trains} run\n\n{buses} run\n")
        return [hunk.old for hunk in hunks if hunk.kind == "equal"]

    assert kept(1_500) == ["\n\n", "\n"]
    assert "\n\n" not in kept(15)


def test_a_rewritten_sentence_is_one_hunk() -> None:
    assert changes("red green blue", "one two three") == [("red green blue", "one two three")]


def test_places_count_code_points_beyond_the_first_plane() -> None:
    _, changed, _ = compare("👩\u200d🚀 𝒜 says yes now", "👩\u200d🚀 𝒜 says no now")
    assert (changed.old_start, changed.old, changed.new) == (11, "yes", "no")
    assert changed.old_end == 14
    assert changed.new_end == 13


def test_an_emoji_of_several_code_points_is_replaced_whole() -> None:
    assert changes("ok 👍🏽 then", "ok 👍🏿 then") == [("👍🏽", "👍🏿")]


def test_right_to_left_words_are_compared_as_words() -> None:
    assert changes("تكتب اللجنة التقرير", "تكتب الإدارة التقرير") == [("اللجنة", "الإدارة")]
    assert changes("שלום לכל העולם", "שלום לכל הארץ") == [("העולם", "הארץ")]


def test_a_combining_mark_changes_its_whole_word() -> None:
    assert changes("un cafe noir", "un cafe\u0301 noir") == [("cafe", "cafe\u0301")]


def test_line_ends_of_other_systems_are_told_apart() -> None:
    assert changes("a\r\nb\r\n", "a\nb\r\n") == [("\r", "")]


def random_page(seed: int, size: int) -> str:
    generator = random.Random(seed)  # noqa: S311 - repeatable on purpose
    words = [f"word{generator.randrange(60)}" for _ in range(size)]
    return "".join(word + generator.choice(["  ", " ", " ", ". ", "\n", "\n\n"]) for word in words)


@pytest.mark.skipif(FAST is None, reason="no wheel of the fast engine here")
@pytest.mark.parametrize("seed", range(20))
def test_both_engines_give_the_same_hunks(seed: int) -> None:
    old, new = random_page(seed, 150), random_page(seed + 100, 140)
    mixed = old[:400] + new[:300] + old[350:]
    assert compare(old, new, engine=FAST or BEST) == compare(old, new, engine=REFERENCE)
    assert compare(old, mixed, engine=FAST or BEST) == compare(old, mixed, engine=REFERENCE)


def test_more_kinds_of_token_than_code_points_is_coarse_but_right() -> None:
    found = match(["a", "b", "c", "d"], ["a", "c", "x", "d"], capacity=3)
    assert found.is_coarse
    assert found.runs == [(0, 0, 1), (3, 3, 1)]


def test_kinds_of_token_beyond_the_surrogates_are_told_apart() -> None:
    old = [f"t{n}" for n in range(60_000)]
    new = [*old[:57_000], "new", *old[57_001:]]
    assert match(old, new).runs == [(0, 0, 57_000), (57_001, 57_001, 2_999)]


def test_what_is_too_large_is_cut_at_words_that_occur_once() -> None:
    small = Engine(BEST.operations, 200)
    old = " ".join(f"{n} and or" for n in range(300))
    new = (
        old.replace("150 and", "150 not")
        .replace("20 and", "20 but", 1)
        .replace("280 and or", "280 and")
    )
    hunks = compare(old, new, engine=small)
    assert not any(hunk.is_coarse for hunk in hunks)
    assert len([hunk for hunk in hunks if hunk.kind != "equal"]) == 3


def test_what_cannot_be_cut_is_said_to_be_coarse() -> None:
    small = Engine(BEST.operations, 200)
    old, new = "b " + "a b " * 100 + "a", "a " + "b b a " * 100 + "b"
    hunks = compare(old, new, engine=small)
    assert any(hunk.is_coarse for hunk in hunks)
    assert "".join(hunk.new for hunk in hunks) == new


def test_an_engine_that_ran_out_of_time_is_said_to_be_coarse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def give_up(old: str, new: str) -> list[Operation]:
        return [("-", len(old)), ("+", len(new))]

    monkeypatch.setattr("wiki.text.engine._SECONDS", 0.0)
    hunks = compare("a b c d e", "e d c b a", engine=Engine(give_up, 1_000))
    assert [(hunk.kind, hunk.is_coarse) for hunk in hunks] == [("replace", True)]


@pytest.mark.parametrize("text", ["word " * 200_000, "x" * 1_000_000, "*" * 1_000_000])
def test_one_line_of_a_megabyte_is_compared(text: str) -> None:
    new = text[:500_000] + "! " + text[500_000:]
    hunks = compare(text, new)
    assert "".join(hunk.old for hunk in hunks) == text
    assert "".join(hunk.new for hunk in hunks) == new

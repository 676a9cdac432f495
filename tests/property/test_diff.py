from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from wiki.text.diff import Hunk, compare
from wiki.text.engine import BEST, FAST, REFERENCE, Engine
from wiki.text.matching import match
from wiki.text.tokens import tokens, word_count, words

any_text = st.text(st.characters(), max_size=200)
pages = st.lists(
    st.sampled_from(
        [
            "We",
            "ask",
            "ask",
            "été",
            "中",
            "👍🏽",
            "🇬🇧",
            "e\u0301",
            " ",
            " ",
            "  ",
            "\n",
            "\n\n",
            ". ",
            ",",
        ]
    ),
    max_size=60,
).map("".join)
texts = any_text | pages
letters = st.lists(st.sampled_from("abcdef"), max_size=60)


def swapped(hunk: Hunk) -> Hunk:
    kinds = {"insert": "delete", "delete": "insert"}
    kind = kinds.get(hunk.kind, hunk.kind)
    return Hunk(kind, hunk.new_start, hunk.old_start, hunk.new, hunk.old, hunk.is_coarse)  # type: ignore[arg-type]


@given(any_text)
def test_tokens_put_together_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text
    assert all(tokens(text))


@given(any_text)
def test_any_text_has_a_number_of_words(text: str) -> None:
    assert 0 <= word_count(text) <= len(text)
    assert all(word in text for word in words(text))


@given(texts, texts)
def test_hunks_rebuild_both_texts_and_know_their_places(old: str, new: str) -> None:
    hunks = compare(old, new)
    assert "".join(hunk.old for hunk in hunks) == old
    assert "".join(hunk.new for hunk in hunks) == new
    for hunk in hunks:
        assert old[hunk.old_start : hunk.old_end] == hunk.old
        assert new[hunk.new_start : hunk.new_end] == hunk.new
        assert (hunk.kind == "equal") == (hunk.old == hunk.new)
        assert (hunk.kind == "insert") == (not hunk.old)
        assert (hunk.kind == "delete") == (not hunk.new)


@given(texts, texts)
@example("::", " :")
def test_equal_and_changed_hunks_alternate(old: str, new: str) -> None:
    sorts = [hunk.kind == "equal" for hunk in compare(old, new)]
    assert all(first != second for first, second in pairwise(sorts))


@given(texts)
def test_a_text_compared_with_itself_has_no_change(text: str) -> None:
    assert [hunk.kind for hunk in compare(text, text)] in ([], ["equal"])


@given(texts, texts)
def test_comparing_the_other_way_round_swaps_the_sides(old: str, new: str) -> None:
    assert compare(new, old) == [swapped(hunk) for hunk in compare(old, new)]


@settings(max_examples=50)
@given(pages, pages)
def test_both_engines_agree(old: str, new: str) -> None:
    assert compare(old, new, engine=FAST or BEST) == compare(old, new, engine=REFERENCE)


@given(letters, letters, st.sampled_from([1, 10, 100, 10_000]))
def test_runs_are_equal_ascending_and_inside_at_any_limit(
    old: list[str], new: list[str], largest: int
) -> None:
    i = j = 0
    for start, other, length in match(old, new, engine=Engine(BEST.operations, largest)).runs:
        assert start >= i
        assert other >= j
        assert length > 0
        assert old[start : start + length] == new[other : other + length]
        i, j = start + length, other + length
    assert i <= len(old)
    assert j <= len(new)

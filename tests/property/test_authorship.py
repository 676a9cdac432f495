from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from wiki.pages import rules
from wiki.text.authorship import (
    Credit,
    Head,
    PlainMemory,
    follow,
    packed_head,
    replay,
    spans,
    standing,
    unpacked_head,
)
from wiki.text.authorship.passages import blocks, folded, passages
from wiki.text.tokens import counted_places, counted_spans, word_count, word_places, words

SENTENCES = [
    "The bus runs every ten minutes from the market to the mill and back again all day long.",
    "Forty lime trees stand along the river.",
    "and", "Don't co-draft 1,000.50 of them!", "我们将在春天种树。", "L'été e\u0301coute.",
    "🎉", "# Plan",
    "- one\n- two",
    "| a | b |\n| --- | --- |", "---", "title: x", "See https://town.example/a_b.",
    "[far](https://town.example)",
    "<b\n\nc>", "`code`", "İstanbul ŉ Straße ﬁ",
]  # fmt: skip
pieces = st.one_of(st.sampled_from(SENTENCES), st.text(max_size=12))
joints = st.sampled_from([" ", "\n", "\n\n", "\r\n\r\n", "", "\n \n"])
texts = st.lists(st.tuples(pieces, joints), max_size=8).map(
    lambda parts: "".join(piece + joint for piece, joint in parts)
)
histories = st.lists(texts, min_size=1, max_size=6)


def stepped(history: list[str]) -> tuple[Head, PlainMemory]:
    """Return what following gives when all that is kept goes through its packed form."""
    memory, data, before = PlainMemory(), packed_head(Head()), ""
    for origin, text in enumerate(history):
        step = follow(unpacked_head(data), before, text, origin, memory)
        memory.keep(step.drawers)
        data, before = packed_head(step.head), text
    return unpacked_head(data), memory


@given(histories)
def test_following_step_by_step_through_packed_state_is_replaying(history: list[str]) -> None:
    head, memory = stepped(history)
    assert spans(head, history[-1]) == replay(history)
    assert stepped(history) == (head, memory) or stepped(history)[1].rows == memory.rows


@given(histories)
def test_no_word_that_counts_is_of_two_origins(history: list[str]) -> None:
    ends = set(accumulate(len(span.text) for span in replay(history)))
    for start, end in counted_spans(history[-1]):
        assert not ends.intersection(range(start + 1, end))


@given(histories)
def test_spans_cover_the_last_text_exactly_and_alternate(history: list[str]) -> None:
    found = replay(history)
    assert "".join(span.text for span in found) == history[-1]
    assert all(0 <= span.origin < len(history) for span in found)
    assert all(a.origin != b.origin and a.text for a, b in pairwise(found))


@given(histories)
def test_standing_words_add_up_to_the_words_of_the_page(history: list[str]) -> None:
    head, _ = stepped(history)
    counts = standing(head, history[-1])
    assert sum(counts.values()) == rules.words(history[-1])
    assert all(counts.values())


@given(texts)
def test_places_of_words_are_those_of_the_words_that_are_counted(text: str) -> None:
    assert len(counted_places(text)) == word_count(text)
    placed = zip(word_places(text), words(text), strict=True)
    assert all(text.startswith(word, at) for at, word in placed)
    assert set(counted_places(text)) <= set(word_places(text))


@given(texts)
def test_passages_hold_the_words_of_the_text_in_order(text: str) -> None:
    found = [part for block in blocks(text) for part in passages(block, 0)]
    assert [word for part in found for word in part.words] == folded(text)
    assert len(folded(text)) == len(words(text))


@given(histories, texts)
def test_going_back_to_an_earlier_text_gives_nobody_new_words(
    history: list[str], between: str
) -> None:
    last = history[-1]
    found = replay([*history, between, last])
    new = {len(history), len(history) + 1}
    if words(last):
        assert all(
            span.origin not in new or not any(len(word) > 3 for word in words(span.text))
            for span in found
        )


@given(texts, texts, texts)
def test_a_credit_never_changes_whose_the_old_words_are(old: str, new: str, passage: str) -> None:
    first = follow(Head(), "", old, 1, PlainMemory())
    plain = follow(first.head, old, new, 2, PlainMemory())
    taken = follow(first.head, old, new, 2, PlainMemory(), [Credit(passage, 3)])
    kept, credited = (standing(step.head, new) for step in (plain, taken))
    assert kept.get(1, 0) == credited.get(1, 0)
    assert kept.get(2, 0) == credited.get(2, 0) + credited.get(3, 0)
    assert taken.written + sum(taken.credited.values()) == plain.written

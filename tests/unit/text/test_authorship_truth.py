"""Precision against histories whose every word's author is known; nothing was tuned on them."""

import pytest

from tests.histories import Writer, edit_words, history, move_paragraph, written
from wiki.text.authorship import replay
from wiki.text.tokens import words

SEEDS = range(9001, 9006)


def found(texts: list[str]) -> list[int]:
    return [span.origin for span in replay(texts) for _ in words(span.text)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("has_reverts", "has_blanking", "floor"),
    [(True, True, 0.975), (True, False, 0.975), (False, False, 0.98)],
)
def test_words_are_given_to_their_true_revision(
    has_reverts: bool, has_blanking: bool, floor: float
) -> None:
    right = whole = 0
    for seed in SEEDS:
        texts, truth = history(seed, has_reverts=has_reverts, has_blanking=has_blanking)
        right += sum(a == b for a, b in zip(found(texts), truth, strict=True))
        whole += len(truth)
    assert right / whole >= floor


def test_moves_case_blanking_and_reverts_alone_change_no_author_at_all() -> None:
    for seed in SEEDS:
        writer = Writer(seed, has_blanking=False)
        writer.put([writer.paragraph() for _ in range(20)])
        for _ in range(12):
            writer.revise()
        known = found(writer.texts)
        last = writer.texts[-1]
        page = [[list(sentence) for sentence in p] for p in writer.pages[-1]]
        for _ in range(4):
            move_paragraph(writer, page)
        moved = written(page)
        edit_words(writer, page)
        edited = written(page)
        for way in ([last.upper()], ["", last], [moved, last], [edited, last], [last[:40], last]):
            assert found([*writer.texts, *way]) == known

"""Edits that people really made at the same time; what was recorded of them is not ours."""

import gzip
import json
from collections import Counter

import pytest

from tests.shared_data import shared_data
from wiki.text.diff import compare
from wiki.text.merge import Clash, Merged, three_way
from wiki.text.tokens import words

Triple = dict[str, str]
CLEAN = 0.838


@pytest.fixture(scope="module")
def triples() -> list[Triple]:
    file = shared_data("open-data-merges.jsonl.gz", checks="merging of edits that people made")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def least_words(triple: Triple) -> Counter[str]:
    """Return how often each word must stand in a merge: by the hunks, not by the merge."""
    least = Counter(words(triple["base"]))
    gained: list[Counter[str]] = []
    for side in ("theirs", "ours"):
        hunks = [hunk for hunk in compare(triple["base"], triple[side]) if hunk.old != hunk.new]
        gained.append(Counter(word for hunk in hunks for word in words(hunk.new)))
        least.subtract(Counter(word for hunk in hunks for word in words(hunk.old)))
    least.update(gained[0] | gained[1])
    return least


def test_real_edits_merge_without_asking_as_often_as_promised_and_lose_no_word(
    triples: list[Triple],
) -> None:
    clean = 0
    for triple in triples:
        answer = three_way(triple["base"], triple["theirs"], triple["ours"])
        mirrored = three_way(triple["base"], triple["ours"], triple["theirs"])
        assert type(answer) is type(mirrored)
        if isinstance(answer, Clash):
            sides = (triple["base"], triple["theirs"], triple["ours"])
            assert (answer.base, answer.theirs, answer.mine) == sides
            continue
        clean += 1
        assert isinstance(mirrored, Merged)
        assert answer.text == mirrored.text
        found = Counter(words(answer.text))
        assert not {word for word, times in least_words(triple).items() if found[word] < times}
    assert clean / len(triples) > CLEAN

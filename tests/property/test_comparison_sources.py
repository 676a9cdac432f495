"""Who put words in and took them out, beside programs too slow and too plain to be wrong."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from tests.property.test_diff_comparison import texts
from wiki.text.comparison import Comparison, Source, compare_pages, normalised, with_sources
from wiki.text.tokens import words

histories = st.lists(texts, min_size=2, max_size=6)


def between(history: Sequence[str]) -> Comparison:
    """Return the first text of a history compared with its last, with sources."""
    clean = [normalised(text) for text in history]
    comparison = compare_pages(clean[0], clean[-1])
    return with_sources(
        comparison, (1, len(clean)), lambda numbers: [clean[number - 1] for number in numbers]
    )


@given(histories)
def test_each_word_that_came_or_went_has_one_revision_after_the_first(history: list[str]) -> None:
    told = between(history)
    plain = compare_pages(history[0], history[-1])
    assert len(told.changes) == len(plain.changes)
    for change, before in zip(told.changes, plain.changes, strict=True):
        assert change.sources == tuple(sorted(set(change.sources)))
        assert all(1 < one.first == one.last <= len(history) for one in change.sources) or (
            change.sources == (Source(2, len(history)),)
        )
        for block, old in zip(change.blocks, before.blocks, strict=True):
            for kind in ("keep", "insert", "delete"):
                parts = "".join(run.text for run in block.runs if run.kind == kind)
                assert parts == "".join(run.text for run in old.runs if run.kind == kind)
            for run in block.runs:
                assert (run.source is None) == (run.kind == "keep")
                assert run.source is None or run.source in change.sources


@given(histories)
def test_places_of_runs_stay_true_when_they_are_split(history: list[str]) -> None:
    old, new = normalised(history[0]), normalised(history[-1])
    for change in between(history).changes:
        for run in (run for block in change.blocks for run in block.runs):
            text, at = (old, run.old_at) if run.kind == "delete" else (new, run.new_at)
            assert text[at : at + len(run.text)] == run.text or run.kind == "keep"


@dataclass
class Writers:
    """A page whose every word is written once in all time, so that its origin is no question."""

    chance: random.Random
    history: list[str] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=count)

    def sentence(self) -> str:
        """Return some words that nobody has used before."""
        size = self.chance.randint(4, 12)
        return " ".join(f"word{next(self.numbers)}" for _ in range(size))

    def write(self, revisions: int, *, has_moves: bool = True) -> list[str]:
        """Return the texts of a page that many hands wrote, moved, blanked and put back."""
        self.history = ["\n\n".join(self.sentence() for _ in range(5))]
        acts: list[Callable[[list[str]], list[str]]] = [
            self.edit,
            self.edit,
            self.add,
            self.take,
            self.blank,
            self.put_back,
            *[self.move] * has_moves,
        ]
        for _ in range(revisions - 1):
            paragraphs = self.history[-1].split("\n\n")
            self.history.append("\n\n".join(self.chance.choice(acts)(paragraphs)))
        return self.history

    def edit(self, paragraphs: list[str]) -> list[str]:
        place = self.chance.randrange(len(paragraphs))
        found = paragraphs[place].split()
        start = self.chance.randint(0, len(found))
        found[start : start + self.chance.randint(0, 2)] = [f"word{next(self.numbers)}"]
        return [*paragraphs[:place], " ".join(found), *paragraphs[place + 1 :]]

    def add(self, paragraphs: list[str]) -> list[str]:
        place = self.chance.randint(0, len(paragraphs))
        return [*paragraphs[:place], self.sentence(), *paragraphs[place:]]

    def take(self, paragraphs: list[str]) -> list[str]:
        place = self.chance.randrange(len(paragraphs))
        return [*paragraphs[:place], *paragraphs[place + 1 :]] or [self.sentence()]

    def move(self, paragraphs: list[str]) -> list[str]:
        moved = paragraphs.pop(self.chance.randrange(len(paragraphs)))
        paragraphs.insert(self.chance.randint(0, len(paragraphs)), moved)
        return paragraphs

    def blank(self, _paragraphs: list[str]) -> list[str]:
        return [""]

    def put_back(self, _paragraphs: list[str]) -> list[str]:
        return self.chance.choice(self.history).split("\n\n")


def first_with(history: Sequence[str], word: str) -> int:
    """Return the number of the first text that has a word."""
    return next(n for n, text in enumerate(history, 1) if word in text.split())


def test_words_written_once_are_named_after_whoever_wrote_them_and_took_them_last() -> None:
    """A paragraph that moves while it is edited counts as new, so no law holds for all of them."""
    wrong = [seed for seed in range(300) if not is_named_right(seed, revisions=2 + seed % 11)]
    assert len(wrong) <= 1


def is_named_right(seed: int, revisions: int) -> bool:
    """Return whether each word that came or went in a made-up history has its revision."""
    history = Writers(random.Random(seed)).write(revisions)  # noqa: S311  # no secret
    told = between(history)
    backwards = history[::-1]
    for run in (run for one in told.changes for block in one.blocks for run in block.runs):
        for word in words(run.text) if run.kind != "keep" else ():
            came = first_with(history, word)
            went = revisions + 2 - first_with(backwards, word)
            stood = word in history[0].split() and word in history[-1].split()
            expected = came if run.kind == "insert" else went
            if not stood and run.source != Source(expected, expected):
                return False
    return True


@given(st.integers(0, 10**9), st.integers(2, 8))
def test_looking_at_few_texts_never_names_the_wrong_revisions(seed: int, most: int) -> None:
    """What one sees with few texts is the same answer, or a range that holds one possible."""
    # Of a paragraph that was moved and edited between two texts, only neighbours tell.
    history = Writers(random.Random(seed)).write(14, has_moves=False)  # noqa: S311  # no secret
    asked: list[int] = []

    def texts_at(numbers: Sequence[int]) -> list[str]:
        asked.extend(numbers)
        return [history[number - 1] for number in numbers]

    comparison = compare_pages(history[0], history[-1])
    told = with_sources(comparison, (1, len(history)), texts_at, most=most)
    assert len(asked) == len(set(asked)) <= most
    for run in (run for one in told.changes for block in one.blocks for run in block.runs):
        source = run.source
        for word in words(run.text) if source else ():
            assert source is not None
            has = [word in text.split() for text in history]
            if not (has[0] and has[-1]):
                before, after = has[source.first - 2], has[source.last - 1]
                assert (before, after) == ((False, True) if run.kind == "insert" else (True, False))

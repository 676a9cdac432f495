"""Measures who-wrote-what over real histories, beside PyPI's WikiWho, and over hard texts.

Usage: python -m bench.authorship [BUNDLE_OR_REPOSITORY ...] [--least REVISIONS]

WikiWho (`pip install .[bench]`) drops some revisions as vandalism; agreement is over the words of
the last text when both are given the revisions that it keeps, time over the same. State is the
packed head beside the text, rows are the drawers in memory at the end.
"""

import argparse
import random
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import process_time

from bench.diff import histories
from wiki.text.authorship import Head, PlainMemory, follow, packed_head, spans, standing
from wiki.text.authorship.aligning import align
from wiki.text.tokens import words

try:
    from WikiWho.utils import iter_rev_tokens
    from WikiWho.wikiwho import Wikiwho
except ImportError:
    Wikiwho = None

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
Word = tuple[str, int]
SHORT = 2000


@dataclass
class Followed:
    """One page followed from its first revision to its last."""

    texts: Sequence[str]
    head: Head = field(default_factory=Head)
    memory: PlainMemory = field(default_factory=PlainMemory)
    seconds: list[float] = field(default_factory=list)
    coarse: int = 0

    def __post_init__(self) -> None:
        before = ""
        for origin, text in enumerate(self.texts):
            started = process_time()
            step = follow(self.head, before, text, origin, self.memory)
            self.memory.keep(step.drawers)
            self.seconds.append(process_time() - started)
            self.coarse += step.is_coarse
            self.head, before = step.head, text

    def words(self) -> list[Word]:
        """Return the words of the last text, each with its origin."""
        return [
            (word.casefold(), span.origin)
            for span in spans(self.head, self.texts[-1])
            for word in words(span.text)
        ]


def by_wikiwho(texts: Sequence[str]) -> tuple[float, set[int], list[Word]]:
    """Return the seconds WikiWho took, the revisions it dropped and the words of its last one."""
    page = [
        {"revid": number, "*": text, "timestamp": "2000-01-01T00:00:00Z", "userid": "1"}
        for number, text in enumerate(texts)
    ]
    article = Wikiwho("page")
    started = process_time()
    article.analyse_article(page)
    seconds = process_time() - started
    if not article.ordered_revisions:
        return seconds, set(article.spam_ids), []
    last = article.revisions[article.ordered_revisions[-1]]
    found = [
        (word, token.origin_rev_id)
        for token in iter_rev_tokens(last)
        for word in words(token.value)
    ]
    return seconds, set(article.spam_ids), found


def agreeing(ours: Sequence[Word], theirs: Sequence[Word], kept: Sequence[int]) -> int:
    """Return how many words have the same origin; ours count only the revisions in `kept`."""
    codes: dict[str, str] = {}
    sides = [
        "".join([codes.setdefault(word, chr(len(codes) + 1)) for word, _ in side])
        for side in (ours, theirs)
    ]
    return sum(
        kept[ours[i + step][1]] == theirs[j + step][1]
        for i, j, length in align(sides[0], sides[1]).runs
        for step in range(length)
    )


@dataclass
class Sums:
    """What all pages of one bundle come to."""

    ours: float = 0
    theirs: float = 0
    worst: float = 0
    worst_state: float = 0
    revisions: int = 0
    coarse: int = 0
    rows: int = 0
    row_bytes: int = 0
    state: int = 0
    size: int = 0
    dropped: int = 0
    words: int = 0
    same: int = 0

    def add(self, page: Followed) -> None:
        """Count a page as we followed it."""
        self.ours += sum(page.seconds)
        self.worst = max(self.worst, *page.seconds)
        self.coarse += page.coarse
        self.revisions += len(page.texts)
        self.rows += len(page.memory.rows)
        self.row_bytes += sum(map(len, page.memory.rows.values()))
        state, size = len(packed_head(page.head)), len(page.texts[-1].encode())
        self.state, self.size = self.state + state, self.size + size
        self.worst_state = max(self.worst_state, state / size if size > SHORT else 0)


def measure(name: str, histories_of: dict[str, list[str]], least: int) -> None:
    """Print what following the pages of one bundle costs and gives."""
    pages = [texts for texts in histories_of.values() if len(texts) >= least]
    sums = Sums()
    for texts in pages:
        if Wikiwho is None:
            sums.add(Followed(texts))
            continue
        seconds, spam, their_words = by_wikiwho(texts)
        kept = [number for number in range(len(texts)) if number not in spam]
        page = Followed([texts[number] for number in kept])
        sums.add(page)
        found = page.words()
        sums.theirs += seconds
        sums.dropped += len(spam)
        sums.words += len(found)
        sums.same += agreeing(found, their_words, kept)
    print(
        f"\n{name}: {len(pages)} pages of {least} revisions or more, {sums.revisions:,} revisions"
    )
    print_sums(sums)


def print_sums(sums: Sums) -> None:
    """Print the lines of one bundle."""
    each, revisions = sums.row_bytes / max(sums.rows, 1), sums.revisions
    print(
        f"  a save, mean    {sums.ours / revisions * 1000:8.2f} ms, worst {sums.worst * 1000:.0f}"
    )
    print(f"  coarse saves    {sums.coarse:8}")
    print(
        f"  heads           {sums.state / sums.size:8.1%} of the text, worst {sums.worst_state:.1%}"
    )
    print(f"  rows            {sums.rows / revisions:8.2f} a revision, {each:.0f} bytes each")
    if Wikiwho is None:
        print("  WikiWho is not installed here, so nothing is compared (pip install .[bench]).")
        return
    ratio = sums.theirs / sums.ours
    print(f"  WikiWho         {sums.theirs / revisions * 1000:8.2f} ms, {ratio:.1f} times ours")
    print(f"  same origin     {sums.same / sums.words:8.1%} of {sums.words:,} words", end="")
    print(f" (without {sums.dropped} revisions that it dropped)")


DICE = random.Random(1)  # noqa: S311  # no secret
STEMS = [f"{a}{b}{c}" for a in ("mo", "ta", "li") for b in "nrst" for c in ("ak", "el", "iv", "o")]
KNOWN = STEMS + [f"{word}{end}" for word in STEMS for end in ("in", "us", "ed", "al", "or", "um")]
CHANGED, DROPPED = 0.15, 0.1


def sentence() -> str:
    """Return a sentence of invented words."""
    return " ".join(DICE.choices(KNOWN, k=DICE.randint(6, 22))).capitalize() + "."


def prose(size: int) -> list[list[str]]:
    """Return paragraphs of sentences, so many characters in all."""
    paragraphs: list[list[str]] = []
    while sum(len(words) + 1 for paragraph in paragraphs for words in paragraph) < size:
        paragraphs.append([sentence() for _ in range(DICE.randint(2, 6))])
    return paragraphs


def edited(paragraphs: list[list[str]]) -> list[list[str]]:
    """Return them with words changed, paragraphs dropped, moved and written."""
    kept = [
        [
            " ".join(
                word if DICE.random() > CHANGED else DICE.choice(KNOWN) for word in said.split()
            )
            for said in paragraph
        ]
        for paragraph in paragraphs
        if DICE.random() > DROPPED
    ]
    turned = len(kept) // 10
    return kept[turned:] + prose(8000) + kept[:turned]


def hard_texts() -> Iterator[tuple[str, str, str]]:
    """Yield a name, a text, and what it becomes in one save."""
    for size in (10_000, 100_000, 500_000):
        page, name = prose(size), f"{size // 1000} KB"
        text = "\n\n".join(map(" ".join, page))
        small = [list(paragraph) for paragraph in page]
        small[len(small) // 2][0] = sentence()
        yield f"{name}, a new page", "", text
        yield f"{name}, one sentence", text, "\n\n".join(map(" ".join, small))
        yield f"{name}, heavy edit", text, "\n\n".join(map(" ".join, edited(page)))
        yield f"{name}, written anew", text, "\n\n".join(map(" ".join, prose(size)))
        yield f"{name}, blanked", text, ""
    line, same = " ".join(DICE.choices(KNOWN, k=15_000)), "Same line.\n"
    half = len(line) // 2
    yield "100 KB in one line, cut in half", line, line[half:] + line[: half // 2]
    yield "20,000 equal lines, one more", same * 20_000, same * 9000 + "Other.\n" + same * 11_000
    yield (
        "one word 60,000 times, and more",
        "word " * 60_000,
        "word " * 30_000 + "a " + "word " * 40_000,
    )
    yield "two words in turn, in another order", "ab cd " * 30_000, "cd cd ab " * 25_000


def print_hard() -> None:
    """Print the CPU time of one save of each hard text."""
    print("\nOne save, CPU ms                          save  count  head bytes  rows  coarse")
    for name, before, text in hard_texts():
        head, memory = follow(Head(), "", before, 1, PlainMemory()).head, PlainMemory()
        took = [timed(partial(follow, head, before, text, 2, memory)) for _ in range(3)]
        step = follow(head, before, text, 2, memory)
        figures = f"{min(took) * 1000:7.1f} {timed(partial(standing, step.head, text)) * 1000:6.1f}"
        sizes = f"{len(packed_head(step.head)):11,} {len(step.drawers):5,}"
        print(f"{name:38} {figures} {sizes}  {'yes' if step.is_coarse else 'no'}")


def timed(work: Callable[[], object]) -> float:
    """Return the CPU seconds of `work`."""
    started = process_time()
    work()
    return process_time() - started


def main() -> None:
    """Clone each bundle, follow its pages, print; then the hard texts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", nargs="*", type=Path)
    parser.add_argument("--least", type=int, default=5)
    given = parser.parse_args()
    sources = given.sources or sorted(SHARED.glob("*.bundle"))
    if not sources:
        print("No bundle was given, and none lies beside the repository.")
    for source in sources:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["git", "clone", "-q", "--bare", str(source), folder], check=True)
            measure(source.stem, histories(folder), given.least)
    print_hard()


if __name__ == "__main__":
    main()

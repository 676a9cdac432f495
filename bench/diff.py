"""Measures comparison of real revisions: neighbours, first to last, and who changed what.

Usage: python bench/diff.py BUNDLE_OR_REPOSITORY [--peer-pairs N]
"""

import argparse
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter

from diff_match_patch import diff_match_patch

from wiki.text.comparison import compare_pages, normalised, with_sources
from wiki.text.diff import compare

Differ = Callable[[str, str], object]
Pair = tuple[str, str]
LONGEST = 20


def git(folder: str, *words: str, given: bytes | None = None) -> bytes:
    """Return what git prints."""
    done = subprocess.run(
        ["git", "-C", folder, *words], input=given, capture_output=True, check=False
    )
    return done.stdout


def histories(folder: str) -> dict[str, list[str]]:
    """Return the texts of each Markdown page along the first parents, oldest first."""
    log = git(
        folder, "-c", "core.quotePath=off", "log", "--first-parent", "-m", "--reverse",
        "--diff-filter=AM", "--name-only", "--format=@%H", "--", "*.md",
    )  # fmt: skip
    wanted: list[tuple[str, str]] = []
    commit = ""
    for line in log.decode().splitlines():
        if line.startswith("@"):
            commit = line[1:]
        elif line:
            wanted.append((commit, line))
    asked = "".join(f"{commit}:{path}\n" for commit, path in wanted).encode()
    texts: dict[str, list[str]] = defaultdict(list)
    answers = blobs(git(folder, "cat-file", "--batch", given=asked))
    for (_, path), text in zip(wanted, answers, strict=True):
        texts[path].append(text)
    return texts


def blobs(answer: bytes) -> Iterator[str]:
    """Yield the texts in the answer of git cat-file; a missing one is empty."""
    at = 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        head = answer[at:end].split()
        size = int(head[-1]) if head[-1].isdigit() else -1
        yield answer[end + 1 : end + 1 + max(size, 0)].decode("utf-8", "replace")
        at = end + 2 + size


def google(old: str, new: str) -> object:
    """Compare as Google's package does by default: characters, then semantic clean-up."""
    differ = diff_match_patch()
    found = differ.diff_main(old, new)
    differ.diff_cleanupSemantic(found)
    return found


def git_words(folder: str) -> Differ:
    """Return a differ that asks git for a word diff of two files in `folder`."""
    paths = Path(folder, "old.md"), Path(folder, "new.md")

    def run(old: str, new: str) -> object:
        for path, text in zip(paths, (old, new), strict=True):
            path.write_text(text, encoding="utf-8")
        return git(folder, "diff", "--no-index", "--word-diff", *map(str, paths))

    return run


def timed(differ: Differ, pairs: list[Pair]) -> list[float]:
    """Return the milliseconds that each pair took, ascending."""
    times: list[float] = []
    for old, new in pairs:
        started = perf_counter()
        differ(old, new)
        times.append((perf_counter() - started) * 1000)
    return sorted(times)


def line(name: str, times: list[float], base: float) -> str:
    """Return one row of the table; the ratio is that of the sums."""
    at = [times[min(len(times) - 1, int(len(times) * share))] for share in (0.95, 0.99, 1)]
    figures = " ".join(f"{value:9.2f}" for value in (median(times), *at))
    return f"{name:34} {len(times):5} {figures} {sum(times) / base:8.2f}"


def table(title: str, pairs: list[Pair], differs: dict[str, Differ]) -> None:
    """Print one table: a row a differ, all over the same pairs in the same run."""
    print(f"\n{title}")
    print(f"{'':34} pairs    median       p95       p99       max    ratio")
    base = 0.0
    for name, differ in differs.items():
        times = timed(differ, pairs)
        base = base or sum(times)
        print(line(name, times, base))


def following(histories: list[list[str]]) -> Differ:
    """Return a differ that also names the revision behind each word of a history's two ends."""
    by_ends = {(history[0], history[-1]): history for history in histories}

    def run(old: str, new: str) -> object:
        texts = by_ends[old, new]
        comparison = compare_pages(old, new)
        pair = 1, len(texts)
        return with_sources(comparison, pair, lambda numbers: [texts[n - 1] for n in numbers])

    return run


def long_histories(texts: dict[str, list[str]]) -> list[list[str]]:
    """Return the histories of the 20 pages with most revisions, line ends normalised."""
    longest = sorted(texts.values(), key=len, reverse=True)[:LONGEST]
    return [[normalised(text) for text in history] for history in longest if len(history) > 1]


def main() -> None:
    """Clone, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source")
    parser.add_argument("--peer-pairs", type=int, default=150)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["git", "clone", "-q", "--bare", given.source, folder], check=True)
        texts = histories(folder)
        neighbours = [pair for history in texts.values() for pair in pairwise(history)]
        ends = [(history[0], history[-1]) for history in texts.values() if len(history) > 1]
        ours: dict[str, Differ] = {
            "hunks (wiki.text.diff)": compare,
            "for reading (wiki.text.comparison)": compare_pages,
        }
        peers = {"git diff --word-diff (a process)": git_words(folder), "Google's package": google}
        table("Neighbours, all pages, ms", neighbours, ours)
        step = max(1, len(neighbours) // given.peer_pairs)
        table("Neighbours, a sample, with peers, ms", neighbours[::step], ours | peers)
        table("First to last of each page, with peers, ms", ends, ours | peers)
        long = long_histories(texts)
        authors = {
            "for reading (wiki.text.comparison)": compare_pages,
            "with the revision of each word": following(long),
        }
        ends = [(history[0], history[-1]) for history in long]
        table("First to last of the 20 longest histories, ms", ends, authors)


if __name__ == "__main__":
    main()

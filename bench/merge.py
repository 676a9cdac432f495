"""Measures merging of real concurrent edits, as people once recorded them, beside two peers.

Usage: python bench/merge.py [TRIPLES.jsonl.gz]

Each line of the file is an object with the texts base, theirs, ours and result. "Recorded" means
the text that people then saved; "but for blanks" leaves out blanks and empty lines. A word is lost
if the result has it less often than the edits of both sides allow.
"""

import argparse
import gzip
import json
import resource
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from diff_match_patch import diff_match_patch

from wiki.text.diff import compare
from wiki.text.merge import Merged, three_way
from wiki.text.tokens import words

Triple = dict[str, str]
Merger = Callable[[Triple], str | None]
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "open-data-merges.jsonl.gz"


def ours(triple: Triple) -> str | None:
    """Return our merge, None for a clash."""
    answer = three_way(triple["base"], triple["theirs"], triple["ours"])
    return answer.text if isinstance(answer, Merged) else None


def google(triple: Triple) -> str | None:
    """Return what Google's package makes of it; None if it says that a patch did not apply."""
    differ = diff_match_patch()
    patches = differ.patch_make(triple["base"], triple["theirs"])
    text, applied = differ.patch_apply(patches, triple["ours"])
    return str(text) if all(applied) else None


def git_in(folder: str) -> Merger:
    """Return a merger that asks git, with files in `folder`."""

    def run(triple: Triple) -> str | None:
        for name in ("ours", "base", "theirs"):
            Path(folder, name).write_bytes(triple[name].encode())
        done = subprocess.run(
            ["git", "merge-file", "-p", "ours", "base", "theirs"],
            cwd=folder, capture_output=True, check=False,
        )  # fmt: skip
        return done.stdout.decode() if done.returncode == 0 else None

    return run


def lost_words(triple: Triple, merged: str) -> int:
    """Return how many words are missing in the merged text."""
    least = Counter(words(triple["base"]))
    gained: list[Counter[str]] = []
    for side in ("theirs", "ours"):
        hunks = [hunk for hunk in compare(triple["base"], triple[side]) if hunk.old != hunk.new]
        gained.append(Counter(word for hunk in hunks for word in words(hunk.new)))
        least.subtract(Counter(word for hunk in hunks for word in words(hunk.old)))
    least.update(gained[0] | gained[1])
    found = Counter(words(merged))
    return sum(max(0, times - found[word]) for word, times in least.items())


def cpu_seconds() -> float:
    """Return what this process and its children have used so far."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def line(name: str, merge: Merger, triples: list[Triple]) -> str:
    """Return one row of the table."""
    merged: list[tuple[Triple, str]] = []
    slowest = 0.0
    before = cpu_seconds()
    for triple in triples:
        started = perf_counter()
        text = merge(triple)
        slowest = max(slowest, perf_counter() - started)
        if text is not None:
            merged.append((triple, text))
    cpu = cpu_seconds() - before
    exact = sum(text == triple["result"] for triple, text in merged)
    close = sum(text.split() == triple["result"].split() for triple, text in merged)
    lost = sum(lost_words(*pair) for pair in merged)
    shares = (
        f"{100 * part / whole:6.1f} %"
        for part, whole in ((len(merged), len(triples)), (close, len(merged)), (exact, len(merged)))
    )
    figures = "  ".join([f"{len(merged):3}", *shares])
    return f"{name:34} {figures}  {lost:4}  {slowest * 1000:7.1f}  {cpu:6.2f}"


def main() -> None:
    """Read, merge, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("triples", nargs="?", type=Path, default=SHARED)
    given = parser.parse_args()
    if not given.triples.exists():
        print("No file of concurrent edits was given, and none lies beside the repository.")
        return
    with gzip.open(given.triples, "rt", encoding="utf-8") as file:
        triples = [json.loads(row) for row in file]
    print(f"{len(triples)} concurrent edits; recorded: as people saved it, of the clean ones")
    print(f"{'':34} clean     share  but blanks   recorded  lost  slowest ms  CPU s")
    with tempfile.TemporaryDirectory() as folder:
        mergers: dict[str, Merger] = {
            "ours (wiki.text.merge)": ours,
            "git merge-file (a process)": git_in(folder),
            "Google's patch_apply": google,
        }
        for name, merge in mergers.items():
            print(line(name, merge, triples))


if __name__ == "__main__":
    main()

"""Whether anybody's words are lost, and how long a save takes, on a wiki that really runs.

    python -m bench.saving [--database sqlite|postgresql] [--rounds 5] [--seconds 20] [--kills 5]

Everything goes over HTTP, as a browser without script would do it: the form is read, changed and
sent. Each text carries a word that stands nowhere else, so that history can be asked for it.
Prints tried, kept and lost for each scenario; ends with 1 when anything was lost.
"""

import argparse
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from bench._editors import Answer, Editor, Form
from bench._wikis import Wiki

EDITORS = 8
WRITERS = 20
_numbers = count(1)


@dataclass
class Tally:
    """What became of the saves of one scenario."""

    outcomes: Counter[str] = field(default_factory=Counter)
    kept: int = 0
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        """Return the tally as a line of the table."""
        told = ", ".join(f"{value} {key}" for key, value in sorted(self.outcomes.items()))
        tried = sum(self.outcomes.values())
        return f"{name:34}{tried:7}{self.kept:7}{len(self.lost):6}{len(self.wrong):7}  {told}"


def mark() -> str:
    """Return a word that stands nowhere else."""
    return f"mark{next(_numbers):07d}x"


def paragraphs(number: int) -> str:
    """Return a page of so many paragraphs, each under a heading of its own."""
    parts = [f"## Part {n}\n\nThe council writes part {n} here.\n" for n in range(number)]
    return "# A page\n\n" + "\n".join(parts)


def at_once(tasks: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """Return what all tasks give when they start at the same moment."""
    answers: list[Answer] = [Answer(0)] * len(tasks)
    gate = threading.Barrier(len(tasks))

    def run(number: int) -> None:
        gate.wait()
        answers[number] = tasks[number]()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def race(wiki: Wiki, tally: Tally, page: str, edits: list[tuple[Editor, Form, str, str]]) -> None:
    """Let all editors save their texts at once, and look where each mark went."""
    answers = at_once(
        [lambda e=editor, f=form, t=text: e.save(f, t, "race") for editor, form, text, _ in edits]  # type: ignore[misc]
    )
    head = wiki.history(page)[-1]
    for (editor, _, _, word), answer in zip(edits, answers, strict=True):
        tally.outcomes[answer.outcome] += 1
        is_found = word in head if answer.outcome == "saved" else word in editor.drafts()
        if is_found:
            tally.kept += 1
        else:
            tally.lost.append(f"{page}: {word} was answered as {answer.outcome}")
        if answer.outcome == "clash" and word not in answer.body:
            tally.wrong.append(f"{page}: {word} is not on the screen of the clash")


def other_paragraphs(wiki: Wiki, editors: list[Editor], rounds: int) -> Tally:
    """Let eight editors change another paragraph each: all are to be kept."""
    tally = Tally()
    for number in range(rounds):
        page = wiki.new_page(f"apart-{number}", paragraphs(len(editors)))
        edits = []
        for part, editor in enumerate(editors):
            form, word = editor.open(page), mark()
            text = form.text.replace(f"part {part} here", f"part {part} here and {word}")
            edits.append((editor, form, text, word))
        race(wiki, tally, page, edits)
    if tally.outcomes["saved"] != rounds * len(editors):
        tally.wrong.append("not every editor was saved")
    return tally


def same_line(wiki: Wiki, editors: list[Editor], rounds: int) -> Tally:
    """Let eight editors change the same words: one is saved, seven are asked."""
    tally = Tally()
    for number in range(rounds):
        page = wiki.new_page(f"same-{number}", paragraphs(1))
        edits = []
        for editor in editors:
            form, word = editor.open(page), mark()
            text = form.text.replace("writes", word)
            edits.append((editor, form, text, word))
        race(wiki, tally, page, edits)
    if tally.outcomes["saved"] != rounds:
        tally.wrong.append("not exactly one editor was saved in each round")
    return tally


def two_tabs(wiki: Wiki, editors: list[Editor], rounds: int) -> Tally:
    """Let one person change the same words in two tabs: they count as two people."""
    tally = Tally()
    for number in range(rounds):
        page = wiki.new_page(f"tabs-{number}", paragraphs(2))
        edits = []
        for tab in (editors[0], wiki.again(editors[0])):
            form, word = tab.open(page), mark()
            edits.append((tab, form, form.text.replace("writes part 0", word), word))
        race(wiki, tally, page, edits)
    if tally.outcomes["saved"] != rounds:
        tally.wrong.append("not exactly one tab was saved in each round")
    return tally


def stale(wiki: Wiki, editors: list[Editor], rounds: int) -> Tally:
    """Save a form that was opened many revisions ago."""
    tally = Tally()
    for number in range(rounds):
        page = wiki.new_page(f"stale-{number}", paragraphs(3))
        old = editors[0].open(page)
        for turn in range(10):
            form = editors[1].open(page)
            editors[1].save(form, form.text.replace("part 1 here", f"part 1 here, turn {turn}"), "")
        word = mark()
        text = old.text.replace("part 2 here", f"part 2 here and {word}")
        race(wiki, tally, page, [(editors[0], old, text, word)])
        if "turn 9" not in wiki.history(page)[-1]:
            tally.lost.append(f"{page}: what others wrote meanwhile")
    return tally


def twice(wiki: Wiki, editors: list[Editor], rounds: int) -> Tally:
    """Send the same form twice at once: one revision is to be made."""
    tally = Tally()
    for number in range(rounds):
        page = wiki.new_page(f"twice-{number}", paragraphs(1))
        form, word = editors[0].open(page), mark()
        edit = (form, form.text.replace("writes", f"writes {word}"), word)
        race(wiki, tally, page, [(tab, *edit) for tab in (editors[0], wiki.again(editors[0]))])
        made = len(wiki.history(page)) - 1
        if made != 1:
            tally.wrong.append(f"{page}: {made} revisions of one form")
    return tally


@dataclass
class Work:
    """What writers did: each mark with its page, its author and what was answered."""

    saves: list[tuple[str, str, Editor, Answer]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def keep_writing(editor: Editor, pages: Sequence[str], end: float, work: Work) -> None:
    """Add a line to a page again and again, until `end`."""
    chance = random.Random(editor.name)  # noqa: S311
    while time.monotonic() < end:
        page = chance.choice(pages)
        try:
            form = editor.open(page)
        except (AssertionError, StopIteration):
            time.sleep(0.05)  # the server is away
            continue
        word = mark()
        parts = form.text.split("\n\n")
        parts.insert(chance.randrange(1, len(parts) + 1), f"A line with {word}.")
        begun = time.perf_counter()
        answer = editor.save(form, "\n\n".join(parts), "writing")
        work.seconds.append(time.perf_counter() - begun)
        work.saves.append((page, word, editor, answer))


def many_writers(wiki: Wiki, editors: list[Editor], seconds: float, kills: int = 0) -> Tally:
    """Let all write for so long, kill the server so often, and ask history what it has."""
    pages = [wiki.new_page(f"busy-{kills}-{number}", paragraphs(12)) for number in range(3)]
    end = time.monotonic() + seconds
    works = [Work() for _ in editors]
    threads = [
        threading.Thread(target=keep_writing, args=(editor, pages, end, work))
        for editor, work in zip(editors, works, strict=True)
    ]
    for thread in threads:
        thread.start()
    chance = random.Random(7)  # noqa: S311
    for _ in range(kills):
        time.sleep(chance.uniform(0.2, 1.0) * seconds / kills)
        wiki.kill()
        wiki.start()
    for thread in threads:
        thread.join()
    tally = checked(wiki, pages, works)
    taken = sorted(one for work in works for one in work.seconds)
    p95, p99 = (taken[int(len(taken) * share)] * 1000 for share in (0.95, 0.99))
    print(
        f"    saves/s {len(taken) / seconds:.1f}, p50 {statistics.median(taken) * 1000:.0f} ms, "
        f"p95 {p95:.0f} ms, p99 {p99:.0f} ms"
    )
    return tally


def checked(wiki: Wiki, pages: Sequence[str], works: Sequence[Work]) -> Tally:
    """Return what became of every mark: in history exactly once, in a draft, or still unknown."""
    tally = Tally()
    histories = {page: wiki.history(page) for page in pages}
    drafts: dict[str, str] = {}
    for page, word, editor, answer in (save for work in works for save in work.saves):
        tally.outcomes[answer.outcome] += 1
        has = [word in text for text in histories[page]]
        came = sum(not before and after for before, after in zip([False, *has], has, strict=False))
        if came > 1:
            tally.wrong.append(f"{page}: {word} came {came} times")
        if answer.outcome == "saved":
            is_kept = has[-1] and has.index(True) + 1 == answer.revision
        elif answer.outcome == "clash":
            is_kept = word in drafts.setdefault(editor.name, editor.drafts())
        else:
            # Whoever was not answered still has the text on the screen.
            is_kept = answer.outcome == "unknown"
        if is_kept:
            tally.kept += 1
        else:
            tally.lost.append(f"{page}: {word} was answered as {answer.outcome} {answer.status}")
    if tally.outcomes["failed"]:
        tally.wrong.append(f"{tally.outcomes['failed']} answers were mistakes of the server")
    return tally


def measure(kind: str, rounds: int, seconds: float, kills: int) -> int:
    """Run every scenario on one kind of database; return how much was lost or wrong."""
    bad = 0
    with tempfile.TemporaryDirectory() as place:
        wiki = Wiki(kind, Path(place))
        print(f"\n{kind}: first answer after {wiki.start():.2f} s")
        print(f"{'':34}{'tried':>7}{'kept':>7}{'lost':>6}{'wrong':>7}")
        try:
            editors = wiki.editors(EDITORS)
            writers = wiki.editors(WRITERS)
            scenarios: dict[str, Callable[[], Tally]] = {
                "8 editors, other paragraphs": lambda: other_paragraphs(wiki, editors, rounds),
                "8 editors, the same words": lambda: same_line(wiki, editors, rounds),
                "one person, two tabs": lambda: two_tabs(wiki, editors, rounds),
                "a form opened long ago": lambda: stale(wiki, editors, rounds),
                "the same form sent twice": lambda: twice(wiki, editors, rounds),
                f"20 writers for {seconds:.0f} s": lambda: many_writers(wiki, writers, seconds),
                f"8 writers, {kills} kills -9": lambda: many_writers(wiki, editors, seconds, kills),
            }
            for name, scenario in scenarios.items():
                tally = scenario()
                print(tally.line(name), flush=True)
                for sentence in [*tally.lost[:5], *tally.wrong[:5]]:
                    print(f"    {sentence}")
                bad += len(tally.lost) + len(tally.wrong)
        finally:
            wiki.stop()
    return bad


def main() -> int:
    """Run the scenarios and print what was tried, kept and lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--kills", type=int, default=5)
    chosen = parser.parse_args()
    kinds = [chosen.database] if chosen.database else ["sqlite", "postgresql"]
    bad = sum(measure(kind, chosen.rounds, chosen.seconds, chosen.kills) for kind in kinds)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

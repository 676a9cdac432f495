"""What a save and the form before it cost, on a wiki that really runs, beside two floors.

    python -m bench.editing [--database sqlite|postgresql] [--saves 40] [--paragraphs 80]

The floors of the same run: a bare transaction of SQLite with one fsync, and the rendering of the
page alone. A save takes two transactions (the draft, then the revision), so two such fsyncs are
wanted. Milliseconds and rates move with what else the machine does, so look at ratios; CPU is
that of all processes of the server and hardly moves.
"""

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench._editors import Editor
from bench._wikis import Wiki
from bench.saving import mark, paragraphs
from bench.web import cpu_seconds
from wiki.text.markdown import render

EDITORS = 8
WARM_UP = 10


@dataclass(frozen=True)
class Cost:
    """What one thing takes: milliseconds at the middle and near the worst, and CPU of each."""

    median: float
    p95: float
    cpu: float

    def line(self, name: str) -> str:
        """Return the cost as a line of the table."""
        return f"  {name:34}{self.median:9.2f}{self.p95:9.2f}{self.cpu:9.2f}"


def timed(count: int, work: Callable[[int], object], cpu: Callable[[], float]) -> Cost:
    """Return what `work` takes, done so often, one after the other."""
    for number in range(WARM_UP):
        work(number)
    used, taken = cpu(), []
    for number in range(count):
        begun = time.perf_counter()
        work(WARM_UP + number)
        taken.append((time.perf_counter() - begun) * 1000)
    taken.sort()
    used = cpu() - used
    return Cost(statistics.median(taken), taken[int(len(taken) * 0.95)], used / count * 1000)


def bare_commits(folder: Path, count: int) -> Cost:
    """Return what a transaction of one row takes that is safe on the disk when it ends."""
    with sqlite3.connect(folder / "floor.db", isolation_level=None) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE row (text TEXT)")

        def commit(number: int) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO row VALUES (?)", [str(number)])
            connection.execute("COMMIT")

        return timed(count, commit, time.process_time)


def save_once(editor: Editor, page: str) -> str:
    """Open the form, change a word, save; return what became of it."""
    form = editor.open(page)
    text = form.text.replace("part 0 here", f"part 0 here {mark()}")
    return editor.save(form, text, "").outcome


def alone(wiki: Wiki, editor: Editor, page: str, count: int) -> tuple[Cost, Cost]:
    """Return what the form and what a save take while nobody else is there."""
    forms = timed(count, lambda _: editor.open(page), wiki_cpu(wiki))
    ready = editor.open(page)
    cookie = editor.cookie

    def save(number: int) -> None:
        # The form of the save before, as if it had been opened since: no second request is timed.
        ready.hidden.update(base=str(number + 1), form=f"measured-{number:06d}")
        text = ready.text.replace("part 0 here", f"part 0 here {mark()}")
        # The page after a save, which is not asked for here, would take its notice out of it.
        editor.cookie = cookie
        answer = editor.save(ready, text, "")
        assert answer.outcome == "saved", (answer.status, answer.body[:300])

    return forms, timed(count, save, wiki_cpu(wiki))


def together(wiki: Wiki, editors: list[Editor], pages: list[str], count: int) -> None:
    """Let all editors open forms and save, each on a page of their own, and print the rate."""

    def work(number: int) -> Counter[str]:
        return Counter(save_once(editors[number], pages[number]) for _ in range(count))

    cpu = wiki_cpu(wiki)
    used, begun = cpu(), time.perf_counter()
    with ThreadPoolExecutor(len(editors)) as threads:
        outcomes = sum(threads.map(work, range(len(editors))), Counter[str]())
    seconds, used = time.perf_counter() - begun, cpu() - used
    total = outcomes.total()
    told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(outcomes.items()))
    print(
        f"  {len(editors)} editors on {len(pages)} pages: {total / seconds:.1f} forms and saves "
        f"a second, {used / total * 1000:.2f} ms CPU each; {told}"
    )


def wiki_cpu(wiki: Wiki) -> Callable[[], float]:
    """Return what tells how many seconds of CPU the server has used."""
    process = wiki.process
    assert process is not None
    return lambda: cpu_seconds(process.pid)


def measure(kind: str, saves: int, parts: int) -> None:
    """Print all figures for one kind of database."""
    text = paragraphs(parts)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        wiki = Wiki(kind, folder)
        try:
            wiki.start()
            editors = wiki.editors(EDITORS)
            pages = [wiki.new_page(f"measured-{number}", text) for number in range(EDITORS)]
            lone = wiki.new_page("measured-alone", text)
            print(f"\n{kind}, a page of {len(text) / 1000:.1f} kB in {parts} sections")
            print(f"  {'ms':34}{'p50':>9}{'p95':>9}{'CPU':>9}")
            floors = bare_commits(folder, saves)
            print(floors.line("floor: a transaction with one fsync"))
            rendering = timed(saves, lambda _: render(text, path=lone), time.process_time)
            print(rendering.line("floor: rendering"))
            form, save = alone(wiki, editors[0], lone, saves)
            print(form.line("the form"))
            print(save.line("a save"))
            floor = 2 * floors.median + rendering.median
            print(f"  a save is {save.median / floor:.1f} times rendering and two transactions")
            together(wiki, editors, pages, max(saves // EDITORS, 5))
        finally:
            wiki.stop()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"))
    parser.add_argument("--saves", type=int, default=40)
    parser.add_argument("--paragraphs", type=int, default=80)
    chosen = parser.parse_args()
    for kind in [chosen.database] if chosen.database else ["sqlite", "postgresql"]:
        measure(kind, chosen.saves, chosen.paragraphs)


if __name__ == "__main__":
    main()

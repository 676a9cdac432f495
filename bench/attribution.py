"""What it costs to know at any time who wrote which word.

    python -m bench.attribution [BUNDLE ...] [--database sqlite|postgresql] [--saves 60]
                                [--revisions 3000]

Three tables: saves of one page with and without authorship, by turns, as whole requests inside
this process; imports (without a bundle, of a made-up history), with what is kept beside the texts;
and one page with a long, made-up history, read at several of its revisions.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

import sqlalchemy as sa
from flask.testing import FlaskClient

from bench.importing import made_up
from tests import make
from tests.conftest import settings_for
from tests.histories import history
from tests.postgres import fresh_database
from wiki.app import create_app
from wiki.authorship.queries.spans import spans_at
from wiki.authorship.service import rebuild
from wiki.clock import utc_now
from wiki.pages import service as pages
from wiki.pages.service import Change
from wiki.storage.engine import Database
from wiki.storage.migrations import migrate
from wiki.transfer.service import Wanted, import_git

SECTIONS = 80
READS = 40
KEPT = ("state", "past", "memory", "ledger", "total")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, usage="python -m bench.attribution")
    parser.add_argument("bundles", nargs="*", type=Path)
    parser.add_argument("--database", default="sqlite", choices=("sqlite", "postgresql"))
    parser.add_argument("--saves", type=int, default=60)
    parser.add_argument("--revisions", type=int, default=3000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bundles = chosen.bundles or [made_up(Path(folder))]
        with fresh(chosen.database) as database:
            saves(database, chosen.saves)
        print("\nimport              revisions  per second  CPU ms each  of which authorship")
        for bundle in bundles:
            with fresh(chosen.database) as database:
                imports(database, bundle)
        with fresh(chosen.database) as database:
            long_page(database, chosen.revisions)


@contextmanager
def fresh(kind: str) -> Iterator[Database]:
    """Give an empty, migrated database."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        url = fresh_database() if kind == "postgresql" else f"sqlite:///{place}/wiki.db"
        database = Database(settings_for(url, place))
        migrate(database)
        yield database
        database.close()


def saves(database: Database, count: int) -> None:
    """Save a page of about 10 kB with a word changed, again and again."""
    parts = [
        f"## Part {number}\n\nThe council writes part {number} of its plan in this place, "
        "together with all who live and work here.\n"
        for number in range(SECTIONS)
    ]
    with database.begin() as session:
        person = make.person(session, role="admin")
        make.page(session, text="".join(parts), author=person)
        token = make.sign_in(session, person)
    browser = _browser(database, token)
    took: dict[str, list[tuple[float, float]]] = {"with": [], "without": []}
    for number in range(1, 2 * count + 1):
        parts[number % SECTIONS] += f"\nA sentence more, of change {number}.\n"
        save = partial(_save, browser, number, "\n".join(parts))
        if number % 2:
            took["with"].append(_timed(save))
            continue
        with patch("wiki.writing.service.writing.follow"):
            took["without"].append(_timed(save))
        rebuild(database, lambda *_: None)
    print("saves            wall ms p50   CPU ms p50")
    middle = {
        way: [statistics.median(times) for times in zip(*some, strict=True)]
        for way, some in took.items()
    }
    for way, (wall, cpu) in middle.items():
        print(f"{way:<16} {wall:>11.1f} {cpu:>12.1f}")
    ratios = [a / b for a, b in zip(middle["with"], middle["without"], strict=True)]
    print(f"{'ratio':<16} {ratios[0]:>11.2f} {ratios[1]:>12.2f}")


def _browser(database: Database, token: str) -> FlaskClient:
    app = create_app(database.settings, database)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return browser


def _save(browser: FlaskClient, base: int, text: str) -> None:
    answer = browser.post("/pages/aims/revisions", data={"base": base, "text": text, "note": ""})
    assert answer.headers.get("Manyhands-Revision") == str(base + 1), answer.status


def _timed(act: Callable[[], object]) -> tuple[float, float]:
    """Return the milliseconds that an act takes, by the wall's clock and by the processor's."""
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def imports(database: Database, bundle: Path) -> None:
    """Import a history; authorship comes last, so its part of the work can be told apart."""
    cpu: dict[str, float] = {}
    last = time.process_time()

    def progress(what: str, _done: int, _total: int) -> None:
        nonlocal last
        now = time.process_time()
        cpu[what] = cpu.get(what, 0) + now - last
        last = now

    report = import_git(database, Wanted(source=str(bundle)), now=utc_now(), progress=progress)
    count = max(report.revisions, 1)
    each = sum(cpu.values()) * 1000 / count
    own = cpu.get("revisions followed", 0) * 1000 / count
    print(
        f"{bundle.stem:<20} {count:>8,} {count / max(report.seconds, 0.01):>11,.0f} "
        f"{each:>12.2f} {own:>20.2f}"
    )
    sizes(database, count)


def sizes(database: Database, count: int) -> None:
    """Say how much is kept of authorship, beside the texts of the heads and all stored texts."""
    with database.reading() as session:

        def number(query: str) -> int:
            return int(session.scalar(sa.text(query)) or 0)

        heads = number(
            "SELECT sum(length) FROM text_blob WHERE sha IN (SELECT text_sha FROM revision "
            "JOIN page ON page.head_id = revision.id)"
        )
        stored = number("SELECT sum(length(data)) FROM text_blob")
        for name in KEPT:
            rows = number(f"SELECT count(*) FROM authorship_{name}")  # noqa: S608  # our own names
            has_data = name in {"state", "past", "memory"}
            size = number(f"SELECT sum(length(data)) FROM authorship_{name}") if has_data else 0  # noqa: S608  # our own names
            told = (
                f"{size:>11,} bytes, {size / heads:>7.1%} of heads, {size / stored:>6.1%} of texts"
            )
            print(f"  {name:<8} {rows / count:>6.2f} rows each {told if has_data else ''}")


def long_page(database: Database, count: int) -> None:
    """Read a page with a long history at several revisions."""
    texts = history(7, count)[0]
    with database.begin() as session:
        people = [make.person(session).id for _ in range(40)]
        page = pages.blank_page(session, "long", made_at=make.NOON)
        changes = [
            Change(
                page=page,
                text=text,
                author_id=people[number * number % 40],
                made_at=make.NOON,
                kind="edit" if number else "create",
            )
            for number, text in enumerate(texts)
        ]
        pages.append_all(session, changes)
    took = _timed(lambda: rebuild(database, lambda *_: None))
    seconds, each = took[1] / 1000, took[1] / count
    print(f"\na page of {count:,} revisions: followed in {seconds:.1f} s CPU, {each:.2f} ms each")
    sizes(database, count)
    for number in (count, count // 2, 40):
        with database.reading() as session:
            times = [_timed(partial(spans_at, session, page.id, number)) for _ in range(READS)]
        wall, cpu = (statistics.median(some) for some in zip(*times, strict=True))
        print(f"  read at revision {number:>5,}: {wall:>7.2f} ms, {cpu:>7.2f} ms CPU")


if __name__ == "__main__":
    main()

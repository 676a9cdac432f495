"""What a search costs, beside a plain LIKE scan of the same texts and beside an empty page.

    python -m bench.search [--pages 250] [--texts FOLDER]

Without a folder of Markdown files the pages are made of words of the sample strategy. All figures
are milliseconds of CPU on SQLite, for eight words in turn. Nothing is served from memory: every
request has an address of its own. DokuWiki spent 15 ms of CPU on such a search; 4.5 are allowed.
"""

import argparse
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import count
from pathlib import Path

import sqlalchemy as sa

from wiki.app import create_app
from wiki.pages import service as pages
from wiki.pages.models import Page
from wiki.pages.queries.sight import EVERYTHING
from wiki.people.models import Person
from wiki.search import service
from wiki.search.queries.finding import search, suggest
from wiki.settings import Settings
from wiki.storage.engine import Database
from wiki.storage.migrations import migrate

WORDS = ("strategy", "services", "accessible", "data", "residents", "policy", "teams", "zeppelin")
SAMPLE = Path(__file__).parents[1] / "wiki/transfer/sample/pages"
MADE_AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ROUNDS = 5
PAGE_WORDS = 1_500
PARAGRAPH_WORDS = 60


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, usage="python -m bench.search [options]")
    parser.add_argument("--pages", type=int, default=250)
    parser.add_argument("--texts", type=Path)
    chosen = parser.parse_args()
    texts = _read(chosen.texts) if chosen.texts else _made_up(chosen.pages)
    with tempfile.TemporaryDirectory() as folder, _filled(Path(folder), texts) as database:
        letters = sum(map(len, texts)) // len(texts)
        print(f"{len(texts)} pages of {letters:,} letters")
        _print_indexing(database)
        _print_searching(database)


def _read(folder: Path) -> list[str]:
    return [file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.md"))]


def _made_up(number: int) -> list[str]:
    source = " ".join(file.read_text(encoding="utf-8") for file in sorted(SAMPLE.rglob("*.yaml")))
    words = re.findall(r"[A-Za-z]{2,}", source)
    dice = random.Random(1)  # noqa: S311  # the same pages every time
    return [_made_up_page(place, dice.choices(words, k=PAGE_WORDS)) for place in range(number)]


def _made_up_page(number: int, words: list[str]) -> str:
    starts = range(0, len(words), PARAGRAPH_WORDS)
    paragraphs = [" ".join(words[start : start + PARAGRAPH_WORDS]) + "." for start in starts]
    return "\n\n".join([f"# {' '.join(words[:3])} {number}", *paragraphs, ""])


@contextmanager
def _filled(folder: Path, texts: list[str]) -> Iterator[Database]:
    settings = Settings(
        database_url=f"sqlite:///{folder / 'wiki.db'}",
        data_dir=folder,
        secret_key="only for measuring, 32 letters or more",  # noqa: S106
        public_url="http://127.0.0.1",
    )
    database = Database(settings)
    migrate(database)
    with database.begin() as session:
        author = Person(name="Bench", email="bench@example.org", made_at=MADE_AT)
        session.add(author)
        session.flush()
        for number, text in enumerate(texts):
            path = f"part-{number % 12}/page-{number}"
            pages.create(session, path, text, author_id=author.id, made_at=MADE_AT)
    yield database
    database.close()


def _print_indexing(database: Database) -> None:
    with database.begin() as session:
        ids = list(session.scalars(sa.select(Page.id)))
        began = time.process_time()
        service.index_pages(session, ids)
        spent = (time.process_time() - began) * 1000
    print(f"indexing       {spent / len(ids):8.2f} ms a page, {spent:,.0f} ms for all")


def _print_searching(database: Database) -> None:
    client = create_app(database.settings, database).test_client()
    fresh = count()

    def get(address: str) -> None:
        answer = client.get(f"{address}&fresh={next(fresh)}")
        assert answer.status_code == HTTPStatus.OK

    with database.reading() as session:
        scan = sa.text("SELECT page_id, body FROM search_text WHERE body LIKE :word LIMIT 20")
        floor = _cost(lambda word: session.execute(scan, {"word": f"%{word}%"}).all())
        rows = (
            ("LIKE scan", floor),
            ("search", _cost(lambda word: search(session, word, sight=EVERYTHING))),
            ("suggest", _cost(lambda word: suggest(session, word[:3], sight=EVERYTHING))),
            ("GET /sign-in", _cost(lambda _word: get("/sign-in?"))),
            ("GET /search", _cost(lambda word: get(f"/search?q={word}"))),
            ("GET /suggest", _cost(lambda word: get(f"/search/suggest?q={word[:3]}"))),
        )
        for name, spent in rows:
            print(f"{name:14} {spent:8.2f} ms {spent / floor:8.2f} of the scan")
        for word in WORDS:
            began = time.process_time()
            results = search(session, word, sight=EVERYTHING)
            spent = (time.process_time() - began) * 1000
            print(f"  {word:12} {spent:8.2f} ms {results.total:8} pages")


def _cost(ask: Callable[[str], object]) -> float:
    """Return the milliseconds of CPU for one word, all of them asked in turn, warm."""
    for word in WORDS:
        ask(word)
    began = time.process_time()
    for _ in range(ROUNDS):
        for word in WORDS:
            ask(word)
    return (time.process_time() - began) * 1000 / ROUNDS / len(WORDS)


if __name__ == "__main__":
    main()

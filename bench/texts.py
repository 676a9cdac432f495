"""How many bytes a revision takes, and how long its text takes to read and to write.

For each bundle (or a made-up history) the same revisions are stored plain, whole, in chains, and
by git at its closest (`gc --aggressive`). Bytes are those of the texts alone; a read is one random
revision through the database, a write is one new text.
"""

import argparse
import random
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from bench.importing import made_up
from wiki.clock import utc_now
from wiki.pages.models import Page, Revision, TextBlob
from wiki.pages.queries.texts import text_of
from wiki.pages.service.chains import chain_all, size_of_texts
from wiki.pages.service.texts import store
from wiki.settings import Settings
from wiki.storage.engine import Database
from wiki.storage.migrations import migrate
from wiki.transfer.service import Wanted, import_git

READS = 400
Thing = TypeVar("Thing")


def main() -> None:
    """Print a table, four lines each bundle."""
    parser = argparse.ArgumentParser(
        description=__doc__, usage="python -m bench.texts [BUNDLE ...] [--url DATABASE_URL]"
    )
    parser.add_argument("bundles", nargs="*", type=Path)
    parser.add_argument("--url", default="")
    chosen = parser.parse_args()
    print("history              revisions  stored        bytes each   share  read ms  write ms")
    with tempfile.TemporaryDirectory() as folder:
        for bundle in chosen.bundles or [made_up(Path(folder))]:
            measure(bundle, Path(tempfile.mkdtemp(dir=folder)), chosen.url)


def measure(bundle: Path, folder: Path, url: str) -> None:
    """Import one bundle and print its lines."""
    settings = Settings(
        database_url=url or f"sqlite:///{folder / 'wiki.db'}",
        data_dir=folder,
        secret_key="x" * 32,
        public_url="http://127.0.0.1:8000",
    )
    database = Database(settings)
    migrate(database)
    import_git(database, Wanted(source=str(bundle)), now=utc_now(), progress=lambda *_: None)
    with database.reading() as session:
        plain = _plain_bytes(session)
        whole = size_of_texts(session)
        shas = _older(session)
    count = whole.revisions

    def say(stored: str, size: int, *times: float) -> None:
        figures = "".join(f"{ms:>9.3f}" for ms in times)
        print(
            f"{bundle.stem:<20} {count:>9,}  {stored:<10} {size / count:>13,.0f} "
            f"{size / plain:>7.1%}{figures}"
        )

    say("plain", plain)
    say("whole", whole.stored, _reading(database, shas), _writing(database))
    started = time.perf_counter()
    chain_all(database, lambda *_: None, now=utc_now())
    seconds = time.perf_counter() - started
    with database.reading() as session:
        chained = size_of_texts(session)
    say("chained", chained.stored, _reading(database, shas), seconds * 1000 / count)
    database.close()
    say("git", _packed_by_git(bundle, folder))


def _plain_bytes(session: sa.orm.Session) -> int:
    query = sa.select(sa.func.sum(TextBlob.length)).join(
        Revision, Revision.text_sha == TextBlob.sha
    )
    return session.scalar(query) or 1


def _older(session: sa.orm.Session) -> list[bytes]:
    """Return the texts of some older revisions, by chance."""
    query = sa.select(Revision.text_sha).join(Page, Page.id == Revision.page_id)
    shas = list(session.scalars(query.where(Revision.id != Page.head_id)))
    return random.Random(1).choices(shas, k=READS)  # noqa: S311  # no secret


def _reading(database: Database, shas: Sequence[bytes]) -> float:
    """Return the milliseconds that reading one text takes."""
    with database.reading() as session:
        return _each(shas, lambda sha: text_of(session, sha))


def _writing(database: Database) -> float:
    """Return the milliseconds that writing one new text takes; nothing of it stays."""
    texts = [f"# Page {number}\n\n" + "Nobody wrote this yet.\n" * 800 for number in range(READS)]
    with database.engine.execution_options(writes=True).connect() as connection:
        session = sa.orm.Session(connection)
        took = _each(range(READS), lambda n: store(session, {n.to_bytes(32): texts[n]}))
        connection.rollback()
    return took


def _each(things: Sequence[Thing], work: Callable[[Thing], object]) -> float:
    started = time.perf_counter()
    for thing in things:
        work(thing)
    return (time.perf_counter() - started) * 1000 / len(things)


def _packed_by_git(bundle: Path, folder: Path) -> int:
    """Return the bytes of the pack in which git keeps the whole history, commits and all."""
    place = folder / "packed.git"
    subprocess.run(["git", "clone", "-q", "--bare", str(bundle), str(place)], check=True)
    subprocess.run(["git", "-C", str(place), "gc", "-q", "--aggressive", "--prune=now"], check=True)
    return sum(file.stat().st_size for file in place.glob("objects/pack/*.pack"))


if __name__ == "__main__":
    main()

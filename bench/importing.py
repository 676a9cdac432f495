"""What it costs to import a git history, beside git copying the same history.

    python -m bench.importing [BUNDLE ...] [--url DATABASE_URL]

Without a bundle a history is made up: 40 pages, 2,000 revisions. The wiki is a new one on SQLite
unless an address names an empty, migrated database. The floor is `git fast-export | git
fast-import`: git reading and writing all of it without understanding a word. Revisions a second
count everything derived (HTML, links, sections, search); CPU is that of this process alone.
"""

import argparse
import random
import subprocess
import tempfile
import time
from pathlib import Path

import sqlalchemy as sa

from wiki.clock import utc_now
from wiki.pages.models import TextBlob
from wiki.settings import Settings
from wiki.storage.engine import Database
from wiki.storage.migrations import migrate
from wiki.transfer.service import Wanted, import_git

PAGES = 40
REVISIONS = 2_000
SAMPLE = Path(__file__).parents[1] / "wiki/transfer/sample/pages"


def main() -> None:
    """Print a table, a line each bundle."""
    parser = argparse.ArgumentParser(
        description=__doc__, usage="python -m bench.importing [BUNDLE ...] [--url DATABASE_URL]"
    )
    parser.add_argument("bundles", nargs="*", type=Path)
    parser.add_argument("--url", default="")
    chosen = parser.parse_args()
    print("history             revisions  seconds  per second  CPU ms each  git's s  bytes each")
    with tempfile.TemporaryDirectory() as folder:
        for bundle in chosen.bundles or [made_up(Path(folder))]:
            measure(bundle, Path(tempfile.mkdtemp(dir=folder)), chosen.url)


def measure(bundle: Path, folder: Path, url: str) -> None:
    """Import one bundle and print its line."""
    settings = Settings(
        database_url=url or f"sqlite:///{folder / 'wiki.db'}",
        data_dir=folder,
        secret_key="x" * 32,
        public_url="http://127.0.0.1:8000",
    )
    database = Database(settings)
    migrate(database)
    started, cpu = time.perf_counter(), time.process_time()
    report = import_git(
        database, Wanted(source=str(bundle)), now=utc_now(), progress=lambda *_: None
    )
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    revisions = report.revisions
    with database.reading() as session:
        stored = session.scalar(sa.select(sa.func.sum(sa.func.length(TextBlob.data)))) or 0
    database.close()
    whole = stored if url else (folder / "wiki.db").stat().st_size
    print(
        f"{bundle.stem:<19} {revisions:>9,} {seconds:>8.2f} {revisions / seconds:>11,.0f} "
        f"{cpu * 1000 / revisions:>12.2f} {floor(bundle, folder):>8.2f} "
        f"{whole / revisions:>11,.0f} ({stored / revisions:,.0f} of texts)"
    )


def floor(bundle: Path, folder: Path) -> float:
    """Return the seconds that git needs to read the history out and write it again."""
    source, target = folder / "source.git", folder / "target.git"
    subprocess.run(["git", "clone", "-q", "--bare", str(bundle), str(source)], check=True)
    subprocess.run(["git", "init", "-q", "--bare", str(target)], check=True)
    started = time.perf_counter()
    with subprocess.Popen(
        ["git", "-C", str(source), "fast-export", "--all"], stdout=subprocess.PIPE
    ) as export:
        command = ["git", "-C", str(target), "fast-import", "--quiet"]
        subprocess.run(command, stdin=export.stdout, check=True)
    return time.perf_counter() - started


def made_up(folder: Path) -> Path:
    """Return a bundle of a history whose pages are made of words of the sample strategy."""
    chance = random.Random(1)  # noqa: S311  # no secret
    words = " ".join(file.read_text("utf-8") for file in SAMPLE.rglob("*.yaml")).split()
    pages = [_paragraphs(words, chance, count=30) for _ in range(PAGES)]
    stream = ["reset refs/heads/main\n"]
    for number in range(REVISIONS):
        page = number % PAGES
        pages[page][chance.randrange(30)] = _paragraphs(words, chance, count=1)[0]
        text = f"# Page {page}\n\n" + "\n\n".join(pages[page]) + "\n"
        stream.append(_commit(number, f"part-{page % 5}/page-{page}.md", text))
    repository = folder / "made-up.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(repository)], check=True)
    git = ["git", "-C", str(repository)]
    subprocess.run([*git, "fast-import", "--quiet"], input="".join(stream).encode(), check=True)
    bundle = folder / "made-up.bundle"
    subprocess.run([*git, "bundle", "create", "-q", str(bundle), "main"], check=True)
    return bundle


def _paragraphs(words: list[str], chance: random.Random, *, count: int) -> list[str]:
    return [" ".join(chance.choices(words, k=60)) for _ in range(count)]


def _commit(number: int, file: str, text: str) -> str:
    who = f"Author {number % 12} <author{number % 12}@example.org> {1_600_000_000 + number * 900}"
    return (
        f"commit refs/heads/main\nauthor {who} +0000\ncommitter {who} +0000\n"
        f"data 9\nOne more\nM 100644 inline {file}\ndata {len(text.encode())}\n{text}\n"
    )


if __name__ == "__main__":
    main()

"""What it costs to take the whole wiki out as git, and to bring that into another wiki.

    python -m bench.exporting [BUNDLE ...]

Without a bundle a history is made up: 40 pages, 2,000 revisions. Wikis are new ones on SQLite. The
floor is `git fast-export | git fast-import` of what was exported: git writing the same commits.
`again` is an export with nothing new, `back` the import into an empty wiki with everything derived.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.importing import floor, made_up
from wiki.clock import utc_now
from wiki.settings import Settings
from wiki.storage.engine import Database
from wiki.storage.migrations import migrate
from wiki.transfer.service import Wanted, export_git, export_markdown, import_git

HEADING = "history             revisions  seconds  per second  git's s  again s  back/s  files s"


def main() -> None:
    """Print a table, a line each bundle."""
    parser = argparse.ArgumentParser(
        description=__doc__, usage="python -m bench.exporting [BUNDLE ...]"
    )
    parser.add_argument("bundles", nargs="*", type=Path)
    print(HEADING)
    with tempfile.TemporaryDirectory() as folder:
        for bundle in parser.parse_args().bundles or [made_up(Path(folder))]:
            measure(bundle, Path(tempfile.mkdtemp(dir=folder)))


def measure(bundle: Path, folder: Path) -> None:
    """Export one bundle's wiki and print its line."""
    first, second = _wiki(folder / "first"), _wiki(folder / "second")
    _taken(first, bundle)
    out = folder / "out.git"
    seconds = _timed(lambda: _export(first, out))
    again = _timed(lambda: _export(first, out))
    git = floor(out, folder)
    started = time.perf_counter()
    revisions = _taken(second, out)
    back = time.perf_counter() - started
    files = _timed(
        lambda: export_markdown(first, folder / "files", now=utc_now(), progress=_silent)
    )
    print(
        f"{bundle.stem:<19} {revisions:>9,} {seconds:>8.2f} {revisions / seconds:>11,.0f} "
        f"{git:>8.2f} {again:>8.2f} {revisions / back:>7,.0f} {files:>8.2f}"
    )
    first.close()
    second.close()


def _wiki(folder: Path) -> Database:
    folder.mkdir()
    settings = Settings(
        database_url=f"sqlite:///{folder / 'wiki.db'}",
        data_dir=folder,
        secret_key="x" * 32,
        public_url="http://127.0.0.1:8000",
    )
    database = Database(settings)
    migrate(database)
    return database


def _taken(database: Database, source: Path) -> int:
    wanted = Wanted(source=str(source))
    return import_git(database, wanted, now=utc_now(), progress=_silent).revisions


def _export(database: Database, folder: Path) -> None:
    export_git(database, folder, has_addresses=True, progress=_silent)


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _silent(*_: object) -> None:
    pass


if __name__ == "__main__":
    main()

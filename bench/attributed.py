"""What it costs to show who wrote what: the largest page of each history, and one with a long one.

    python -m bench.attributed [BUNDLE ...] [--revisions 3000]

CPU milliseconds of whole requests inside this process, none of them answered from kept pages,
beside the page as it is read.
"""

import argparse
import statistics
import time
from pathlib import Path

import sqlalchemy as sa
from flask.testing import FlaskClient

from bench.attribution import fresh, long_page
from tests import make
from wiki.app import create_app
from wiki.clock import utc_now
from wiki.storage.engine import Database
from wiki.transfer.service import Wanted, import_git

READS = 15
VIEWS = ("", "/contributors", "/authorship", "/authorship?view=age", "/authorship?words=of+the")
_LARGEST = """SELECT page.path, page.head_number, revision.words FROM page
JOIN revision ON revision.id = page.head_id ORDER BY revision.words DESC LIMIT 1"""


def main() -> None:
    """Print a table for each page."""
    parser = argparse.ArgumentParser(description=__doc__, usage="python -m bench.attributed")
    parser.add_argument("bundles", nargs="*", type=Path)
    parser.add_argument("--revisions", type=int, default=3000)
    chosen = parser.parse_args()
    for bundle in chosen.bundles:
        with fresh("sqlite") as database:
            import_git(
                database, Wanted(source=str(bundle)), now=utc_now(), progress=lambda *_: None
            )
            read(database, bundle.stem)
    with fresh("sqlite") as database:
        long_page(database, chosen.revisions)
        read(database, "made up")


def read(database: Database, name: str) -> None:
    """Read the largest page in each view, and as it stood halfway."""
    with database.begin() as session:
        path, revisions, words = session.execute(sa.text(_LARGEST)).one()
        token = make.sign_in(session, make.person(session, role="facilitator"))
    app = create_app(database.settings, database)
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    print(f"\n{name}: {path}, {words:,} words, {revisions:,} revisions")
    for view in (*VIEWS, f"/authorship?revision={max(1, revisions // 2)}"):
        took = [_took(browser, f"/pages/{path}{view}", number) for number in range(READS)]
        print(f"  {view or '(read)':<30} {statistics.median(took):>8.1f} ms CPU")


def _took(browser: FlaskClient, address: str, number: int) -> float:
    """Return how long a page takes that was not asked for before."""
    start = time.process_time()
    answer = browser.get(f"{address}{'&' if '?' in address else '?'}again={number}")
    assert answer.status_code == 200, address  # noqa: PLR2004  # as it should be
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main()

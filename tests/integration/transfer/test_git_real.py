"""Two real histories, where they lie beside the repository: every page as its file is."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.integration.transfer.conftest import Bring
from wiki.pages import service as pages
from wiki.pages.models import Page, PageSection, Rendering, Revision
from wiki.people.models import Person
from wiki.storage.engine import Database

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real histories are not here"),
]


@dataclass(frozen=True)
class Expected:
    name: str
    commits: int
    idle_commits: int  # they hold no change of any file
    revisions: int
    pages_ever: int
    pages: int
    authors: int


HISTORIES = [
    Expected("playbook", 1134, 22, 1112, 28, 22, 12),
    Expected("open-data-policy", 406, 0, 406, 48, 44, 81),
]


@pytest.mark.parametrize("expected", HISTORIES, ids=lambda expected: expected.name)
def test_a_real_history_is_taken_whole(
    expected: Expected, bring: Bring, database: Database, tmp_path: Path
) -> None:
    bundle = DATA / f"{expected.name}.bundle"
    report = bring(bundle)
    assert (report.commits, report.commits_without_pages) == (
        expected.commits,
        expected.idle_commits,
    )
    assert (report.revisions, report.pages, report.authors, report.reasons) == (
        expected.revisions,
        expected.pages_ever,
        expected.authors,
        {},
    )
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(bundle), str(clone)], check=True)  # noqa: S607
    files = {
        file.relative_to(clone).with_suffix("").as_posix().lower(): file
        for file in clone.rglob("*.md")
    }
    assert len(files) == expected.pages
    _compare(database, {path: file.read_bytes() for path, file in files.items()})
    _check_numbers(database)
    assert bring(bundle).revisions == 0


def _compare(database: Database, files: dict[str, bytes]) -> None:
    query = (
        sa.select(Page.path, Revision.text_sha, Rendering.revision_id)
        .join(Revision, Revision.id == Page.head_id)
        .join(Rendering, Rendering.revision_id == Revision.id)
        .where(Page.deleted_at.is_(None))
    )
    with database.reading() as session:
        texts = {
            path: pages.text_of(session, sha).encode() for path, sha, _ in session.execute(query)
        }
        assert pages.stale_count(session) == 0
        assert session.scalar(sa.select(sa.func.count(PageSection.page_id.distinct())))
    assert texts == files


def _check_numbers(database: Database) -> None:
    count: Callable[..., sa.Function[int]] = sa.func.count
    with database.reading() as session:
        rows = session.execute(
            sa.select(count(Revision.id), sa.func.max(Revision.number), Page.head_number)
            .join(Page, Page.id == Revision.page_id)
            .group_by(Page.id, Page.head_number)
        )
        assert all(number == highest == head for number, highest, head in rows)
        back = sa.select(Revision.made_at, Revision.page_id).order_by("page_id", Revision.number)
        moments = [tuple(row) for row in session.execute(back)]
        assert moments == sorted(moments, key=lambda row: (row[1], row[0]))
        states = set(session.scalars(sa.select(Person.state)))
    assert states == {"imported"}

"""Whatever comes into the wiki is followed by the end: the sample, folders, whole histories."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests import make
from tests.shared_data import shared_data
from wiki.authorship.models import AuthorshipLedger
from wiki.authorship.queries import state
from wiki.authorship.service import differences
from wiki.pages.models import Page, Revision
from wiki.storage.engine import Database
from wiki.transfer.service import Wanted, WantedFolder, import_git, import_markdown, load_sample

LATER = make.NOON + timedelta(days=3000)


def assert_every_word_is_credited(database: Database) -> None:
    """Compare the words of every revision with the sums of the ledger up to it."""
    with database.reading() as session:
        assert state.behind(session) == []
        changes = {
            (row[0], row[1]): row[2]
            for row in session.execute(
                sa.select(
                    AuthorshipLedger.page_id,
                    AuthorshipLedger.number,
                    sa.func.sum(AuthorshipLedger.added - AuthorshipLedger.removed),
                ).group_by(AuthorshipLedger.page_id, AuthorshipLedger.number)
            )
        }
        for revision in session.scalars(sa.select(Revision)):
            change = changes.get((revision.page_id, revision.number), 0)
            assert change == revision.words_change, (revision.path, revision.number)


def test_the_sample_is_followed(database: Database) -> None:
    load_sample(database, now=LATER)
    assert_every_word_is_credited(database)


def test_a_folder_is_followed_the_first_time_and_again(database: Database, tmp_path: Path) -> None:
    with database.begin() as session:
        make.person(session, role="admin")
    for text in ("Trees are good.\n", "Trees and hedges are good.\n"):
        (tmp_path / "trees.md").write_text(text)
        (tmp_path / f"page-{len(text)}.md").write_text(text)
        wanted = WantedFolder(folder=tmp_path)
        import_markdown(database, wanted, now=LATER, progress=lambda *_: None)
        assert_every_word_is_credited(database)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["playbook", "open-data-policy"])
def test_a_real_history_is_followed_and_every_word_of_it_credited(
    database: Database, name: str
) -> None:
    bundle = shared_data(f"{name}.bundle", checks="that a real history is followed")
    import_git(database, Wanted(source=str(bundle)), now=LATER, progress=lambda *_: None)
    assert_every_word_is_credited(database)
    with database.reading() as session:
        longest = session.scalars(sa.select(Page.id).order_by(Page.head_number.desc()).limit(2))
        assert [differences(session, page_id) for page_id in longest] == [[], []]

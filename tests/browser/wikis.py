"""The wikis that browser tests visit."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import letters_sent, odd_pages
from tests.browser.live import LiveWiki, opened
from wiki.clock import utc_now
from wiki.people.service import set_wiki
from wiki.transfer.service import load_sample


@pytest.fixture(scope="session")
def live_wiki(
    migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveWiki]:
    """Return a wiki that everybody may read, with the sample strategy and some odd pages."""
    with opened(migrated_sqlite, tmp_path_factory.mktemp("live")) as wiki:
        load_sample(wiki.database, now=utc_now())
        with wiki.database.begin() as session:
            odd_pages.write(session)
        email = wiki.join("Ada Lindqvist", role="admin")
        with wiki.database.begin() as session:
            odd_pages.leave_drafts(session, email)
            letters_sent.send(session)
        yield wiki


@pytest.fixture(scope="session")
def writing_wiki(
    migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveWiki]:
    """Return a wiki in which tests write what they like; each begins pages of its own."""
    with opened(migrated_sqlite, tmp_path_factory.mktemp("writing")) as wiki:
        load_sample(wiki.database, now=utc_now())
        yield wiki


@pytest.fixture(scope="session")
def empty_wiki(
    migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveWiki]:
    """Return a wiki in which nothing was written and nobody is a member."""
    with opened(migrated_sqlite, tmp_path_factory.mktemp("empty")) as wiki:
        yield wiki


@pytest.fixture(scope="session")
def closed_wiki(
    migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveWiki]:
    """Return a wiki for members only, with the sample strategy."""
    with opened(migrated_sqlite, tmp_path_factory.mktemp("closed")) as wiki:
        load_sample(wiki.database, now=utc_now())
        with wiki.database.begin() as session:
            set_wiki(session, "readers", "members", now=utc_now())
        yield wiki

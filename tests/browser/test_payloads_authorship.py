"""Known attacks run nowhere where it is said who wrote what, nor when they are asked about."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests import make
from tests.browser import payloads
from tests.browser.live import LiveWiki, opened
from tests.browser.test_payloads import BOTH, _armed, _expect_all_dead
from wiki.people.service import set_wiki

OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def corpus() -> list[str]:
    return payloads.read_payloads()


@pytest.fixture(scope="module")
def told_wiki(
    corpus: list[str], migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveWiki]:
    """Return the attacked wiki, with every member told who wrote what."""
    with opened(migrated_sqlite, tmp_path_factory.mktemp("told")) as wiki:
        with wiki.database.begin() as session:
            payloads.write(session, corpus)
            set_wiki(session, "figures", "members", now=make.NOON)
        yield wiki


@BOTH
def test_no_attack_is_alive_where_it_is_said_who_wrote_what(
    has_policy: bool, new_page: OpenPage, told_wiki: LiveWiki, corpus: list[str]
) -> None:
    page = _armed(new_page, has_policy=has_policy)
    told_wiki.enter(page, told_wiki.join("Ada Lindqvist"))
    addresses = []
    for path, batch in payloads.batches(corpus):
        here = f"/pages/{path}/authorship"
        addresses += [here, f"{here}?words={quote(batch[0])}"]
        if not has_policy:
            addresses += [f"{here}?view=age&by={quote(batch[0])}", f"{here}?revision={len(batch)}"]
    _expect_all_dead(page, told_wiki, addresses)
    page.goto(f"{told_wiki.url}/pages/attacks-0/authorship")
    assert page.locator(".by").count() > payloads.BATCH
    assert page.locator(".attributed__text table").count() == payloads.BATCH

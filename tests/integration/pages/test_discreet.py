"""Whoever is not signed in reads the address of no owner, at any address of the wiki."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests import make
from wiki.pages.service import text_of
from wiki.storage.engine import Database

OLD = "---\nowner: ann.smith@council.example.org\n---\nWrite to info@example.org.\n"
NEW = "---\nowner: bo.jones@council.example.org\n---\nWrite to info@example.org.\n"
ADDRESSES = [
    "/pages/aims",
    "/pages/aims/raw",
    "/pages/aims/history",
    "/pages/aims/feed",
    "/pages/aims/revisions/1",
    "/pages/aims/revisions/1/raw",
    "/pages/aims/compare/1..2",
    "/pages/aims/compare/1..2?text=written",
    "/pages/aims/compare/1..2?text=written&view=beside",
    "/changes/feed",
    "/search?q=council",
]


@pytest.fixture(autouse=True)
def _page(database: Database) -> None:
    with database.begin() as session:
        page = make.page(session, text=OLD)
        revision = make.revision(session, page, NEW)
        assert text_of(session, revision.text_sha) == NEW


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_of_an_owner_is_shown_to_strangers(
    client: FlaskClient, signed_in: Callable[..., FlaskClient], address: str
) -> None:
    signed_in().get(address)  # what is kept for members is not for others
    assert "council.example.org" not in client.get(address).text


@pytest.mark.parametrize("address", ["/pages/aims/raw", "/pages/aims/compare/1..2?text=written"])
def test_members_and_they_alone_read_what_was_written(
    client: FlaskClient, signed_in: Callable[..., FlaskClient], address: str
) -> None:
    shown = client.get(address).text
    assert "bo.jones" in shown
    assert "info@example.org" in shown
    assert "council.example.org" in signed_in().get(address).text

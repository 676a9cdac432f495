"""Pages that others begin from are no part of the strategy, and still to be found."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests import make
from wiki.clock import utc_now
from wiki.pages.models import Page
from wiki.search.service import index_pages
from wiki.storage.engine import Database

SIDE = ".side-nav a"
TEMPLATE = "---\ntitle: An action plan\n---\n## Who does it?\n\nTODO\n\n[[Nobody wrote this]]\n"


@pytest.fixture(autouse=True)
def _pages(database: Database) -> None:
    with database.begin() as session:
        make.page(session, path="strategy", text="# Strategy\n\n## Aims\n\nTODO\n")
        make.page(session, path="templates/action", text=TEMPLATE, made_at=utc_now())
        make.page(session, path="strategy/aims", text="# Aims\n\nWords.\n", made_at=utc_now())
        index_pages(session, [one.id for one in session.query(Page)])


def _soup(browser: FlaskClient, address: str) -> BeautifulSoup:
    return BeautifulSoup(browser.get(address).text, "html.parser")


def test_templates_are_left_out_of_what_the_front_tells_of_the_strategy(
    signed_in: Callable[..., FlaskClient],
) -> None:
    front = _soup(signed_in(), "/")
    assert [one.get_text() for one in front.select(".page-card__link")] == ["Aims"]
    assert "/pages/strategy/aims" in str(front.select(".digest"))
    assert "action" not in str(front.select(".digest"))
    assert "action" not in str(front.select(".gap-rows"))
    assert "All 2 sections that need words" in front.get_text()


def test_sections_of_templates_need_no_words(client: FlaskClient) -> None:
    needed = _soup(client, "/gaps").get_text()
    assert "Aims" in needed
    assert "Who does it?" not in needed
    assert "Nobody wrote this" not in needed


def test_templates_stand_beside_each_other_alone(client: FlaskClient) -> None:
    assert "Templates" not in [
        one.get_text() for one in _soup(client, "/pages/strategy").select(SIDE)
    ]
    among = [one.get_text() for one in _soup(client, "/pages/templates/action").select(SIDE)]
    assert "An action plan" in among


def test_templates_are_marked_in_the_list_of_pages_and_where_they_are_found(
    client: FlaskClient,
) -> None:
    rows = {one.a.get_text(): one for one in _soup(client, "/pages").select("tr.page-row") if one.a}
    assert rows["An action plan"].select_one(".badge") is not None
    assert "1 section" not in rows["An action plan"].get_text()
    assert rows["Strategy"].select_one(".badge") is None
    found = _soup(client, "/search?q=action").select(".search-result")
    assert [one.h2.get_text("/", strip=True) for one in found if one.h2] == [
        "An action plan/Template"
    ]

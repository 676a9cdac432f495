"""The search as a browser sees it."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.integration.search.conftest import Fill
from wiki.people.models import WikiSetting
from wiki.storage.engine import Database


def seen(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


@pytest.fixture
def reader(signed_in: Callable[..., FlaskClient]) -> FlaskClient:
    return signed_in()


@pytest.mark.usefixtures("stocked")
def test_results_link_to_pages_and_mark_the_words(reader: FlaskClient) -> None:
    page = seen(reader, "/search?q=policies")
    links = [link["href"] for link in page.select(".search-result__title a")]
    assert links == ["/pages/strategy/policy", "/pages/strategy/letters"]
    assert "policies" in [mark.text for mark in page.select("mark")]
    assert "2 pages found" in page.text
    assert page.select_one("main input[name=q]")["value"] == "policies"  # type: ignore[index]


def test_nothing_of_a_text_becomes_a_tag(fill: Fill, reader: FlaskClient) -> None:
    fill({"x": "# A <b>bold</b> title\n\nneedle &lt;script&gt;alert(1)&lt;/script&gt; needle\n"})
    answer = reader.get("/search?q=needle%22%3E%3Cscript%3Ealert(2)%3C/script%3E")
    assert "<script>" not in answer.text
    page = seen(reader, "/search?q=needle")
    assert "<script>alert(1)</script>" in page.select(".search-result__snippet")[0].text
    assert not page.select(".search-result b, .search-result script")


@pytest.mark.usefixtures("stocked")
def test_without_a_query_there_is_a_hint(reader: FlaskClient) -> None:
    assert "What are you looking for?" in seen(reader, "/search").text


@pytest.mark.usefixtures("stocked")
def test_without_results_titles_are_offered(reader: FlaskClient) -> None:
    page = seen(reader, "/search?q=houzing")
    assert "Nothing found" in page.text
    assert page.select("main li a")[0]["href"] == "/pages/strategy/housing"


@pytest.mark.usefixtures("stocked")
def test_a_phrase_that_is_nowhere_is_said_to_be_nowhere(reader: FlaskClient) -> None:
    page = seen(reader, '/search?q="letters+shorter"')
    assert "No page has this phrase. These pages have some of its words." in page.text
    assert page.select(".search-result")
    assert "No page has all of these words." in seen(reader, "/search?q=housing+colleague").text


@pytest.mark.usefixtures("stocked")
def test_filters_stay_chosen_and_nonsense_narrows_nothing(reader: FlaskClient) -> None:
    page = seen(reader, "/search?q=tenants&tag=homes&under=strategy&lang=en")
    assert [option["value"] for option in page.select("main option[selected]")] == [
        "strategy",
        "homes",
        "en",
        "",
    ]
    assert len(page.select(".search-result")) == 1
    page = seen(reader, "/search?q=tenants&author=%00x&page=-4")
    assert len(page.select(".search-result")) == 2


def test_pages_of_results_are_numbered(fill: Fill, reader: FlaskClient) -> None:
    fill({f"m/{number}": f"# Minutes {number}\n\nQuorum.\n" for number in range(41)})
    page = seen(reader, "/search?q=quorum&page=2")
    numbers = [link.text.strip() for link in page.select(".govuk-pagination__list a")]
    assert numbers == ["1", "2", "3"]
    assert page.select("a[rel=next]")[0]["href"] == "/search?q=quorum&page=3"


@pytest.mark.usefixtures("stocked")
def test_suggestions_are_json(reader: FlaskClient) -> None:
    answer = reader.get("/search/suggest?q=acc")
    assert answer.json == [{"title": "Accès pour tous", "path": "acces", "url": "/pages/acces"}]
    assert reader.get("/search/suggest").json == []


@pytest.mark.usefixtures("stocked")
def test_a_closed_wiki_is_searched_by_members_only(
    client: FlaskClient, reader: FlaskClient, database: Database
) -> None:
    with database.begin() as session:
        session.merge(WikiSetting(key="readers", value="members"))
    for address in ("/search?q=tenants", "/search/suggest?q=tenants"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert "/sign-in" in answer.location
        assert reader.get(address).status_code == 200


@pytest.mark.usefixtures("stocked")
@pytest.mark.parametrize("query", ["%00", "%ff%fe", "%F0%9F%99%82", "%22", "q" * 5000, "%ED%A0%80"])
def test_no_address_is_an_error(reader: FlaskClient, query: str) -> None:
    assert (
        reader.get(f"/search?q={query}&tag={query}&under={query}&page={query}").status_code == 200
    )
    assert reader.get(f"/search/suggest?q={query}").status_code == 200


def test_a_new_page_is_found_at_once_though_results_are_kept(
    fill: Fill, reader: FlaskClient
) -> None:
    assert "Nothing found" in seen(reader, "/search?q=zeppelin").text
    fill({"z": "# Z\n\nA zeppelin.\n"})
    assert len(seen(reader, "/search?q=zeppelin").select(".search-result")) == 1

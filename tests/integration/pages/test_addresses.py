"""Which address leads to which page, and which lead nowhere."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.integration.pages.conftest import See, Write

DOORS = ("", "/history", "/raw", "/links", "/feed", "/revisions/1", "/revisions/1/raw")
SLOPPY = ("Strategy/Aims", "strategy/aims/", "strategy/ aims ", "STRATEGY\\AIMS", "strategy/'aims'")


@pytest.fixture
def gone(write: Write, add: Callable[..., int]) -> None:
    """Make the page `gone` with three revisions, the last of which deletes it."""
    page = write("gone", "# Gone\n\nFirst words.\n", "# Gone\n\nSecond words.\n")
    add(page, kind="delete", note="No longer needed")


@pytest.mark.parametrize("sloppy", SLOPPY)
def test_a_sloppy_address_leads_to_the_page(write: Write, client: FlaskClient, sloppy: str) -> None:
    write("strategy/aims")
    answer = client.get(f"/pages/{sloppy}")
    assert (answer.status_code, answer.location) == (301, "/pages/strategy/aims")


@pytest.mark.parametrize("door", DOORS)
def test_a_sloppy_address_keeps_its_door(write: Write, client: FlaskClient, door: str) -> None:
    write("strategy/aims")
    answer = client.get(f"/pages/Strategy/Aims{door}")
    assert (answer.status_code, answer.location) == (301, f"/pages/strategy/aims{door}")


def test_a_sloppy_address_of_a_comparison_keeps_its_pair(write: Write, client: FlaskClient) -> None:
    write("strategy/aims", "One.", "Two.")
    answer = client.get("/pages/Strategy/Aims/compare/1..2")
    assert (answer.status_code, answer.location) == (301, "/pages/strategy/aims/compare/1..2")


def test_what_is_asked_of_a_sloppy_address_is_not_lost(write: Write, client: FlaskClient) -> None:
    write("strategy/aims")
    answer = client.get("/pages/Strategy/Aims/history?since=2026-01-01&_external=1&path=x")
    asked = "since=2026-01-01&_external=1&path=x"
    assert answer.location == f"/pages/strategy/aims/history?{asked}"


def test_a_sloppy_address_of_a_folder_leads_to_it(write: Write, client: FlaskClient) -> None:
    write("strategy/aims")
    answer = client.get("/pages/Strategy/")
    assert (answer.status_code, answer.location) == (301, "/pages/strategy")


@pytest.mark.parametrize("door", [*DOORS, "/compare/1..2", "/compare?from=2&to=1"])
def test_the_address_before_a_rename_leads_on(
    write: Write, add: Callable[..., int], client: FlaskClient, door: str
) -> None:
    page = write("aims", "One.", "Two.")
    add(page, kind="rename", path="strategy/goals")
    answer = client.get(f"/pages/aims{door}", follow_redirects=True)
    assert answer.status_code == 200
    assert answer.request.path.startswith("/pages/strategy/goals")


def test_a_page_renamed_twice_is_found_at_each_address(
    write: Write, add: Callable[..., int], client: FlaskClient
) -> None:
    page = write("a")
    add(page, kind="rename", path="b")
    add(page, kind="rename", path="c")
    assert [client.get(f"/pages/{old}").location for old in "ab"] == ["/pages/c", "/pages/c"]


def test_a_new_page_at_a_former_address_goes_before_the_old_one(
    write: Write, add: Callable[..., int], client: FlaskClient
) -> None:
    add(write("aims"), kind="rename", path="goals")
    write("aims", "# Quite another page\n\nNew.\n")
    answer = client.get("/pages/aims")
    assert answer.status_code == 200
    assert "Quite another page" in answer.text


@pytest.mark.parametrize("door", [*DOORS, "/compare/1..2"])
@pytest.mark.parametrize("path", ["nowhere", "strategy/nowhere", "!!!", "a/../b"])
def test_a_page_that_is_not_there_is_not_found(
    client: FlaskClient, write: Write, path: str, door: str
) -> None:
    write("strategy")
    answer = client.get(f"/pages/{path}{door}")
    assert answer.status_code == 404
    assert "There is no page at" in answer.text or "has no revision 1" in answer.text


@pytest.mark.usefixtures("gone")
@pytest.mark.parametrize("door", ["", "/raw", "/links"])
def test_a_deleted_page_is_not_found(client: FlaskClient, door: str) -> None:
    assert client.get(f"/pages/gone{door}").status_code == 404


@pytest.mark.usefixtures("gone")
def test_the_history_of_a_deleted_page_can_be_read(see: See) -> None:
    words = see("/pages/gone/history").get_text()
    assert "3 revisions" in words
    assert "No longer needed" in words


@pytest.mark.usefixtures("gone")
def test_the_revisions_of_a_deleted_page_can_be_read(see: See, client: FlaskClient) -> None:
    assert "First words." in see("/pages/gone/revisions/1").get_text()
    assert "Deleted by" in see("/pages/gone/revisions/3").get_text()
    assert "This page was deleted on" in see("/pages/gone/revisions/1").get_text()
    assert client.get("/pages/gone/revisions/2/raw").text == "# Gone\n\nSecond words.\n"


@pytest.mark.usefixtures("gone")
@pytest.mark.parametrize("address", ["/pages/gone/history", "/pages/gone/revisions/1"])
def test_a_deleted_page_offers_no_link_to_what_is_not_there(
    see: See, client: FlaskClient, address: str
) -> None:
    hrefs = {str(link["href"]) for link in see(address).select("a[href^='/']")}
    assert [href for href in sorted(hrefs) if client.get(href).status_code >= 400] == []


@pytest.mark.usefixtures("gone")
def test_a_deleted_page_stands_in_no_list(see: See) -> None:
    for address in ("/pages", "/links", "/gaps"):
        assert "Gone" not in see(address).get_text()


@pytest.mark.parametrize(
    "text",
    [
        "No line end",
        "Unix\n",
        "Windows\r\nline ends\r\n",
        "Old Mac\rline ends\r",
        "\ufeffWith a mark \u2028 and \u0085 odd ends \n\n\n",
        "---\ntitle: T\n---\n\n<script>alert(1)</script> 🙂 שלום e\u0301\n",
    ],
)
def test_raw_is_the_text_byte_by_byte(write: Write, client: FlaskClient, text: str) -> None:
    write("aims", text, "Something else.")
    answer = client.get("/pages/aims/revisions/1/raw")
    assert answer.data == text.encode()
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert client.get("/pages/aims/raw").data == b"Something else."


@pytest.mark.parametrize("number", ["0", "3", "999999999", "9" * 40, "-1", "x", "1.0"])
@pytest.mark.parametrize("door", ["", "/raw"])
def test_a_revision_that_is_not_there_is_not_found(
    write: Write, client: FlaskClient, number: str, door: str
) -> None:
    write("aims", "One.", "Two.")
    assert client.get(f"/pages/aims/revisions/{number}{door}").status_code == 404

"""Atom feeds, read as a feed reader reads them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import make
from tests.integration.pages.conftest import Write
from wiki.people.models import Person
from wiki.storage.engine import Database

ATOM = "{http://www.w3.org/2005/Atom}"
PUBLIC = "http://wiki.example.org"
NOON = make.NOON
Feed = Callable[..., ET.Element]


@pytest.fixture
def feed(client: FlaskClient) -> Feed:
    """Return a function that gives the feed at an address, parsed."""

    def parsed(address: str, **asked: object) -> ET.Element:
        answer = client.get(address, **asked)
        assert answer.status_code == 200, answer.text
        assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        return ET.fromstring(answer.data)  # noqa: S314  # made by ourselves

    return parsed


def texts(element: ET.Element, name: str) -> list[str]:
    return [one.text or "" for one in element.iter(f"{ATOM}{name}")]


def links(element: ET.Element) -> list[str]:
    return [one.attrib["href"] for one in element.iter(f"{ATOM}link")]


def test_every_feed_and_entry_has_what_atom_asks_for(write: Write, feed: Feed) -> None:
    write("aims", "# Aims\n\nx\n", "# Aims\n\ny\n", "# Aims\n\nz\n")
    write("other", "# Other\n\nx\n")
    found = feed("/changes/feed")
    assert found.tag == f"{ATOM}feed"
    for element in (found, *found.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
            assert element.findtext(f"{ATOM}{name}")
    for entry in found.iter(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ana Lopez"
    ids = texts(found, "id")
    assert len(ids) == len(set(ids)) == 5


def test_moments_are_written_with_their_offset_and_the_latest_is_that_of_the_feed(
    write: Write, feed: Feed
) -> None:
    write("aims", "x", made_at=datetime(2026, 7, 1, 12, 0, 0, 500, tzinfo=UTC))
    write("other", "x", made_at=datetime(2026, 7, 1, 11, 0, tzinfo=UTC))
    moments = texts(feed("/changes/feed"), "updated")
    assert moments == ["2026-07-01T12:00:00+00:00"] * 2 + ["2026-07-01T11:00:00+00:00"]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"headers": {"Host": "evil.example"}},
        {"headers": {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}},
        {"base_url": "https://evil.example:8443"},
    ],
)
def test_every_link_begins_with_the_public_address(
    write: Write, feed: Feed, asked: dict[str, object]
) -> None:
    write("aims", "x", "y")
    for address in ("/changes/feed", "/pages/aims/feed"):
        found = feed(address, **asked)
        assert all(link.startswith(f"{PUBLIC}/") for link in links(found) + texts(found, "id"))
        assert f"{PUBLIC}{address}" in links(found)


def test_an_entry_leads_to_what_changed(write: Write, feed: Feed, client: FlaskClient) -> None:
    write("aims", "x", "y")
    found = links(feed("/changes/feed"))
    assert f"{PUBLIC}/pages/aims/compare/1..2" in found
    assert f"{PUBLIC}/pages/aims/revisions/1" in found
    for link in found:
        assert client.get(link.removeprefix(PUBLIC)).status_code == 200


def test_an_entry_says_which_page_and_why(
    write: Write, feed: Feed, add: Callable[..., int], ben: Person
) -> None:
    text = "---\ntitle: Aims & <ends>\n---\n"
    page = write("aims", f"{text}x", note="It <began> & grew")
    add(page, f"{text}y", author=ben)
    assert texts(feed("/changes/feed"), "title") == [
        "Manyhands",
        "Aims & <ends>: changed by Ben Okafor",
        "Aims & <ends>: It <began> & grew",
    ]


@pytest.mark.parametrize("sign", ["\x0b", "\x1b", "\x08", "\ufffe", "\uffff"])
def test_signs_that_xml_forbids_do_no_harm(
    feed: Feed, database: Database, write: Write, sign: str
) -> None:
    with database.begin() as session:
        author = make.person(session, name=f"A{sign}na", email="a@example.org")
    write("aims", f"# Ai{sign}ms\n\nx\n", author=author, note=f"An{sign} odd note")
    for address in ("/changes/feed", "/pages/aims/feed"):
        assert "An odd note" in texts(feed(address), "title")[1]


def test_a_sitting_keeps_its_id_while_it_grows(
    write: Write, feed: Feed, add: Callable[..., int]
) -> None:
    page = write("aims", "one")
    add(page, "two", made_at=NOON + timedelta(hours=2))
    before = texts(feed("/changes/feed"), "id")
    add(page, "three", made_at=NOON + timedelta(hours=2, minutes=5))
    assert texts(feed("/changes/feed"), "id") == before


def test_ids_stay_when_a_page_is_renamed_and_are_never_given_twice(
    write: Write, feed: Feed, add: Callable[..., int]
) -> None:
    add(write("aims", "one"), kind="delete", made_at=NOON + timedelta(hours=2))
    other = write("other", "two", made_at=NOON + timedelta(hours=4))
    before = texts(feed("/changes/feed"), "id")
    add(other, kind="rename", path="aims", made_at=NOON + timedelta(hours=6))
    after = texts(feed("/changes/feed"), "id")
    assert set(before) < set(after)
    assert len(after) == len(set(after)) == 5


def test_the_feed_of_a_page_tells_of_that_page_only(write: Write, feed: Feed) -> None:
    write("aims", "# Aims\n\nx\n", "# Aims\n\ny\n")
    write("other", "# Other\n\nx\n")
    found = feed("/pages/aims/feed")
    assert texts(found, "title") == ["Aims - Manyhands"] + ["Aims: changed by Ana Lopez"] * 2
    assert f"{PUBLIC}/pages/aims/history" in links(found)


def test_the_feed_of_a_page_tells_that_it_was_deleted(
    write: Write, feed: Feed, add: Callable[..., int]
) -> None:
    add(write("aims"), kind="delete", note="No longer needed")
    assert "Aims: No longer needed" in texts(feed("/pages/aims/feed"), "title")


def test_a_feed_holds_the_latest_fifty(write: Write, feed: Feed) -> None:
    write("aims", *(str(number) for number in range(60)))
    for address in ("/changes/feed", "/pages/aims/feed"):
        assert len(texts(feed(address), "name")) == 50


def test_the_feed_of_an_empty_wiki_is_a_feed(feed: Feed) -> None:
    found = feed("/changes/feed")
    assert found.findtext(f"{ATOM}updated")
    assert not list(found.iter(f"{ATOM}entry"))


def test_a_feed_is_not_asked_for_twice(write: Write, app: Flask) -> None:
    write("aims")
    client = app.test_client()
    etag = client.get("/changes/feed").headers["ETag"]
    answer = client.get("/changes/feed", headers={"If-None-Match": etag})
    assert (answer.status_code, answer.data) == (304, b"")


def test_an_entry_says_whether_words_came_or_went(
    write: Write, add: Callable[..., int], feed: Feed
) -> None:
    page = write("aims", "one two three")
    add(page, "one", made_at=NOON + timedelta(hours=5))
    add(page, "two", made_at=NOON + timedelta(hours=10))
    add(page, "two and more", made_at=NOON + timedelta(hours=15))
    add(page, "two and more words", made_at=NOON + timedelta(hours=15, minutes=5))
    assert texts(feed("/changes/feed"), "summary") == [
        "2 saves, 3 words more",
        "1 save, the same number of words",
        "1 save, 2 words fewer",
        "1 save, 3 words more",
    ]

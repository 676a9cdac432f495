"""A wiki for members only shows nothing to anybody else."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.integration.web.conftest import SECRET_WORDS
from tests.integration.web.doors import OPEN, addresses
from wiki.storage.engine import Database

pytestmark = pytest.mark.usefixtures("stocked", "members_only")


# What another role is needed for, and a draft that is not theirs.
NOT_FOR_MEMBERS = {
    "/drafts/1": 404,
    "/drafts/1/new-page": 404,
    "/members": 403,
    "/members/1/edit": 403,
    "/members/import": 403,
    "/members/invite": 403,
    "/members/teams": 403,
    "/members/waiting": 403,
    "/pages/strategy/aims/access": 403,
    "/pages/strategy/aims/delete": 403,
    "/settings": 403,
}


def closed(app: Flask) -> list[str]:
    """Return the filled addresses of all that only members may read."""
    return [address for endpoint, address in addresses(app) if endpoint not in OPEN]


def is_sent_to_sign_in(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302, address
    there = urlsplit(answer.location)
    assert (there.scheme, there.netloc, there.path) == ("", "", "/sign-in"), address
    assert parse_qs(there.query) == {"next": [address]}, address
    assert SECRET_WORDS not in answer.text


def test_every_address_asks_a_stranger_to_sign_in(app: Flask, client: FlaskClient) -> None:
    doors = closed(app)
    assert {"/", "/search", "/changes/feed", "/pages/strategy/aims", "/account"} <= set(doors)
    for address in doors:
        is_sent_to_sign_in(client, address)


@pytest.mark.parametrize(
    "address",
    [
        "/pages/nothing-here",
        "/pages/strategy",
        "/pages/old-place",
        "/pages/Strategy/Aims",
        "/pages/gone/history",
        "/pages/strategy/aims/revisions/99",
        "/pages/strategy/aims/compare/9..1",
        "/pages/strategy/aims/compare?from=1&to=2",
        "/pages/strategy/aims/history?author=nobody&since=never",
        "/changes?author=nobody",
        "/search?q=reorganisation",
        "/search/suggest?q=aims",
        "/tags/nothing",
    ],
)
def test_a_stranger_does_not_learn_what_is_there(client: FlaskClient, address: str) -> None:
    is_sent_to_sign_in(client, address)


def test_what_a_member_read_is_not_shown_to_a_stranger(
    app: Flask, client: FlaskClient, reader: FlaskClient
) -> None:
    for address in closed(app):
        reader.get(address)
        reader.get(address)
        is_sent_to_sign_in(client, address)
        is_sent_to_sign_in(app.test_client(), address)


def test_a_stranger_has_no_use_for_a_tag_that_a_member_was_given(
    client: FlaskClient, reader: FlaskClient
) -> None:
    etag = reader.get("/pages/strategy/aims").headers["ETag"]
    answer = client.get("/pages/strategy/aims", headers={"If-None-Match": etag})
    assert answer.status_code == 302


def test_a_member_reads_everything(app: Flask, reader: FlaskClient) -> None:
    for address in closed(app):
        status = reader.get(address).status_code
        if address in NOT_FOR_MEMBERS:
            assert status == NOT_FOR_MEMBERS[address], address
        else:
            assert status in {200, 301, 302, 303, 422}, address
    assert SECRET_WORDS in reader.get("/pages/strategy/aims").text


def test_what_is_open_says_nothing_of_what_is_written(app: Flask, client: FlaskClient) -> None:
    for endpoint, address in addresses(app):
        if endpoint in OPEN:
            text = client.get(address, follow_redirects=True).text
            for words in (SECRET_WORDS, "strategy/aims", "homes", "Ana Lopez"):
                assert words not in text, address
    missing = client.get("/nothing/of/the/kind")
    assert missing.status_code == 404
    assert "Aims" not in missing.text


def test_the_page_to_sign_in_says_why_one_came_there(client: FlaskClient) -> None:
    answer = client.get("/pages/strategy/aims?x=1", follow_redirects=True)
    assert "Sign in to read this wiki." in answer.text
    assert 'value="/pages/strategy/aims?x=1"' in answer.text


def test_whoever_is_locked_out_is_a_stranger_at_once(
    reader: FlaskClient, database: Database
) -> None:
    assert reader.get("/pages/strategy/aims").status_code == 200
    with database.begin() as session:
        session.execute(sa.text("UPDATE person SET state = 'deactivated' WHERE name LIKE 'Rita%'"))
    assert reader.get("/pages/strategy/aims").status_code == 302


def test_a_wiki_that_closes_is_closed_at_once(
    client: FlaskClient, database: Database, rename_rita: Callable[[str], None]
) -> None:
    with database.begin() as session:
        session.execute(sa.text("UPDATE wiki_setting SET value = 'everybody'"))
    assert client.get("/pages/strategy/aims").status_code == 200
    with database.begin() as session:
        session.execute(sa.text("UPDATE wiki_setting SET value = 'members'"))
    assert client.get("/pages/strategy/aims").status_code == 302
    rename_rita("Rita")
    assert client.get("/pages/strategy/aims").status_code == 302

"""Whole pages kept in memory: true, nobody else's, and not for ever."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests import make
from tests.integration.conftest import Recorder
from wiki.pages.models import Page
from wiki.storage.engine import Database
from wiki.web import cache

ADDRESS = "/pages/strategy/aims"
Change = Callable[..., None]


@pytest.fixture
def change(database: Database, stocked: Page) -> Change:
    """Return a function that commits a new revision, by this Database or another."""

    def save(words: str, by: Database = database) -> None:
        with by.begin() as session:
            page = session.get(Page, stocked.id)
            assert page is not None
            make.revision(session, page, f"# Aims\n\n{words}\n")

    return save


def is_asked_nothing(recorded: Recorder, client: FlaskClient, address: str = ADDRESS) -> bool:
    with recorded() as statements:
        assert client.get(address).status_code == 200
    return not statements


@pytest.mark.usefixtures("stocked")
@pytest.mark.parametrize("address", [ADDRESS, "/", "/changes", "/search?q=aims", f"{ADDRESS}/raw"])
def test_a_page_is_made_once(client: FlaskClient, recorded: Recorder, address: str) -> None:
    assert not is_asked_nothing(recorded, client, address)
    # On PostgreSQL anything in the same server may end what is kept; not ten times in a row.
    assert any(is_asked_nothing(recorded, client, address) for _ in range(10))


def test_a_commit_is_seen_at_once(client: FlaskClient, change: Change) -> None:
    client.get(ADDRESS)
    for words in ("First of all", "Then again"):
        change(words)
        assert words in client.get(ADDRESS).text


def test_a_commit_by_another_process_is_seen_at_once(
    client: FlaskClient, database: Database, change: Change
) -> None:
    other = Database(database.settings)
    try:
        client.get(ADDRESS)
        for words in ("From elsewhere", "Once more"):
            change(words, by=other)
            assert words in client.get(ADDRESS).text
    finally:
        other.close()


def test_a_commit_while_a_page_is_made_is_seen_next_time(
    client: FlaskClient, database: Database, change: Change
) -> None:
    done: list[str] = []

    def commit(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "page_tag" in statement and not done:
            done.append(statement)
            change("Committed meanwhile")

    sa.event.listen(database.engine, "before_cursor_execute", commit)
    try:
        client.get(ADDRESS)
    finally:
        sa.event.remove(database.engine, "before_cursor_execute", commit)
    assert done
    assert "Committed meanwhile" in client.get(ADDRESS).text


@pytest.mark.usefixtures("stocked")
def test_an_unchanged_page_is_not_sent_twice(client: FlaskClient) -> None:
    first = client.get(ADDRESS)
    for _ in range(2):
        again = client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
        assert again.headers["Vary"] == first.headers["Vary"]
        assert "Content-Length" not in again.headers


def test_a_changed_page_is_sent(client: FlaskClient, change: Change) -> None:
    etag = client.get(ADDRESS).headers["ETag"]
    change("Something new")
    again = client.get(ADDRESS, headers={"If-None-Match": etag})
    assert again.status_code == 200
    assert "Something new" in again.text
    assert again.headers["ETag"] != etag


def test_a_page_that_says_the_same_after_a_commit_keeps_its_tag(
    client: FlaskClient, change: Change
) -> None:
    etag = client.get("/help").headers["ETag"]
    change("Something else altogether")
    again = client.get("/help", headers={"If-None-Match": etag})
    assert again.status_code == 304


@pytest.mark.usefixtures("stocked")
@pytest.mark.parametrize("tag", ["W/{etag}", '"other", {etag}', "{etag}, W/"])
def test_tags_are_read_as_browsers_write_them(client: FlaskClient, tag: str) -> None:
    etag = client.get(ADDRESS).headers["ETag"]
    for _ in range(2):
        again = client.get(ADDRESS, headers={"If-None-Match": tag.format(etag=etag)})
        assert again.status_code == 304


@pytest.mark.usefixtures("stocked")
def test_a_page_may_be_kept_by_anybody_but_has_to_be_asked_for(client: FlaskClient) -> None:
    for _ in range(2):
        headers = client.get(ADDRESS).headers
        assert headers["Cache-Control"] == "no-cache"
        assert headers["Vary"] == "Cookie"


@pytest.mark.usefixtures("stocked")
def test_the_page_of_a_member_is_for_that_browser_alone(reader: FlaskClient) -> None:
    for _ in range(2):
        headers = reader.get(ADDRESS).headers
        assert headers["Cache-Control"] == "private, no-cache"
        assert headers["Vary"] == "Cookie"


@pytest.mark.usefixtures("stocked")
def test_nobody_gets_the_page_of_somebody_else(
    client: FlaskClient, signed_in: Callable[..., FlaskClient]
) -> None:
    rita, tom = signed_in(name="Rita Reader"), signed_in(name="Tom Thumb", role="admin")
    for _ in range(2):
        assert "Rita Reader" in rita.get(ADDRESS).text
        assert "Tom Thumb" in tom.get(ADDRESS).text
        nobody = client.get(ADDRESS).text
        for other in (rita.get(ADDRESS).text, nobody):
            assert "Tom Thumb" not in other
        assert "Rita Reader" not in nobody


@pytest.mark.usefixtures("stocked")
def test_a_cookie_that_was_made_up_gets_the_page_of_nobody(app: Flask, reader: FlaskClient) -> None:
    assert "Rita Reader" in reader.get(ADDRESS).text
    stranger = app.test_client()
    with stranger.session_transaction() as cookie:
        cookie["_user_id"] = "made up"
    assert "Rita Reader" not in stranger.get(ADDRESS).text
    forged = app.test_client()
    forged.set_cookie("manyhands", "eyJfdXNlcl9pZCI6IjEifQ.aaaa.bbbb")
    assert forged.get(ADDRESS).status_code == 200
    assert "Rita Reader" not in forged.get(ADDRESS).text


@pytest.mark.usefixtures("stocked")
def test_a_member_who_is_renamed_or_locked_out_is_so_at_once(
    reader: FlaskClient, database: Database, rename_rita: Callable[[str], None]
) -> None:
    assert "Rita Reader" in reader.get(ADDRESS).text
    rename_rita("Rita Writer")
    assert "Rita Writer" in reader.get(ADDRESS).text
    with database.begin() as session:
        session.execute(sa.text("UPDATE person SET state = 'deactivated' WHERE name LIKE 'Rita%'"))
    assert "Rita" not in reader.get(ADDRESS).text


@pytest.mark.usefixtures("stocked")
def test_a_notice_is_shown_once_and_to_nobody_else(client: FlaskClient, app: Flask) -> None:
    client.get(ADDRESS)
    with client.session_transaction() as cookie:
        cookie["_flashes"] = [("notice", "Your address was changed.")]
    shown = client.get(ADDRESS)
    assert "Your address was changed." in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert "Your address was changed." not in client.get(ADDRESS).text
    assert "Your address was changed." not in app.test_client().get(ADDRESS).text


@pytest.mark.usefixtures("stocked")
def test_a_notice_that_waits_is_not_lost_by_what_shows_none(client: FlaskClient) -> None:
    with client.session_transaction() as cookie:
        cookie["_flashes"] = [("notice", "Your address was changed.")]
    for address in (f"{ADDRESS}/raw", "/changes/feed", "/search/suggest?q=a"):
        assert "Your address" not in client.get(address).text
    assert "Your address was changed." in client.get(ADDRESS).text


@pytest.mark.usefixtures("stocked")
def test_nothing_is_kept_for_longer_than_a_minute(
    client: FlaskClient, recorded: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(cache, "time", SimpleNamespace(monotonic=lambda: now[0]))

    def is_kept_after(seconds: float) -> bool:
        for _ in range(10):  # on PostgreSQL something else may end it sooner
            client.get(ADDRESS)
            now[0] += seconds
            if is_asked_nothing(recorded, client):
                return True
            now[0] += 100
        return False

    assert is_kept_after(59)
    now[0] += 100
    assert not is_kept_after(61)


@pytest.mark.usefixtures("stocked")
@pytest.mark.parametrize("address", ["/pages/nothing", "/changes?since=x", "/pages/Strategy/Aims"])
def test_refusals_and_redirects_are_not_kept(
    client: FlaskClient, recorded: Recorder, address: str
) -> None:
    for _ in range(2):
        answer = client.get(address)
        assert answer.status_code != 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers
    with recorded() as statements:
        client.get("/pages/nothing")
    assert statements


@pytest.mark.usefixtures("stocked")
def test_the_query_is_part_of_the_address(client: FlaskClient) -> None:
    client.get("/changes")
    assert "No change fits" in client.get("/changes?until=2000-01-01").text
    assert "No change fits" not in client.get("/changes").text


@pytest.mark.usefixtures("stocked")
def test_a_head_is_a_page_without_its_body(client: FlaskClient) -> None:
    first, second = client.head(ADDRESS), client.head(ADDRESS)
    whole = client.get(ADDRESS)
    assert (first.data, second.data) == (b"", b"")
    assert "reorganisation" in whole.text
    for name in ("ETag", "Content-Type", "Content-Length", "Cache-Control"):
        assert first.headers[name] == second.headers[name] == whole.headers[name]


@pytest.mark.usefixtures("stocked")
def test_what_is_sent_is_never_answered_from_memory(client: FlaskClient) -> None:
    client.get(ADDRESS)
    assert client.post(ADDRESS).status_code == 405


@pytest.mark.usefixtures("stocked")
def test_a_kept_answer_has_every_header_of_a_fresh_one(client: FlaskClient) -> None:
    fresh, kept = dict(client.get(ADDRESS).headers), dict(client.get(ADDRESS).headers)
    fresh.pop("Date", None)
    kept.pop("Date", None)
    assert kept == fresh

"""Who has the form of a page open is said to the others, from the first second on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests.integration.writing.browser import edited, send, told, words
from tests.integration.writing.conftest import with_word
from wiki.clock import utc_now
from wiki.pages.models import Editing
from wiki.storage.engine import Database

Signed = Callable[..., FlaskClient]
pytestmark = pytest.mark.usefixtures("page")


@pytest.fixture
def ann(signed_in: Signed) -> FlaskClient:
    return signed_in(name="Ann")


@pytest.fixture
def bob(signed_in: Signed) -> FlaskClient:
    return signed_in(name="Bob")


def seen_ago(database: Database, minutes: int) -> None:
    with database.begin() as session:
        moment = utc_now() - timedelta(minutes=minutes)
        session.execute(sa.update(Editing).values(opened_at=moment, seen_at=moment))


def opened(database: Database) -> list[Editing]:
    with database.reading() as session:
        return list(session.scalars(sa.select(Editing)))


def test_whoever_opens_the_form_sees_who_else_has_it_open(
    ann: FlaskClient, bob: FlaskClient
) -> None:
    assert "Bob" not in words(ann.get("/pages/aims"))
    edited(bob)
    assert "Bob" in words(ann.get("/pages/aims/edit"))
    assert "Bob" in words(ann.get("/pages/aims"))
    assert "Ann" in words(bob.get("/pages/aims"))


def test_nobody_is_told_who_is_not_a_member(client: FlaskClient, bob: FlaskClient) -> None:
    edited(bob)
    assert "Bob" not in words(client.get("/pages/aims"))


def test_whoever_was_not_seen_for_a_quarter_of_an_hour_has_gone(
    database: Database, ann: FlaskClient, bob: FlaskClient
) -> None:
    edited(bob)
    seen_ago(database, 16)
    assert "Bob" not in words(ann.get("/pages/aims"))
    seen_ago(database, 14)
    assert "Bob" in words(ann.get("/pages/aims"))


def test_typing_keeps_one_present_and_a_long_pause_begins_anew(
    database: Database, bob: FlaskClient
) -> None:
    form = edited(bob) | {"path": "aims", "text": with_word(1, "more")}
    seen_ago(database, 14)
    bob.post("/drafts", data=form)
    (row,) = opened(database)
    assert row.opened_at < row.seen_at
    seen_ago(database, 60)
    edited(bob)
    (row,) = opened(database)
    assert row.opened_at == row.seen_at


@pytest.mark.parametrize("text", [with_word(1, "more"), with_word(1, "one thing")])
def test_saving_closes_the_form(database: Database, bob: FlaskClient, text: str) -> None:
    send(bob, **edited(bob) | {"text": text})
    assert opened(database) == []


def test_throwing_the_draft_away_closes_the_form(database: Database, bob: FlaskClient) -> None:
    form = edited(bob) | {"path": "aims", "text": with_word(1, "more")}
    url = told(bob.post("/drafts", data=form))["url"]
    bob.post(f"{url}/delete")
    assert opened(database) == []


def test_the_form_opens_even_if_nothing_can_be_noted(
    database: Database, bob: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*, quiet: bool = False) -> None:
        raise sa.exc.OperationalError("INSERT", {}, Exception(f"disk is full {quiet}"))

    monkeypatch.setattr(database, "begin", full)
    assert bob.get("/pages/aims/edit").status_code == 200

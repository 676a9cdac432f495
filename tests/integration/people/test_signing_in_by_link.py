"""Signing in by a link in a letter."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests.integration.people.ways import (
    EMAIL,
    count_of,
    link_to,
    shown,
    who_is_in,
)
from wiki.clock import utc_now
from wiki.mail.deliver import deliver_due
from wiki.mail.letters import Letter
from wiki.people import service
from wiki.people.models import Person, SignIn, SignInLink
from wiki.storage.engine import Database


@pytest.mark.usefixtures("ana")
def test_a_wish_for_a_link_answers_alike_for_every_address(
    browser: Callable[[], FlaskClient], outbox: Callable[[], list[Letter]]
) -> None:
    answers = []
    for email in (EMAIL, "eve@example.org"):
        client = browser()
        answer = client.post("/sign-in/link", data={"email": email})
        answers.append((answer.status_code, answer.location, shown(client.get(answer.location))))
    assert answers[0] == answers[1]
    assert [letter.recipient for letter in outbox()] == [EMAIL]


@pytest.mark.usefixtures("ana")
def test_the_letter_holds_a_link_on_the_configured_address_only(
    browser: Callable[[], FlaskClient], outbox: Callable[[], list[Letter]], database: Database
) -> None:
    client = browser()
    client.post(
        "/sign-in/link",
        data={"email": EMAIL, "next": "/pages/aims"},
        headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
    )
    (letter,) = outbox()
    assert "evil" not in letter.text + letter.html + letter.subject
    (url,) = re.findall(r"http://wiki\.example\.org(/sign-in/link/\S+)", letter.text)
    assert "Ana Lopez" in letter.text
    assert len(url.partition("?")[0].rpartition("/")[2]) >= 43
    assert client.post(url, data={"next": "/pages/aims"}).location == "/pages/aims"
    assert who_is_in(client) == "Ana Lopez"
    deliver_due(database, lambda _message: None, clock=utc_now)
    assert outbox()[0].text == ""


@pytest.mark.usefixtures("ana")
def test_several_addresses_in_one_wish_make_one_letter_or_none(
    browser: Callable[[], FlaskClient], outbox: Callable[[], list[Letter]]
) -> None:
    client = browser()
    refused = [
        client.post("/sign-in/link", data={"email": f"{EMAIL},eve@example.org"}),
        client.post("/sign-in/link", data={"email": f"{EMAIL}\nBcc: eve@example.org"}),
        client.post("/sign-in/link", json={"email": [EMAIL, "eve@example.org"]}),
        client.post("/sign-in/link", data={"email[]": [EMAIL]}),
    ]
    assert [answer.status_code for answer in refused] == [422] * 4
    client.post("/sign-in/link", data={"email": [EMAIL, "eve@example.org"]})
    assert [letter.recipient for letter in outbox()] == [EMAIL]


def test_looking_at_a_link_does_not_spend_it(
    browser: Callable[[], FlaskClient], database: Database, ana: Person
) -> None:
    path = link_to(database, ana)
    for _ in range(10):
        page = browser().get(path + "?next=/who&email=eve@example.org&name=Eve")
        browser().head(path)
        assert page.status_code == 200
        assert page.headers["Cache-Control"] == "no-store"
        assert "Eve" not in page.text
        assert "Ana" not in page.text
    client = browser()
    assert client.post(path, data={"next": "/who"}).location == "/who"
    assert who_is_in(client) == "Ana Lopez"


def test_a_spent_link_an_old_one_and_an_invented_one_look_alike(
    browser: Callable[[], FlaskClient], database: Database, ana: Person
) -> None:
    spent, old = link_to(database, ana), link_to(database, ana)
    browser().post(spent)
    with database.begin() as session:
        session.execute(
            sa.update(SignInLink)
            .where(SignInLink.spent_at.is_(None))
            .values(expires_at=utc_now() - timedelta(seconds=1))
        )
    answers = [
        ask(path)
        for path in (spent, old, "/sign-in/link/invented")
        for ask in (browser().get, browser().post)
    ]
    assert {answer.status_code for answer in answers} == {410}
    assert len({answer.text for answer in answers}) == 1


def test_of_twenty_who_spend_a_link_at_once_one_gets_in(database: Database, ana: Person) -> None:
    with database.begin() as session:
        token = service.make_link(session, ana.id, now=utc_now())

    def spend(_number: int) -> str | None:
        with database.begin() as session:
            return service.spend_link(session, token, now=utc_now())

    with ThreadPoolExecutor(20) as pool:
        given = [token for token in pool.map(spend, range(20)) if token]
    assert len(given) == 1
    assert count_of(database, SignIn) == 1


def test_no_token_stands_in_the_database(
    browser: Callable[[], FlaskClient], database: Database, ana: Person
) -> None:
    path = link_to(database, ana)
    client = browser()
    client.post(path)
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    with database.reading() as session:
        kept = [
            *session.scalars(sa.select(SignIn.token_hash)),
            *session.scalars(sa.select(SignInLink.token_hash)),
        ]
    assert len(kept) == 2
    assert not {token, path.rpartition("/")[2]} & set(kept)
    with database.reading() as session:
        stored = session.scalars(sa.select(Person.password_hash)).one()
    assert stored is not None
    assert stored.startswith("$argon2id$")


@pytest.mark.parametrize("state", ["imported", "deactivated"])
@pytest.mark.usefixtures("ana")
def test_nobody_is_written_to_who_has_not_signed_up_or_was_shut_out(
    browser: Callable[[], FlaskClient],
    outbox: Callable[[], list[Letter]],
    database: Database,
    state: str,
) -> None:
    with database.begin() as session:
        session.execute(sa.update(Person).values(state=state))
    assert browser().post("/sign-in/link", data={"email": EMAIL}).status_code == 303
    assert outbox() == []

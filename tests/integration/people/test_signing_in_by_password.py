"""Signing in with address and password."""

import re
import time
from collections.abc import Callable
from statistics import median

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests import make
from tests.integration.people.ways import (
    EMAIL,
    PASSWORD,
    WRONG,
    link_to,
    shown,
    sign_in,
    who_is_in,
)
from wiki.people import service
from wiki.people.models import Person
from wiki.storage.engine import Database


@pytest.mark.usefixtures("ana")
def test_a_member_signs_in_and_is_sent_where_they_wanted(
    browser: Callable[[], FlaskClient],
) -> None:
    client = browser()
    page = client.get("/sign-in?next=/pages/aims")
    assert 'value="/pages/aims"' in page.text
    assert 'autocomplete="current-password"' in page.text
    answer = sign_in(client, next="/pages/aims")
    assert (answer.status_code, answer.location) == (303, "/pages/aims")
    assert who_is_in(client) == "Ana Lopez"
    assert client.get("/sign-in?next=/who").location == "/who"


@pytest.mark.usefixtures("ana")
def test_the_address_may_be_typed_in_capitals(browser: Callable[[], FlaskClient]) -> None:
    client = browser()
    sign_in(client, email="  ANA@Example.ORG ")
    assert who_is_in(client) == "Ana Lopez"


@pytest.mark.usefixtures("ana")
def test_nobody_is_sent_to_another_site(browser: Callable[[], FlaskClient]) -> None:
    for target in ("//evil.example", "https://evil.example", "/\\evil.example"):
        assert 'value="/"' in browser().get("/sign-in", query_string={"next": target}).text
        assert sign_in(browser(), next=target).location == "/"


@pytest.mark.usefixtures("ana")
def test_a_wrong_password_and_an_unknown_address_answer_alike(
    browser: Callable[[], FlaskClient],
) -> None:
    known = browser().post("/sign-in", data=WRONG)
    unknown = browser().post("/sign-in", data=WRONG | {"email": "eve@example.org"})
    assert known.status_code == unknown.status_code == 422
    assert shown(known).replace(EMAIL, "") == shown(unknown).replace("eve@example.org", "")
    assert 'href="#email"' in known.text
    for field in ("email", "password"):
        assert f'id="{field}-error"' in known.text
    assert f'value="{EMAIL}"' in known.text
    assert WRONG["password"] not in known.text


def test_a_member_without_a_password_cannot_sign_in_with_one(
    browser: Callable[[], FlaskClient], database: Database
) -> None:
    with database.begin() as session:
        make.person(session, email=EMAIL)
    for password in ("", " ", "None", "nobody has this password", "x" * 5000):
        assert sign_in(browser(), password=password).status_code == 422


@pytest.mark.parametrize("state", ["imported", "deactivated"])
def test_only_active_members_sign_in(
    browser: Callable[[], FlaskClient], database: Database, ana: Person, state: str
) -> None:
    path = link_to(database, ana)
    client = browser()
    sign_in(client)
    with database.begin() as session:
        session.execute(sa.update(Person).values(state=state))
    assert who_is_in(client) == "nobody"
    assert sign_in(browser()).status_code == 422
    assert browser().get(path).status_code == 410
    assert browser().post(path).status_code == 410


@pytest.mark.parametrize(
    "data", [{}, {"email": EMAIL}, {"password": "x"}, {"email": "ana", "password": "x"}]
)
@pytest.mark.usefixtures("ana")
def test_a_form_with_a_gap_is_shown_again(
    browser: Callable[[], FlaskClient], data: dict[str, str]
) -> None:
    answer = browser().post("/sign-in", data=data)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text


def test_a_form_that_stood_open_for_too_long_keeps_the_typed_address(
    browser: Callable[[], FlaskClient], app: Flask
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    client = browser()
    for path in ("/sign-in", "/sign-in/link"):
        answer = client.post(
            path, data={"email": EMAIL, "password": "secret words", "next": "/who"}
        )
        assert answer.status_code == 400
        assert f'value="{EMAIL}"' in answer.text
        assert 'value="/who"' in answer.text
        assert "secret words" not in answer.text
    assert client.post("/sign-out").status_code == 400
    assert client.post("/account/sign-outs").status_code == 400


@pytest.mark.usefixtures("ana")
def test_signing_in_with_the_token_of_the_form_works(
    browser: Callable[[], FlaskClient], app: Flask
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    client = browser()
    (token,) = re.findall(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)
    assert sign_in(client, csrf_token=token).status_code == 303
    assert who_is_in(client) == "Ana Lopez"


@pytest.mark.usefixtures("ana")
def test_what_is_logged_names_no_address_and_holds_no_secret(
    browser: Callable[[], FlaskClient], caplog: pytest.LogCaptureFixture
) -> None:
    client = browser()
    sign_in(client)
    browser().post("/sign-in", data=WRONG)
    browser().post("/sign-in/link", data={"email": EMAIL})
    client.post("/sign-out")
    assert EMAIL not in caplog.text
    assert PASSWORD not in caplog.text


def test_an_unknown_address_takes_as_long_as_a_wrong_password(
    database: Database, ana: Person
) -> None:
    def seconds(email: str) -> float:
        taken = []
        with database.reading() as session:
            for _ in range(7):
                started = time.perf_counter()
                assert service.person_with_password(session, email, "something else") is None
                taken.append(time.perf_counter() - started)
        return median(taken)

    seconds("eve@example.org")
    # Without a hash to check, the answer would come a hundred times sooner.
    assert seconds("eve@example.org") > seconds(ana.email) / 4

"""Whoever may not do something cannot do it, whichever way they ask; every act is in the table."""

from collections.abc import Callable
from io import BytesIO
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import make
from tests.integration.web.acts import ACTS, EVERYBODY, Stock, own_things, sign_in, stock
from wiki.people.rules.roles import ROLES, includes
from wiki.storage.engine import Database

ASKING = ("nobody", *ROLES, "deactivated")
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture
def stocked(database: Database) -> Stock:
    """Return a wiki in which every act could be done."""
    return stock(database)


@pytest.fixture
def admin(stocked: Stock, signed_in: Callable[..., FlaskClient]) -> FlaskClient:
    """Return an administrator's browser."""
    assert stocked.deleted_id
    return signed_in("admin", name="Ada")


def browser_of(app: Flask, stocked: Stock, who: str) -> tuple[FlaskClient, dict[str, str]]:
    """Return a new browser of somebody new, and the numbers of what is theirs."""
    if who == "nobody":
        with stocked.database.begin() as session:
            return app.test_client(), own_things(session, make.person(session))
    role, state = (who, "active") if who in ROLES else ("admin", who)
    with stocked.database.begin() as session:
        person = make.person(session, role=role, state=state)
        own = own_things(session, person)
    return sign_in(app, stocked.database, person.id), own


def doors(app: Flask) -> set[str]:
    return {
        rule.endpoint for rule in app.url_map.iter_rules() if CHANGING & (rule.methods or set())
    }


def test_every_act_is_in_the_table(app: Flask) -> None:
    assert doors(app) == ACTS.keys()


@pytest.mark.parametrize("who", ASKING)
def test_only_those_who_may_can_do_it(
    app: Flask, stocked: Stock, admin: FlaskClient, who: str
) -> None:
    for endpoint, act in ACTS.items():
        browser, own = browser_of(app, stocked, who)
        before = stocked.told()
        fields = stocked.fields(endpoint, admin)
        answer = browser.post(stocked.address(app, endpoint, **own), data=fields)
        after = stocked.told()
        if may(who, act.role):
            assert answer.status_code in {200, 204, 303}, (endpoint, answer.status_code)
            assert not act.has_trace or changed(before, after), endpoint
        else:
            assert answer.status_code in {401, 403, 404}, (endpoint, answer.status_code)
            assert changed(before, after) == set(), endpoint


def test_no_form_is_taken_from_another_place(
    app: Flask, stocked: Stock, admin: FlaskClient
) -> None:
    forms = {endpoint: stocked.fields(endpoint, admin) for endpoint in ACTS}
    app.config["WTF_CSRF_ENABLED"] = True
    browser, own = browser_of(app, stocked, "admin")
    mine = csrf_of(browser.get("/account/profile"))
    foreign = csrf_of(sign_in(app, stocked.database, stocked.other_id).get("/account/profile"))
    assert mine
    assert foreign
    before = stocked.told()
    for endpoint, form in forms.items():
        address = stocked.address(app, endpoint, **own)
        for token in ({}, {"csrf_token": ""}, {"csrf_token": foreign}):
            by_header = {"X-CSRFToken": foreign} if token else {}
            answer = browser.post(address, data={**form, **token}, headers=by_header)
            assert answer.status_code == 400, (endpoint, answer.status_code)
        in_address = browser.post(address, data=form, query_string={"csrf_token": mine})
        assert in_address.status_code == 400, endpoint
    assert changed(before, stocked.told()) == set()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_changes_nothing(
    app: Flask, stocked: Stock, admin: FlaskClient, method: str
) -> None:
    claims = dict.fromkeys(("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method"), "POST")
    browser, own = browser_of(app, stocked, "admin")
    for endpoint in ACTS:
        address, fields = stocked.address(app, endpoint, **own), stocked.fields(endpoint, admin)
        before = stocked.told()
        body = urlencode(fields).encode()
        for question in ({}, fields, {**fields, "_method": "POST"}):
            answer = browser.open(
                address,
                method=method,
                query_string=question,
                headers=claims,
                input_stream=BytesIO(body),
                content_type="application/x-www-form-urlencoded",
                content_length=len(body),
            )
            assert answer.status_code < 500, endpoint
        assert changed(before, stocked.told()) == set(), endpoint


def test_other_methods_change_nothing(app: Flask, stocked: Stock, admin: FlaskClient) -> None:
    browser, own = browser_of(app, stocked, "admin")
    before = stocked.told()
    for endpoint in ACTS:
        address, fields = stocked.address(app, endpoint, **own), stocked.fields(endpoint, admin)
        for method in ("OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "MOVE"):
            answer = browser.open(address, method=method, data=fields, query_string=fields)
            assert answer.status_code == (200 if method == "OPTIONS" else 405), endpoint
    assert changed(before, stocked.told()) == set()


def may(who: str, role: str) -> bool:
    if role == EVERYBODY:
        return True
    return who in ROLES and includes(who, role)


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before if before[name] != after[name]}


def csrf_of(answer: TestResponse) -> str:
    return answer.text.partition('name="csrf_token" value="')[2].partition('"')[0]

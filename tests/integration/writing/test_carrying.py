"""A sign-in or a token that ran out costs nobody a word."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import make
from tests.integration.writing.browser import box, edited, fields_of, send, words
from tests.integration.writing.conftest import TEXT, all_drafts, texts, with_word
from wiki.pages.models import Page
from wiki.people.service import set_password
from wiki.storage.engine import Database

PASSWORD = "a long and quiet afternoon"
DOOR = "/pages/aims/revisions"
FORM = "application/x-www-form-urlencoded"
MINE = with_word(1, "more") + '\n<b>&amp; "quotes"\n'


@pytest.fixture
def guarded(app: Flask) -> Flask:
    """Return the application with tokens on its forms, as outside of tests."""
    app.config["WTF_CSRF_ENABLED"] = True
    return app


@pytest.fixture
def email(database: Database) -> str:
    """Return the address of a member who signs in by password."""
    with database.begin() as session:
        person = make.person(session, name="Ann")
        set_password(session, person, PASSWORD, now=make.NOON)
        return person.email


@pytest.fixture
def ann(guarded: Flask, email: str, page: Page) -> FlaskClient:
    """Return a browser in which a member signed in by the form; there is a page to write on."""
    browser = guarded.test_client()
    assert page.id
    answer = browser.post("/sign-in", data=sign_in_form(browser, email))
    assert answer.status_code == 303
    return browser


def sign_in_form(browser: FlaskClient, email: str) -> dict[str, str]:
    form = fields_of(browser.get("/sign-in"), "/sign-in")
    return form | {"email": email, "password": PASSWORD}


def forgetful(browser: FlaskClient) -> FlaskClient:
    """Return the browser after its cookies are gone."""
    browser.delete_cookie("manyhands", domain="wiki.example.org")
    browser.delete_cookie("manyhands")
    with browser.session_transaction() as cookie:
        cookie.clear()
    return browser


def test_a_token_that_is_too_old_asks_for_one_more_press(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    form = edited(ann) | {"text": MINE, "note": "Why", "csrf_token": "too old"}
    answer = send(ann, **form)
    assert answer.status_code == 400
    assert box(answer) == MINE
    again = fields_of(answer, DOOR)
    assert again["csrf_token"] != "too old"
    assert (again["note"], again["form"]) == ("Why", form["form"])
    assert send(ann, **again).headers["Manyhands-Revision"] == "2"
    assert texts(database, page.id)[-1] == MINE


def test_after_signing_in_again_one_press_saves_the_text(
    database: Database, page: Page, ann: FlaskClient, email: str
) -> None:
    form = edited(ann) | {"text": MINE}
    answer = send(forgetful(ann), **form)
    assert answer.status_code in {400, 401}
    assert box(answer) == MINE
    assert texts(database, page.id) == [TEXT]
    assert all_drafts(database) == []
    through = fields_of(answer, "/sign-in")
    wrong = ann.post("/sign-in", data=through | {"email": email, "password": "not mine"})
    assert wrong.status_code == 422
    assert box(wrong) == MINE
    assert "not mine" not in words(wrong)
    through = fields_of(wrong, "/sign-in") | {"email": email, "password": PASSWORD}
    welcome = ann.post("/sign-in", data=through)
    assert welcome.status_code == 200
    assert box(welcome) == MINE
    assert PASSWORD not in words(welcome)
    answer = send(ann, **fields_of(welcome, DOOR))
    assert (answer.status_code, answer.headers["Manyhands-Revision"]) == (303, "2")
    assert texts(database, page.id)[-1] == MINE


def test_a_sign_in_that_ended_elsewhere_is_told_by_401(
    database: Database, page: Page, ann: FlaskClient
) -> None:
    form = edited(ann) | {"text": MINE}
    with ann.session_transaction() as cookie:
        del cookie["_user_id"]
    answer = send(ann, **form)
    assert answer.status_code == 401
    assert box(answer) == MINE
    assert texts(database, page.id) == [TEXT]


def test_the_page_waits_while_a_letter_with_a_link_is_on_its_way(
    database: Database, page: Page, ann: FlaskClient, email: str
) -> None:
    form = edited(ann) | {"text": MINE}
    answer = send(forgetful(ann), **form)
    through = fields_of(answer, "/sign-in") | {"email": email}
    waiting = ann.post("/sign-in/link", data=through)
    assert waiting.status_code == 200
    assert "I am signed in now" in words(waiting)
    assert box(waiting) == MINE
    ann.post("/sign-in", data=sign_in_form(ann, email))
    once_more = send(ann, **fields_of(waiting, DOOR))
    answer = send(ann, **fields_of(once_more, DOOR)) if once_more.status_code == 400 else once_more
    assert answer.headers["Manyhands-Revision"] == "2"
    assert texts(database, page.id)[-1] == MINE


def test_many_tries_to_sign_in_do_not_cost_the_text(ann: FlaskClient, email: str) -> None:
    form = edited(ann) | {"text": MINE}
    answer = send(forgetful(ann), **form)
    for _ in range(30):
        through = fields_of(answer, "/sign-in") | {"email": email, "password": "wrong"}
        answer = ann.post("/sign-in", data=through)
        assert box(answer) == MINE
        if answer.status_code == 429:
            break
    assert answer.status_code == 429


def test_what_another_site_sends_is_not_carried(ann: FlaskClient) -> None:
    for site in ("cross-site", "same-site"):
        answer = ann.post(DOOR, data={"text": MINE}, headers={"Sec-Fetch-Site": site})
        assert answer.status_code == 400
        assert "quotes" not in words(answer)


@pytest.mark.parametrize(
    "address",
    ["/account", "/nowhere", "https://elsewhere.example.org/pages/aims/revisions", "//x.org", "/"],
)
def test_nothing_is_carried_to_where_nothing_is_written(
    ann: FlaskClient, email: str, address: str
) -> None:
    form = sign_in_form(forgetful(ann), email) | {"carried-to": address, "carried-text": MINE}
    answer = ann.post("/sign-in", data=form)
    assert answer.status_code == 303
    assert answer.location == "/"


def test_only_what_a_view_names_is_carried(ann: FlaskClient) -> None:
    answer = send(ann, text=MINE, password=PASSWORD, **{"own-3": "Both.", "choice-3": "own"})
    assert answer.status_code == 400
    form = fields_of(answer, DOOR)
    assert (form["own-3"], form["choice-3"]) == ("Both.", "own")
    assert "password" not in form
    assert PASSWORD not in words(answer)


def test_a_long_text_is_carried_too(database: Database, ann: FlaskClient, email: str) -> None:
    long = "ü" * 1_200_000
    answer = send(forgetful(ann), base="1", text=long)
    through = fields_of(answer, "/sign-in") | {"email": email, "password": PASSWORD}
    welcome = ann.post("/sign-in", data=through)
    assert box(welcome) == long
    assert all_drafts(database) == []


@pytest.mark.parametrize("origin", ["http://elsewhere.example.org", "null", "http://wiki.example"])
def test_a_site_that_only_names_its_origin_is_another_site_too(
    ann: FlaskClient, email: str, origin: str
) -> None:
    home = {"Origin": "http://wiki.example.org"}
    assert box(ann.post(DOOR, data={"text": MINE}, headers=home)) == MINE
    assert "quotes" not in words(ann.post(DOOR, data={"text": MINE}, headers={"Origin": origin}))
    # Nor by way of the sign-in, with or without its token.
    load = {"carried-to": DOOR, "carried-text": MINE, "carried-act": "save"}
    for form in (load, sign_in_form(forgetful(ann), email) | load):
        for address in ("/sign-in", "/sign-in/link"):
            for headers in ({"Origin": origin}, {"Sec-Fetch-Site": "cross-site"}):
                answer = ann.post(address, data=form, headers=headers)
                assert "quotes" not in words(answer)
                assert f'action="{DOOR}"' not in answer.text


def test_whoever_sends_on_sees_what_and_whereto(ann: FlaskClient) -> None:
    answer = send(ann, text=MINE, note="<b>why</b>", **{'own-"><script>': "</textarea><script>"})
    assert "It is for the page aims." in words(answer)
    assert "<b>" not in answer.text
    assert "<script>" not in answer.text
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_heap_of_fields_is_not_carried(ann: FlaskClient) -> None:
    heap = "&".join(f"own-{number}=x" for number in range(200_000))
    answer = ann.post(DOOR, data=f"text=Mine&{heap}", content_type=FORM)
    assert answer.status_code == 400
    assert box(answer).strip() == "Mine"
    assert len(answer.text) < 500_000

"""Setting, changing and forgetting one's password."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests import make
from tests.integration.people.ways import (
    EMAIL,
    PASSWORD,
    count_of,
    link_to,
    make_older,
    shown,
    sign_in,
    way_in,
    who_is_in,
)
from wiki.clock import utc_now
from wiki.mail.letters import Letter, Words
from wiki.people import service
from wiki.people.models import Person, SignIn, SignInLink
from wiki.storage.engine import Database

NEW = "marble otter window"
Browser = Callable[[], FlaskClient]
Outbox = Callable[[], list[Letter]]


def token_of(client: FlaskClient) -> str:
    with client.session_transaction() as cookie:
        return str(cookie["_user_id"])


def asked(browser: Browser, outbox: Outbox) -> str:
    assert browser().post("/sign-in/forgotten", data={"email": EMAIL}).status_code == 303
    return way_in(outbox()[-1])


@pytest.mark.usefixtures("ana")
def test_a_new_password_ends_every_other_sign_in_and_renews_this_one(
    browser: Browser, database: Database, ana: Person, outbox: Outbox
) -> None:
    here, there = browser(), browser()
    sign_in(here)
    sign_in(there)
    before = token_of(here)
    link = link_to(database, ana)
    answer = here.post("/account/password", data={"current": PASSWORD, "password": NEW})
    assert (answer.status_code, answer.location) == (303, "/account")
    assert (who_is_in(here), who_is_in(there)) == ("Ana Lopez", "nobody")
    assert token_of(here) != before
    assert browser().get(link).status_code == 410
    assert sign_in(browser()).status_code == 422
    assert sign_in(browser(), password=NEW).status_code == 303
    (letter,) = outbox()
    assert (letter.recipient, letter.subject) == (
        EMAIL,
        "Your password for Manyhands was changed",
    )
    assert NEW not in letter.text + letter.html
    assert way_in(letter) == "/sign-in/forgotten"


@pytest.mark.usefixtures("ana")
def test_the_password_one_has_is_asked_for(browser: Browser, database: Database) -> None:
    client = browser()
    sign_in(client)
    for current, said in (
        ("", "Enter your current password"),
        ("wrong wrong wrong", "This is not"),
    ):
        answer = client.post("/account/password", data={"current": current, "password": NEW})
        assert answer.status_code == 422
        assert said in answer.text
        assert 'href="#current"' in answer.text
    weak = client.post("/account/password", data={"current": PASSWORD, "password": "short"})
    assert weak.status_code == 422
    assert 'href="#password"' in weak.text
    assert "short" not in weak.text.replace("shorter", "")
    assert sign_in(browser()).status_code == 303
    assert count_of(database, SignIn) == 2


@pytest.mark.usefixtures("ana")
def test_nobody_guesses_the_password_at_a_browser_left_open(browser: Browser) -> None:
    client = browser()
    sign_in(client)
    data = {"current": "wrong wrong wrong", "password": NEW}
    codes = [client.post("/account/password", data=data).status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]
    # The owner can still sign in elsewhere.
    assert sign_in(browser()).status_code == 303


def test_who_has_none_chooses_one_soon_after_signing_in(
    signed_in: Callable[..., FlaskClient], database: Database, browser: Browser
) -> None:
    client = signed_in(name="Bo", email="bo@example.org")
    assert "Choose a password" in client.get("/account/password").text
    make_older(database, SignIn, made_at=utc_now() - timedelta(minutes=61))
    late = client.post("/account/password", data={"password": NEW})
    assert late.status_code == 422
    assert "more than an hour ago" in late.text
    assert "more than an hour ago" in client.get("/account/password").text
    make_older(database, SignIn, made_at=utc_now() - timedelta(minutes=59))
    assert client.post("/account/password", data={"password": NEW}).status_code == 303
    answer = sign_in(browser(), email="bo@example.org", password=NEW)
    assert answer.status_code == 303


def test_the_answer_does_not_tell_whose_password_it_is(
    browser: Browser, database: Database, outbox: Outbox
) -> None:
    answers = set()
    for state in ("active", "imported", "deactivated", "unknown"):
        email = f"{state}@example.org"
        if state != "unknown":
            with database.begin() as session:
                make.person(session, email=email, state=state)
        client = browser()
        answer = client.post("/sign-in/forgotten", data={"email": email})
        answers.add((answer.status_code, answer.location, shown(client.get(answer.location))))
    assert len(answers) == 1
    assert [letter.recipient for letter in outbox()] == ["active@example.org"]
    assert browser().post("/sign-in/forgotten", data={"email": "nobody"}).status_code == 422


@pytest.mark.usefixtures("ana")
def test_a_forgotten_password_is_chosen_anew_by_letter(browser: Browser, outbox: Outbox) -> None:
    there = browser()
    sign_in(there)
    path = asked(browser, outbox)
    client = browser()
    for _ in range(3):
        page = client.get(path)
        assert page.status_code == 200
        assert "Ana" not in page.text
    weak = client.post(path, data={"password": "ana lopez ana"})
    assert weak.status_code == 422
    answer = client.post(path, data={"password": NEW})
    assert (answer.status_code, answer.location) == (303, "/")
    assert (who_is_in(client), who_is_in(there)) == ("Ana Lopez", "nobody")
    assert sign_in(browser(), password=NEW).status_code == 303
    assert outbox()[-1].subject == "Your password for Manyhands was changed"
    again = browser().post(path, data={"password": "other words at all"})
    assert again.status_code == 410
    assert client.post(path, data={"password": "x"}).location == "/account"
    assert sign_in(browser(), password=NEW).status_code == 303


@pytest.mark.usefixtures("ana")
def test_a_letter_is_good_for_an_hour(browser: Browser, database: Database, outbox: Outbox) -> None:
    path = asked(browser, outbox)
    with database.reading() as session:
        row = session.scalars(sa.select(SignInLink)).one()
    assert row.expires_at - row.made_at == timedelta(hours=1)
    assert row.token_hash == service.hashed(path.rpartition("/")[2])
    make_older(database, SignInLink, expires_at=utc_now())
    for answer in (browser().get(path), browser().post(path, data={"password": NEW})):
        assert answer.status_code == 410
    assert sign_in(browser()).status_code == 303


def test_of_twenty_who_choose_by_one_letter_one_does(database: Database, ana: Person) -> None:
    with database.begin() as session:
        token = service.make_link(session, ana.id, now=utc_now(), purpose="password")

    def write(template: str, path: str = "", target: str = "/", **_values: object) -> Words:
        return Words(template, f"{path} {target}")

    def choose(number: int) -> str | None:
        with database.begin() as session:
            return service.choose_password(
                session, token, f"hash {number}", write=write, now=utc_now()
            )

    with ThreadPoolExecutor(20) as pool:
        given = [token for token in pool.map(choose, range(20)) if token]
    assert len(given) == 1
    assert count_of(database, SignIn) == 1


@pytest.mark.usefixtures("ana")
def test_letters_about_passwords_are_limited_as_those_with_links(browser: Browser) -> None:
    doors = ("/sign-in/forgotten", "/sign-in/link", "/sign-in/forgotten", "/sign-in/link")
    codes = [browser().post(door, data={"email": EMAIL}).status_code for door in doors]
    assert codes == [303, 303, 303, 429]


@pytest.mark.usefixtures("ana")
def test_a_used_link_leads_on_who_is_signed_in(
    browser: Browser, database: Database, ana: Person
) -> None:
    path = link_to(database, ana)
    client = browser()
    client.post(path)
    assert client.get(f"{path}?next=/changes").location == "/changes"
    assert client.post(path, data={"next": "//evil.example"}).location == "/"
    assert browser().get(path).status_code == 410

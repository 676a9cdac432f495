"""What a browser holds, what it opens, and what ends it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.integration.people.ways import count_of, link_to, sign_in, who_is_in
from wiki.clock import utc_now
from wiki.people import service
from wiki.people.models import Person, SignIn
from wiki.storage.engine import Database


def test_signing_in_gives_a_new_cookie_and_forgets_the_old_one(
    browser: Callable[[], FlaskClient], database: Database, ana: Person
) -> None:
    client = browser()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "planted"
        cookie["planted"] = "yes"
    sign_in(client)
    with client.session_transaction() as cookie:
        first = cookie["_user_id"]
        assert "planted" not in cookie
    client.post(link_to(database, ana))
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] not in {first, "planted"}
    assert count_of(database, SignIn) == 1


@pytest.mark.usefixtures("ana")
def test_an_old_cookie_is_worth_nothing_after_signing_out(
    browser: Callable[[], FlaskClient],
) -> None:
    client = browser()
    sign_in(client)
    kept = client.get_cookie("manyhands")
    assert kept is not None
    assert client.get("/sign-out").status_code == 200
    assert who_is_in(client) == "Ana Lopez"
    assert client.post("/sign-out").status_code == 303
    assert who_is_in(client) == "nobody"
    thief = browser()
    thief.set_cookie("manyhands", kept.value)
    assert who_is_in(thief) == "nobody"


@pytest.mark.parametrize(("readers", "there"), [("everybody", "/"), ("members", "/sign-in")])
@pytest.mark.usefixtures("ana")
def test_who_signed_out_is_told_so_and_nothing_else(
    browser: Callable[[], FlaskClient], database: Database, readers: str, there: str
) -> None:
    with database.begin() as session:
        service.set_wiki(session, "readers", readers, now=utc_now())
    client = browser()
    sign_in(client)
    answer = client.post("/sign-out")
    assert answer.location == there
    page = client.get(there).text
    assert "You have been signed out." in page
    assert "Sign in to read this wiki." not in page
    assert "You have been signed out." not in client.get(there).text


@pytest.mark.usefixtures("ana")
def test_signing_out_everywhere_ends_every_browser_and_every_link(
    browser: Callable[[], FlaskClient], database: Database, ana: Person
) -> None:
    here, there = browser(), browser()
    sign_in(here)
    sign_in(there)
    path = link_to(database, ana)
    account = here.get("/account")
    assert account.text.count("Another one") == account.text.count("This one") == 1
    assert here.post("/account/sign-outs").status_code == 303
    assert (who_is_in(here), who_is_in(there)) == ("nobody", "nobody")
    assert browser().post(path).status_code == 410


def test_a_new_password_ends_the_other_sign_ins_and_every_link(
    browser: Callable[[], FlaskClient], database: Database, ana: Person
) -> None:
    here, there = browser(), browser()
    sign_in(here)
    sign_in(there)
    path = link_to(database, ana)
    with database.begin() as session:
        first = session.scalars(sa.select(SignIn.id).order_by(SignIn.id)).first()
        person = session.get(Person, ana.id)
        assert person is not None
        service.set_password(session, person, "seven quiet lamps", now=utc_now(), keep=first)
    assert (who_is_in(here), who_is_in(there)) == ("Ana Lopez", "nobody")
    assert browser().post(path).status_code == 410
    assert sign_in(browser()).status_code == 422
    assert sign_in(browser(), password="seven quiet lamps").status_code == 303


def test_a_sign_in_ends_after_thirty_days_without_use(
    browser: Callable[[], FlaskClient], database: Database, ana: Person
) -> None:
    client = browser()
    sign_in(client)
    with database.begin() as session:
        session.execute(sa.update(SignIn).values(expires_at=utc_now() - timedelta(seconds=1)))
    assert who_is_in(client) == "nobody"
    client = browser()
    sign_in(client)
    with database.begin() as session:
        expires_at = session.scalars(sa.select(SignIn.expires_at)).one()
    assert timedelta(days=29) < expires_at - utc_now() <= timedelta(days=30)
    assert ana.id


@pytest.mark.usefixtures("ana")
def test_use_is_noted_once_an_hour_and_lengthens_the_sign_in(
    browser: Callable[[], FlaskClient], database: Database
) -> None:
    client = browser()
    sign_in(client)

    def seen() -> tuple[datetime, datetime]:
        with database.reading() as session:
            row = session.scalars(sa.select(SignIn)).one()
            return row.seen_at, row.expires_at

    before = seen()
    assert "Set-Cookie" not in client.get("/who").headers
    assert seen() == before
    ago = utc_now() - timedelta(hours=2)
    with database.begin() as session:
        session.execute(sa.update(SignIn).values(seen_at=ago, expires_at=ago + timedelta(days=1)))
    assert "Expires=" in client.get("/who").headers["Set-Cookie"]
    after = seen()
    assert after > before
    client.get("/who")
    assert seen() == after


@pytest.mark.usefixtures("ana")
def test_the_cookie_is_for_this_site_and_for_no_script(
    browser: Callable[[], FlaskClient], app: Flask
) -> None:
    cookie = sign_in(browser()).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    app.config["SESSION_COOKIE_SECURE"] = True
    assert "Secure" in sign_in(browser()).headers["Set-Cookie"]


def test_a_wiki_for_members_only_asks_to_sign_in_first(
    browser: Callable[[], FlaskClient],
    signed_in: Callable[..., FlaskClient],
    database: Database,
) -> None:
    assert browser().get("/read").text == "the text"
    with database.begin() as session:
        service.set_wiki(session, "readers", "members", now=utc_now())
    refused = browser().get("/read?a=1")
    assert (refused.status_code, refused.location) == (302, "/sign-in?next=/read?a%3D1")
    assert signed_in().get("/read").text == "the text"


def test_a_role_opens_what_it_includes_at_once_and_no_more(
    browser: Callable[[], FlaskClient],
    signed_in: Callable[..., FlaskClient],
    database: Database,
) -> None:
    assert browser().get("/administer").status_code == 302
    client = signed_in("facilitator")
    assert client.get("/administer").status_code == 403
    with database.begin() as session:
        session.execute(sa.update(Person).values(role="admin"))
    assert client.get("/administer").text == "the levers"


def test_the_account_shows_who_i_am_and_keeps_my_time_zone(
    browser: Callable[[], FlaskClient], signed_in: Callable[..., FlaskClient], database: Database
) -> None:
    assert browser().get("/account").status_code == 302
    client = signed_in("reviewer", name="<b>Bo</b>", email="bo@example.org")
    page = client.get("/account")
    assert "&lt;b&gt;Bo&lt;/b&gt;" in page.text
    assert "<b>Bo" not in page.text
    typed = {"name": "Bo", "time_zone": "Asia/Tokyo", "role": "admin", "id": "1"}
    saved = client.post("/account/profile", data=typed)
    assert saved.status_code == 303
    assert '<option value="Asia/Tokyo" selected>' in client.get("/account/profile").text
    assert "Asia/Tokyo" in client.get("/account").text
    with database.reading() as session:
        person = session.scalars(sa.select(Person)).one()
    assert (person.time_zone, person.role) == ("Asia/Tokyo", "reviewer")
    wrong = client.post("/account/profile", data={"name": "Bo", "time_zone": "Mars/Base"})
    assert wrong.status_code == 422
    assert 'href="#time_zone"' in wrong.text
    client.post("/account/profile", data={"name": "Bo", "time_zone": ""})
    with database.reading() as session:
        assert session.scalars(sa.select(Person.time_zone)).one() is None

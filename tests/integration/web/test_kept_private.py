"""What is for one person stays with that person: on the way, in memory, in what is written down."""

import logging
import re
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests import make
from tests.integration.web.acts import ACTS, Stock, own_things, sign_in, stock
from wiki.clock import utc_now
from wiki.mail.deliver import deliver_due
from wiki.mail.letters import Letter
from wiki.mail.transport import transport_for
from wiki.pages.models import PageLimit
from wiki.people import service
from wiki.people.models import Person
from wiki.storage.engine import Database

EVIL = "evil.example"
AWAY = (
    f"//{EVIL}",
    f"https://{EVIL}/",
    f"/\\{EVIL}",
    f"\\\\{EVIL}",
    f"/%09/{EVIL}",
    f"/%2F{EVIL}",
    f"/\t/{EVIL}",
    f"http:{EVIL}",
    f"javascript:alert('{EVIL}')",
    f"/pages/../..//{EVIL}",
    f"@{EVIL}",
    f".{EVIL}",
    f"/\u2215{EVIL}",
    f"/\uff0f{EVIL}",
    f" //{EVIL}",
    f"/sign-in/link/x?next=//{EVIL}",
)
NAMES = ("next", "to", "url", "return", "target", "carried-to", "redirect", "came_from", "where")


@pytest.fixture
def stocked(database: Database) -> Stock:
    """Return a wiki in which every act could be done."""
    return stock(database)


@pytest.mark.parametrize("role", ["member", "admin"])
def test_no_form_leads_away(
    app: Flask, stocked: Stock, signed_in: Callable[..., FlaskClient], role: str
) -> None:
    admin = signed_in("admin")
    for endpoint in ACTS:
        fields = stocked.fields(endpoint, admin)
        with stocked.database.begin() as session:
            person = make.person(session, role=role)
            own = own_things(session, person)
        for number, away in enumerate(AWAY):
            if "password" in fields and number % 4:
                continue  # each takes the time that guessing one should take
            browser = sign_in(app, stocked.database, person.id)
            sent = {**dict.fromkeys(NAMES, away), **fields}
            address = stocked.address(app, endpoint, **own)
            answer = browser.post(address, data=sent, query_string={"next": away})
            where = answer.headers.get("Location", "/")
            assert re.match(r"/(?![/\\])", where), (endpoint, away, where)
            for action in re.findall(r'(?:form)?action="([^"]*)"', answer.text):
                assert re.match(r"/(?![/\\])|\Z", action), (endpoint, away, action)


def test_letters_know_only_the_address_of_the_settings(app: Flask, stocked: Stock) -> None:
    told = {
        "X-Forwarded-Host": EVIL,
        "X-Forwarded-Server": EVIL,
        "Forwarded": f"host={EVIL}",
        "X-Original-Host": EVIL,
        "Origin": f"http://{EVIL}",
        "Referer": f"http://{EVIL}/",
    }
    injected = "A\r\nBcc: spy@evil.example\r\n\r\n<script>"
    with stocked.database.begin() as session:
        admin = make.person(session, role="admin", name="Ada <script>alert(1)</script>").id
    for endpoint in (
        *("people.ask_for_link", "people.ask_for_password", "people.ask_to_join"),
        *("people.send_invitations", "people.ask_for_address", "writing.undo"),
    ):
        fields = dict(ACTS[endpoint].fields)
        fields |= {"words": injected, "note": injected}
        cookie = sign_in(app, stocked.database, admin).get_cookie("manyhands")
        assert cookie is not None
        wire = {"HTTP_HOST": EVIL, "HTTP_COOKIE": f"manyhands={cookie.value}"}
        browser = app.test_client(use_cookies=False)
        answer = browser.post(
            stocked.address(app, endpoint), data=fields, headers=told, environ_overrides=wire
        )
        assert answer.status_code == 303, endpoint
    settings = stocked.database.settings
    deliver_due(stocked.database, transport_for(settings.mail, settings.data_dir), clock=utc_now)
    files = [one for one in (settings.data_dir / "mail").rglob("*") if one.is_file()]
    assert len(files) >= 5
    for file in files:
        letter = message_from_bytes(file.read_bytes(), policy=default)
        assert "Bcc" not in letter
        assert "spy" not in str(letter["To"])
        for part in letter.walk():
            if part.get_content_maintype() == "text":
                text = part.get_content()
                assert EVIL not in text.replace("spy@evil.example", "")
                assert part.get_content_subtype() == "plain" or "<script" not in text
                assert set(re.findall(r"https?://([^/\s\"<]+)", text)) <= {"wiki.example.org"}


TOKEN = "a-token-that-nobody-should-read"
TOKEN_DOORS = (
    f"/sign-in/link/{TOKEN}",
    f"/sign-in/password/{TOKEN}",
    f"/sign-up/{TOKEN}",
    f"/account/address/{TOKEN}",
)


@pytest.mark.parametrize("address", TOKEN_DOORS)
def test_a_token_is_written_down_nowhere(
    app: Flask, address: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)

    def broken(_token: str) -> str:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(service, "hashed", broken)
    for ask in (app.test_client().get, app.test_client().post):
        assert ask(address).status_code in {403, 410, 500}
    assert "failed" in caplog.text
    assert TOKEN not in caplog.text


@pytest.mark.parametrize("address", TOKEN_DOORS)
def test_a_page_behind_a_letter_tells_no_other_site_of_its_address(
    client: FlaskClient, address: str
) -> None:
    answer = client.get(address)
    assert answer.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "address",
    [
        *("/drafts", "/drafts/{draft_id}", "/account", "/account/profile", "/account/password"),
        *("/members", "/members/invite", "/members/import", "/members/teams", "/settings"),
        *("/pages/stock/any/edit", "/pages/fresh/edit", "/pages/new", "/deleted"),
        *("/pages/stock/any/move", "/pages/stock/any/undo?number=2", "/pages/stock/any/access"),
    ],
)
def test_what_is_private_is_kept_by_nobody_on_the_way(
    app: Flask, stocked: Stock, address: str
) -> None:
    with stocked.database.begin() as session:
        person = make.person(session, role="admin")
        own = own_things(session, person)
    browser = sign_in(app, stocked.database, person.id)
    answer = browser.get(address.format(**own))
    assert answer.status_code == 200
    kept = answer.headers["Cache-Control"]
    assert kept == "no-store" or kept.startswith("private"), kept
    assert "Cookie" in answer.headers.get("Vary", "") or kept == "no-store"


def test_no_page_from_memory_outlives_the_right_to_see_it(app: Flask, stocked: Stock) -> None:
    secret = "Other words"
    with stocked.database.begin() as session:
        person = make.person(session, role="admin")
    browser = sign_in(app, stocked.database, person.id)

    def sees(address: str) -> bool:
        tag = browser.get(address).headers.get("ETag", "")
        answer = browser.get(address, headers={"If-None-Match": tag})
        return answer.status_code in {200, 304}

    def set_to(**facts: str) -> None:
        with stocked.database.begin() as session:
            session.execute(sa.update(Person).where(Person.id == person.id).values(**facts))

    assert secret in browser.get("/pages/stock/any").text
    assert sees("/pages/stock/any")
    assert sees("/members")
    set_to(role="member")
    assert not sees("/members")
    with stocked.database.begin() as session:
        session.add(PageLimit(path="stock", act="read", kind="role", value="reviewer"))
    assert not sees("/pages/stock/any")
    assert "stock/any" not in browser.get("/").text
    set_to(role="reviewer")
    assert sees("/pages/stock/any")
    set_to(state="deactivated")
    assert not sees("/pages/stock/any")
    assert browser.get("/account").status_code == 302


def test_letters_with_a_way_in_are_kept_by_no_list(app: Flask, stocked: Stock) -> None:
    app.test_client().post("/sign-in/link", data={"email": "stock@example.org"})
    with stocked.database.begin() as session:
        letter = session.scalars(sa.select(Letter)).one()
        token = re.findall(r"/sign-in/link/(\S+)", letter.text)[0]
        tables = sa.inspect(session.connection()).get_table_names()
        for name in tables:
            if name != "letter":
                rows = session.execute(sa.text(f'SELECT * FROM "{name}"')).all()  # noqa: S608
                assert token not in repr(rows), name

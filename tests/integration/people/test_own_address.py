"""Moving to another e-mail address."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests import make
from tests.integration.people.ways import (
    EMAIL,
    PASSWORD,
    count_of,
    happened,
    link_to,
    make_older,
    person,
    shown,
    sign_in,
    way_in,
)
from wiki.clock import utc_now
from wiki.mail.letters import Letter
from wiki.people import service
from wiki.people.models import Person, PersonAddress, SignIn, SignInLink
from wiki.storage.engine import Database

NEW = "ana.lopez@example.org"
FORM = {"email": NEW, "password": PASSWORD}
Browser = Callable[[], FlaskClient]
Outbox = Callable[[], list[Letter]]


@pytest.fixture
def inside(browser: Browser, ana: Person) -> FlaskClient:
    assert ana.email == EMAIL
    client = browser()
    sign_in(client)
    return client


def test_a_letter_to_the_new_address_moves_the_member_there(
    inside: FlaskClient, browser: Browser, database: Database, ana: Person, outbox: Outbox
) -> None:
    old_link = link_to(database, ana)
    answer = inside.post("/account/address", data=FORM)
    assert (answer.status_code, answer.location) == (303, "/account")
    assert NEW in inside.get("/account").text
    (letter,) = outbox()
    assert letter.recipient == NEW
    path = way_in(letter)
    for _ in range(3):
        assert NEW in browser().get(path).text
    assert person(database, NEW) is None
    assert inside.post(path).location == "/account"
    assert f"Your address is now {NEW}." in inside.get("/account").text
    moved = person(database, NEW)
    assert moved is not None
    assert moved.id == ana.id
    assert outbox()[-1].recipient == EMAIL
    assert NEW not in outbox()[-1].text
    assert happened(database, "person.address_changed") == 1
    # Whoever reads the old address has no way in any more, but stays known by it.
    assert browser().get(old_link).status_code == 410
    browser().post("/sign-in/link", data={"email": EMAIL})
    assert len(outbox()) == 2
    assert sign_in(browser(), email=NEW).status_code == 303
    with database.reading() as session:
        assert session.scalars(sa.select(PersonAddress.email)).all() == [EMAIL]


def test_the_way_back_is_open(inside: FlaskClient, database: Database, outbox: Outbox) -> None:
    for email in (NEW, EMAIL):
        inside.post("/account/address", data=FORM | {"email": email})
        path = next(way_in(one) for one in reversed(outbox()) if one.kind == "address-link")
        inside.post(path)
    assert person(database, EMAIL) is not None
    with database.reading() as session:
        assert session.scalars(sa.select(PersonAddress.email)).all() == [NEW]


@pytest.mark.parametrize("state", ["active", "imported", "deactivated"])
def test_that_an_address_is_taken_is_said_to_its_owner_alone(
    inside: FlaskClient, database: Database, outbox: Outbox, state: str
) -> None:
    with database.begin() as session:
        make.person(session, name="Bo", email="bo@example.org", state=state)
    said = []
    for email in ("bo@example.org", "free@example.org"):
        answer = inside.post("/account/address", data=FORM | {"email": email})
        page = shown(inside.get(answer.location)).replace(email, "")
        said.append((answer.status_code, answer.location, page))
    assert said[0] == said[1]
    taken, free = outbox()
    assert (taken.recipient, free.recipient) == ("bo@example.org", "free@example.org")
    assert "http" not in taken.text
    assert "Ana" not in taken.text
    assert count_of(database, SignInLink) == 1


def test_an_address_taken_meanwhile_is_not_given_twice(
    inside: FlaskClient, database: Database, outbox: Outbox
) -> None:
    inside.post("/account/address", data=FORM)
    with database.begin() as session:
        make.person(session, email=NEW)
    assert inside.post(way_in(outbox()[0])).location == "/account"
    assert person(database, EMAIL) is not None


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": f"{NEW}\r\nBcc: eve@example.org"}, "email"),
        ({"email": EMAIL}, "email"),
        ({"password": ""}, "password"),
        ({"password": "wrong wrong wrong"}, "password"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    inside: FlaskClient, outbox: Outbox, data: dict[str, str], field: str
) -> None:
    answer = inside.post("/account/address", data=FORM | data)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert outbox() == []


def test_without_a_password_a_fresh_sign_in_is_asked_for(
    signed_in: Callable[..., FlaskClient], database: Database, outbox: Outbox
) -> None:
    client = signed_in()
    assert client.post("/account/address", data={"email": NEW}).status_code == 303
    make_older(database, SignIn, made_at=utc_now() - timedelta(hours=2))
    answer = client.post("/account/address", data={"email": "other@example.org"})
    assert answer.status_code == 422
    assert "sign in again" in answer.text
    assert len(outbox()) == 1


def test_used_and_old_links_move_nobody(
    inside: FlaskClient, browser: Browser, database: Database, outbox: Outbox
) -> None:
    inside.post("/account/address", data=FORM)
    used = way_in(outbox()[0])
    assert used.rpartition("/")[2] != service.hashed(used.rpartition("/")[2])
    inside.post(used)
    inside.post("/account/address", data=FORM | {"email": "third@example.org"})
    old = way_in(outbox()[-1])
    make_older(database, SignInLink, expires_at=utc_now())
    for path in (used, old):
        assert browser().get(path).status_code == 410
        assert browser().post(path).status_code == 410
    assert person(database, NEW) is not None

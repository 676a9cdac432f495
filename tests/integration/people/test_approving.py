"""Waiting for an administrator, being let in or turned away, and how administrators hear of it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests import make
from tests.integration.people.ways import (
    decide,
    happened,
    make_older,
    person,
    way_in,
    who_is_in,
)
from wiki.clock import utc_now
from wiki.errors import Invalid, NotFound
from wiki.mail.letters import Letter, Words
from wiki.people import queries, service
from wiki.people.models import Person, SignUp
from wiki.people.queries import WaitingRow
from wiki.storage.engine import Database

FORM = {"name": "Di Roe", "email": "di@elsewhere.example", "reason": "I plan the parks."}
Browser = Callable[[], FlaskClient]
Outbox = Callable[[], list[Letter]]


@pytest.fixture
def admin(database: Database) -> Person:
    decide(database, sign_up="approval")
    with database.begin() as session:
        return make.person(session, name="Ada Min", email="ada@example.org", role="admin")


@pytest.fixture
def ask(browser: Browser, outbox: Outbox) -> Callable[..., FlaskClient]:
    """Return a function that lets somebody ask and prove the address, and gives their browser."""

    def asked(**data: str) -> FlaskClient:
        client = browser()
        assert client.post("/sign-up", data=FORM | data).status_code == 303
        path = way_in([one for one in outbox() if one.subject == "Join Manyhands"][-1])
        answer = client.post(path, data={"name": data.get("name", "Di Roe")})
        assert answer.location == "/sign-up/waiting"
        return client

    return asked


def write(template: str, path: str = "", target: str = "/", **values: object) -> Words:
    return Words(template, f"{values.get('name')} {path} {target}")


def waiting(database: Database) -> list[WaitingRow]:
    with database.reading() as session:
        return queries.waiting(session)


def approve(database: Database, number: int, by: Person, team_id: int | None = None) -> int:
    with database.begin() as session:
        return service.approve(
            session, number, team_id=team_id, actor_id=by.id, write=write, now=utc_now()
        )


def refuse(database: Database, number: int, by: Person) -> None:
    with database.begin() as session:
        service.refuse(session, number, actor_id=by.id, write=write, now=utc_now())


def test_who_asked_waits_and_is_not_in_yet(
    ask: Callable[..., FlaskClient], database: Database, admin: Person, outbox: Outbox
) -> None:
    client = ask()
    assert "you will get an e-mail" in client.get("/sign-up/waiting").text
    assert who_is_in(client) == "nobody"
    assert person(database, FORM["email"]) is None
    (row,) = waiting(database)
    assert (row.name, row.email, row.reason) == ("Di Roe", FORM["email"], FORM["reason"])
    told = outbox()[-1]
    assert told.recipient == admin.email
    assert told.subject == "Di Roe would like to join Manyhands"
    assert way_in(told) == "/members/waiting"
    assert FORM["reason"] in told.text
    assert FORM["email"] in told.text


def test_who_is_let_in_gets_a_letter_that_signs_in(
    ask: Callable[..., FlaskClient], browser: Browser, database: Database, admin: Person
) -> None:
    ask()
    with database.begin() as session:
        team_id = make.team(session, "Parks").id
    (row,) = waiting(database)
    person_id = approve(database, row.id, admin, team_id)
    made = person(database, FORM["email"])
    assert made is not None
    assert (made.id, made.name, made.role, made.team_id) == (person_id, "Di Roe", "member", team_id)
    assert waiting(database) == []
    assert happened(database, "sign_up.approved") == 1
    with database.reading() as session:
        letter = session.scalars(sa.select(Letter).order_by(Letter.id.desc()).limit(1)).one()
    assert letter.subject == "sign_up_approved"
    client = browser()
    client.post(letter.text.split()[2])
    assert who_is_in(client) == "Di Roe"


def test_who_is_turned_away_gets_a_letter_and_no_way_in(
    ask: Callable[..., FlaskClient], database: Database, admin: Person, outbox: Outbox
) -> None:
    ask()
    (row,) = waiting(database)
    refuse(database, row.id, admin)
    assert person(database, FORM["email"]) is None
    assert waiting(database) == []
    assert (outbox()[-1].recipient, outbox()[-1].subject) == (FORM["email"], "sign_up_refused")
    with pytest.raises(NotFound):
        approve(database, row.id, admin)
    with pytest.raises(NotFound):
        refuse(database, 99, admin)


def test_nobody_can_be_let_in_who_proved_nothing(
    browser: Browser, database: Database, admin: Person
) -> None:
    browser().post("/sign-up", data=FORM)
    assert waiting(database) == []
    with database.reading() as session:
        number = session.scalars(sa.select(SignUp.id)).one()
    with pytest.raises(NotFound):
        approve(database, number, admin)


def test_of_two_administrators_one_decides(
    ask: Callable[..., FlaskClient], database: Database, admin: Person
) -> None:
    ask()
    (row,) = waiting(database)

    def decide_once(number: int) -> bool:
        try:
            if number % 2:
                approve(database, row.id, admin)
            else:
                refuse(database, row.id, admin)
        except NotFound:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(decide_once, range(8))) == 1


@pytest.mark.usefixtures("admin")
def test_asking_again_leaves_one_wish_to_decide_about(
    ask: Callable[..., FlaskClient], database: Database
) -> None:
    ask()
    make_older(database, SignUp, made_at=utc_now() - timedelta(hours=1))
    ask(reason="I do plan the parks.")
    (row,) = waiting(database)
    assert row.reason == "I do plan the parks."


@pytest.mark.parametrize("decide_last", [approve, refuse])
def test_an_administrator_gets_one_letter_a_day(
    ask: Callable[..., FlaskClient],
    database: Database,
    admin: Person,
    outbox: Outbox,
    decide_last: Callable[..., object],
) -> None:
    def told() -> list[Letter]:
        return [letter for letter in outbox() if letter.recipient == admin.email]

    for number in range(3):
        ask(email=f"m{number}@elsewhere.example")
    today, tomorrow = told()
    assert today.send_after <= utc_now()
    assert utc_now() < tomorrow.send_after <= utc_now() + timedelta(days=1, hours=6)
    first, second, last = waiting(database)
    refuse(database, first.id, admin)
    approve(database, second.id, admin)
    assert len(told()) == 2
    # What is not sent yet is not sent any more when everything is decided.
    decide_last(database, last.id, admin)
    assert told() == []


def test_somebody_deactivated_meanwhile_is_not_let_in_by_approval(
    ask: Callable[..., FlaskClient], database: Database, admin: Person
) -> None:
    ask()
    (row,) = waiting(database)
    with database.begin() as session:
        make.person(session, name="Di", email=FORM["email"], state="deactivated")
    with pytest.raises(Invalid):
        approve(database, row.id, admin)
    known = person(database, FORM["email"])
    assert known is not None
    assert known.state == "deactivated"

"""The link that proves an address: once, not for long, and for nothing else."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import product

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests import make
from tests.integration.people.ways import (
    count_of,
    decide,
    make_older,
    way_in,
    who_is_in,
)
from wiki.clock import utc_now
from wiki.mail.letters import Letter, Words
from wiki.people import service
from wiki.people.models import Person, SignUp
from wiki.storage.engine import Database

COLLEAGUE = "di@council.example"
FORM = {"name": "Di Roe", "email": COLLEAGUE}
Browser = Callable[[], FlaskClient]
Outbox = Callable[[], list[Letter]]


@pytest.fixture
def open_to_us(database: Database) -> None:
    decide(database, sign_up="domain", sign_up_domains="council.example")


def words(template: str, path: str = "", target: str = "/", **_values: object) -> Words:
    return Words(template, f"{path} {target}")


@pytest.mark.usefixtures("open_to_us")
def test_a_name_that_is_none_leaves_the_link_good(browser: Browser, outbox: Outbox) -> None:
    browser().post("/sign-up", data=FORM)
    path = way_in(outbox()[0])
    client = browser()
    refused = client.post(path, data={"name": " "})
    assert refused.status_code == 422
    assert "Enter a name." in refused.text
    assert client.post(path, data={"name": "Di"}).status_code == 303


@pytest.mark.usefixtures("open_to_us")
def test_used_old_and_invented_links_look_alike_and_let_nobody_in(
    browser: Browser, database: Database, outbox: Outbox
) -> None:
    for name in ("a", "b"):
        browser().post("/sign-up", data=FORM | {"email": f"{name}@council.example"})
    used, old = (way_in(letter) for letter in outbox())
    client = browser()
    client.post(used, data={"name": "A"})
    make_older(database, SignUp, expires_at=utc_now())
    answers = [
        browser().open(path, method=method, data={"name": "Eve"})
        for path in (used, old, "/sign-up/invented")
        for method in ("GET", "POST")
    ]
    assert {answer.status_code for answer in answers} == {410}
    assert len({answer.text for answer in answers}) == 1
    # Who came in by it and follows it again simply goes on.
    assert client.get(f"{used}?next=/changes").location == "/changes"
    assert client.post(used, data={"name": "A"}).location == "/"
    assert count_of(database, Person) == 1


@pytest.mark.usefixtures("open_to_us")
def test_links_last_a_week_at_most_and_only_their_hashes_are_kept(
    browser: Browser, database: Database, outbox: Outbox
) -> None:
    browser().post("/sign-up", data=FORM)
    token = way_in(outbox()[0]).rpartition("/")[2]
    assert len(token) >= 43
    with database.reading() as session:
        row = session.scalars(sa.select(SignUp)).one()
    assert row.expires_at - row.made_at <= timedelta(days=7)
    assert row.token_hash == service.hashed(token)
    assert token not in str(vars(row))


@pytest.mark.usefixtures("open_to_us")
def test_links_of_one_kind_do_nothing_at_the_doors_of_another(
    browser: Browser, database: Database, outbox: Outbox
) -> None:
    browser().post("/sign-up", data=FORM)
    sign_up = way_in(outbox()[0]).rpartition("/")[2]
    tokens = {"/sign-up/": sign_up}
    doors = {
        "/sign-in/link/": "sign-in",
        "/sign-in/password/": "password",
        "/account/address/": "address",
    }
    with database.begin() as session:
        ana = make.person(session, name="Ana")
        for door, purpose in doors.items():
            tokens[door] = service.make_link(
                session, ana.id, now=utc_now(), purpose=purpose, email="new@example.org"
            )
    data = {"name": "Eve", "password": "kettle viola north"}
    for door, home in product(tokens, tokens):
        if door != home:
            client = browser()
            assert client.get(door + tokens[home]).status_code == 410
            assert client.post(door + tokens[home], data=data).status_code == 410
            assert who_is_in(client) == "nobody"
    # And none was spent by it.
    assert {browser().get(door + token).status_code for door, token in tokens.items()} == {200}


@pytest.mark.usefixtures("open_to_us")
def test_of_twenty_who_prove_an_address_at_once_one_gets_in(database: Database) -> None:
    with database.begin() as session:
        wish = service.Wish(name="Di", email=COLLEAGUE)
        service.ask_to_join(session, wish, "the token", write=words, now=utc_now())

    def prove(_number: int) -> str:
        with database.begin() as session:
            done = service.prove(session, "the token", name="Di", write=words, now=utc_now())
            return done.outcome

    with ThreadPoolExecutor(20) as pool:
        outcomes = list(pool.map(prove, range(20)))
    assert sorted(outcomes) == ["joined", *["over"] * 19]
    assert count_of(database, Person) == 1


@pytest.mark.usefixtures("open_to_us")
def test_two_letters_to_one_address_make_one_member(
    browser: Browser, database: Database, outbox: Outbox
) -> None:
    browser().post("/sign-up", data=FORM)
    make_older(database, SignUp, made_at=utc_now() - timedelta(hours=1))
    browser().post("/sign-up", data=FORM)
    first, second = (way_in(letter) for letter in outbox())
    assert browser().post(second, data={"name": "Di"}).status_code == 303
    assert browser().post(first, data={"name": "Di Again"}).status_code == 410
    assert count_of(database, Person) == 1


@pytest.mark.usefixtures("open_to_us")
@pytest.mark.parametrize(
    ("state", "status"), [("active", 422), ("deactivated", 422), ("imported", 303)]
)
def test_who_joins_takes_nobodys_name_but_may_come_back_from_a_history(
    browser: Browser, database: Database, outbox: Outbox, state: str, status: int
) -> None:
    with database.begin() as session:
        make.person(session, name="Ruth Adeyinka", email="ruth@example.org", state=state)
    browser().post("/sign-up", data=FORM)
    path = way_in(outbox()[-1])
    answer = browser().post(path, data={"name": "Ruth Adeyinka\u200b"})
    assert answer.status_code == status
    if status == 422:
        assert "or one that looks like it" in answer.text
        assert browser().post(path, data={"name": "Ruth A (Parks)"}).status_code == 303

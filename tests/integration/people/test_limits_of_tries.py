"""How often something may be tried, and that this shuts nobody out."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests import make
from tests.conftest import SECRET
from tests.integration.people.ways import (
    EMAIL,
    PASSWORD,
    WRONG,
    decide,
    link_to,
    sign_in,
    way_in,
    who_is_in,
)
from wiki.clock import utc_now
from wiki.errors import TooMany
from wiki.mail.letters import Letter
from wiki.people import service
from wiki.people.models import Attempt, Person
from wiki.storage.engine import Database


def tries_from_here(database: Database, count_one: Callable[..., object], count: int) -> None:
    """Let as many others try the same from where the test's browsers are."""
    with database.begin() as session:
        for number in range(count):
            count_one(
                session,
                email=f"other{number}@example.org",
                source="127.0.0.1",
                secret=SECRET,
                now=utc_now(),
            )


@pytest.mark.usefixtures("ana")
def test_the_tenth_wrong_password_is_the_last_for_a_while(
    browser: Callable[[], FlaskClient], database: Database
) -> None:
    spellings = [EMAIL, EMAIL.upper(), f" {EMAIL}", f"{EMAIL} ", EMAIL.title()] * 2
    for number, email in enumerate(spellings):
        answer = browser().post(
            "/sign-in",
            data=WRONG | {"email": email},
            environ_base={"REMOTE_ADDR": f"10.0.0.{number}"},
        )
        assert answer.status_code == 422
    refused = browser().post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
    assert refused.status_code == 429
    assert 250 < int(refused.headers["Retry-After"]) <= 301
    with database.begin() as session:
        session.execute(sa.update(Attempt).values(at=utc_now() - timedelta(minutes=5)))
    assert sign_in(browser()).status_code == 303


@pytest.mark.usefixtures("ana")
def test_one_source_cannot_try_many_addresses(
    browser: Callable[[], FlaskClient], database: Database
) -> None:
    tries_from_here(database, service.try_sign_in, 99)
    last = browser().post("/sign-in", data=WRONG | {"email": "eve@example.org"})
    assert last.status_code == 422
    forged = browser().post(
        "/sign-in", data=WRONG, headers={"X-Forwarded-For": "10.9.8.7", "Forwarded": "for=1"}
    )
    assert forged.status_code == 429
    assert "from your network" in forged.text


@pytest.mark.usefixtures("ana")
def test_a_few_who_forgot_their_passwords_stop_nobody_in_the_office(
    browser: Callable[[], FlaskClient],
) -> None:
    for number in range(30):
        data = WRONG | {"email": f"colleague{number % 5}@example.org"}
        assert browser().post("/sign-in", data=data).status_code == 422
    assert sign_in(browser()).status_code == 303


@pytest.mark.usefixtures("ana")
def test_a_whole_office_signs_in_from_one_source(browser: Callable[[], FlaskClient]) -> None:
    assert {sign_in(browser()).status_code for _ in range(25)} == {303}


def test_strangers_who_guess_do_not_shut_the_owner_out(
    browser: Callable[[], FlaskClient], database: Database, ana: Person
) -> None:
    inside = browser()
    sign_in(inside)
    for number in range(12):
        browser().post("/sign-in", data=WRONG, environ_base={"REMOTE_ADDR": f"10.0.0.{number}"})
    assert who_is_in(inside) == "Ana Lopez"
    assert browser().post("/sign-in/link", data={"email": EMAIL}).status_code == 303
    assert browser().post(link_to(database, ana)).status_code == 303


def test_tries_at_the_same_moment_are_counted_one_by_one(database: Database) -> None:
    def attempt(number: int) -> bool:
        try:
            with database.begin() as session:
                service.try_sign_in(
                    session, email=EMAIL, source=f"10.0.0.{number}", secret="s", now=make.NOON
                )
        except TooMany:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(30))) == 10


def test_tries_are_kept_for_an_hour_and_name_nobody(database: Database) -> None:
    with database.begin() as session:
        service.try_sign_in(session, email=EMAIL, source="10.1.2.3", secret="s", now=make.NOON)
    later = make.NOON + timedelta(hours=2)
    with database.begin() as session:
        service.try_link(session, email=EMAIL, source="::1", secret="s", now=later)
        buckets = list(session.scalars(sa.select(Attempt.bucket)))
    assert len(buckets) == 2
    assert all(re.fullmatch(r"[0-9a-f]{64}", bucket) for bucket in buckets)


@pytest.mark.usefixtures("ana")
def test_an_address_gets_three_links_in_a_quarter_of_an_hour(
    browser: Callable[[], FlaskClient], outbox: Callable[[], list[Letter]]
) -> None:
    for email in (EMAIL, "eve@example.org"):
        wishes = [
            browser().post("/sign-in/link", data={"email": spelled})
            for spelled in (email, email.upper(), f" {email} ", email)
        ]
        assert [answer.status_code for answer in wishes] == [303, 303, 303, 429]
        assert "three times" in wishes[3].text
    assert len(outbox()) == 3


@pytest.mark.usefixtures("ana")
def test_links_from_one_source_are_limited_far_above_an_office(
    browser: Callable[[], FlaskClient], database: Database, ana: Person
) -> None:
    tries_from_here(database, service.try_link, 299)
    ask = {"email": EMAIL}
    assert browser().post("/sign-in/link", data=ask).status_code == 303
    refused = browser().post("/sign-in/link", data=ask)
    assert refused.status_code == 429
    assert "Ask again a little later" in refused.text
    assert "Wait a few minutes" not in refused.text
    # A letter whose button is pressed makes room for the next one.
    assert browser().post(link_to(database, ana)).status_code == 303
    codes = [browser().post("/sign-in/link", data=ask).status_code for _ in range(2)]
    assert codes == [303, 429]


@pytest.mark.usefixtures("ana")
def test_a_forgotten_password_that_is_replaced_makes_room_for_the_next_letter(
    browser: Callable[[], FlaskClient], database: Database, outbox: Callable[[], list[Letter]]
) -> None:
    assert browser().post("/sign-in/forgotten", data={"email": EMAIL}).status_code == 303
    path = way_in(outbox()[-1])
    tries_from_here(database, service.try_link, 299)
    ask = {"email": "bo@example.org"}
    assert browser().post("/sign-in/link", data=ask).status_code == 429
    chosen = browser().post(path, data={"password": "a lantern over the weir"})
    assert chosen.status_code == 303
    assert browser().post("/sign-in/link", data=ask).status_code == 303


@pytest.mark.usefixtures("ana")
def test_many_who_want_to_join_do_not_keep_members_from_their_links(
    browser: Callable[[], FlaskClient], database: Database, outbox: Callable[[], list[Letter]]
) -> None:
    decide(database, sign_up="domain", sign_up_domains="council.example")
    form = {"name": "Di Roe", "email": "di@council.example"}
    assert browser().post("/sign-up", data=form).status_code == 303
    tries_from_here(database, partial(service.try_link, to_stranger=True), 99)
    other = form | {"email": "ed@council.example"}
    assert browser().post("/sign-up", data=other).status_code == 429
    assert browser().post("/sign-in/link", data={"email": EMAIL}).status_code == 303
    (joining,) = [letter for letter in outbox() if letter.kind == "sign-up"]
    assert browser().post(way_in(joining), data={"name": "Di Roe"}).status_code == 303
    assert browser().post("/sign-up", data=other).status_code == 303

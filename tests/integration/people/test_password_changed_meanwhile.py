"""A password that is changed while it is checked opens nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from flask.testing import FlaskClient

from tests.integration.people.ways import PASSWORD, count_of, sign_in, who_is_in
from wiki.clock import utc_now
from wiki.people import service
from wiki.people.models import Attempt, Person, SignIn
from wiki.storage.engine import Database

NEW = "harbour violet south"


@contextmanager
def when_the_password_is_read(database: Database, act: Callable[[], None]) -> Iterator[None]:
    """Let `act` happen once, right after the database told the hash to who signs in."""
    todo = [act]

    def after(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "password_hash" in statement and "person.email =" in statement and todo:
            todo.pop()()

    sa.event.listen(database.engine, "after_cursor_execute", after)
    try:
        yield
    finally:
        sa.event.remove(database.engine, "after_cursor_execute", after)
    assert not todo


def test_the_old_password_lets_nobody_in_who_typed_it_just_before(
    browser: Callable[[], FlaskClient], database: Database, ana: Person
) -> None:
    def change() -> None:
        with database.begin() as session:
            person = session.get_one(Person, ana.id)
            service.set_password(session, person, NEW, now=utc_now())

    client = browser()
    with when_the_password_is_read(database, change):
        answer = sign_in(client)
    assert answer.status_code == 422
    assert "not right" in answer.text
    assert count_of(database, SignIn) == 0
    assert count_of(database, Attempt) > 0
    assert sign_in(client, password=PASSWORD).status_code == 422
    assert sign_in(client, password=NEW).status_code == 303
    assert who_is_in(client) == "Ana Lopez"


def test_who_is_shut_out_while_signing_in_is_told_no_more_than_others(
    browser: Callable[[], FlaskClient], database: Database, ana: Person
) -> None:
    def shut_out() -> None:
        with database.begin() as session:
            service.deactivate(session, ana.id, now=utc_now())

    with when_the_password_is_read(database, shut_out):
        answer = sign_in(browser())
    assert answer.status_code == 422
    assert "not right" in answer.text
    assert count_of(database, SignIn) == 0

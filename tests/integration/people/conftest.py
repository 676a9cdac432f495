"""A member with a password, and browsers."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import make
from tests.integration.people.ways import EMAIL, PASSWORD
from wiki.clock import utc_now
from wiki.people import guards, service
from wiki.people.models import Person
from wiki.storage.engine import Database


@pytest.fixture
def ana(database: Database) -> Person:
    """Return an active member with a password."""
    with database.begin() as session:
        person = make.person(session, name="Ana Lopez", email=EMAIL)
        service.set_password(session, person, PASSWORD, now=utc_now())
        return person


@pytest.fixture
def browser(app: Flask) -> Callable[[], FlaskClient]:
    """Return a function that gives new browsers, and an address that says who is asking."""

    @app.get("/who")
    def who() -> str:
        member = guards.me()
        return member.name if member else "nobody"

    @app.get("/read")
    def read() -> str:
        guards.need_reader()
        return "the text"

    @app.get("/administer")
    def administer() -> str:
        guards.need_role("admin")
        return "the levers"

    return app.test_client

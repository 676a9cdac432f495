"""What tests of ways in do again and again."""

import re

import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from wiki.clock import utc_now
from wiki.people import service
from wiki.people.models import Person
from wiki.storage.engine import Database

EMAIL = "ana@example.org"
PASSWORD = "kettle viola north"
WRONG = {"email": EMAIL, "password": "something else"}


def who_is_in(client: FlaskClient) -> str:
    return client.get("/who").text


def shown(answer: TestResponse) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", answer.text)


def sign_in(client: FlaskClient, **data: str) -> TestResponse:
    return client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD, **data})


def link_to(database: Database, person: Person) -> str:
    with database.begin() as session:
        return "/sign-in/link/" + service.make_link(session, person.id, now=utc_now())


def count_of(database: Database, table: type) -> int:
    with database.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0

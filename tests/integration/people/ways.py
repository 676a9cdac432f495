"""What tests of ways in do again and again."""

import re
from datetime import datetime

import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from wiki.activity.models import Event
from wiki.clock import utc_now
from wiki.mail.letters import Letter
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


def decide(database: Database, **settings: str) -> None:
    """Set settings of the wiki."""
    with database.begin() as session:
        for key, value in settings.items():
            service.set_wiki(session, key, value, now=utc_now())


def way_in(letter: Letter) -> str:
    """Return where the one link of a letter leads on this site."""
    (url,) = re.findall(r"http://wiki\.example\.org(/\S*)", letter.text)
    assert f'href="http://wiki.example.org{url}"' in letter.html.replace("&amp;", "&")
    return str(url)


def person(database: Database, email: str) -> Person | None:
    """Return who has this address."""
    with database.reading() as session:
        return session.scalars(sa.select(Person).where(Person.email == email)).one_or_none()


def happened(database: Database, kind: str) -> int:
    """Return how often the diary tells of this."""
    with database.reading() as session:
        query = sa.select(sa.func.count(Event.id)).where(Event.kind == kind)
        return session.scalar(query) or 0


def make_older(database: Database, table: type, **times: datetime) -> None:
    """Set moments of every row of a table."""
    with database.begin() as session:
        session.execute(sa.update(table).values(**times))


def count_of(database: Database, table: type) -> int:
    with database.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0

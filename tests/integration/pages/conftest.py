"""Pages written in one line, and pages seen as a browser sees them."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests import make
from wiki.pages.models import Page
from wiki.people.models import Person
from wiki.storage.engine import Database

Write = Callable[..., Page]
See = Callable[..., BeautifulSoup]


@pytest.fixture
def ana(database: Database) -> Person:
    """Return a member who writes."""
    with database.begin() as session:
        return make.person(session, name="Ana Lopez")


@pytest.fixture
def ben(database: Database) -> Person:
    """Return another member who writes."""
    with database.begin() as session:
        return make.person(session, name="Ben Okafor")


@pytest.fixture
def write(database: Database, ana: Person) -> Write:
    """Return a function that makes a page of several texts, each an hour after the one before."""

    def written(path: str, *texts: str, author: Person = ana, **facts: Any) -> Page:
        texts = texts or ("# Aims\n\nWe want to hear from everybody.\n",)
        with database.begin() as session:
            page = make.page(session, path=path, text=texts[0], author=author, **facts)
            for text in texts[1:]:
                make.revision(session, page, text, author=author)
        return page

    return written


@pytest.fixture
def add(database: Database, ana: Person) -> Callable[..., int]:
    """Return a function that puts a revision on top of a page and gives its number."""

    def added(page: Page, text: str | None = None, *, author: Person = ana, **facts: Any) -> int:
        with database.begin() as session:
            stored = session.get(Page, page.id)
            assert stored is not None
            revision = make.revision(session, stored, text, author=author, **facts)  # type: ignore[arg-type]  # None keeps the text
            return revision.number

    return added


@pytest.fixture
def see(client: FlaskClient) -> See:
    """Return a function that gives the page at an address, parsed."""

    def seen(address: str, browser: FlaskClient = client, status: int = 200) -> BeautifulSoup:
        answer = browser.get(address)
        assert answer.status_code == status, answer.text
        return BeautifulSoup(answer.text, "html.parser")

    return seen

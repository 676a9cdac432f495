"""A page with several hands in it, and ways to look at its figures."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests import make
from wiki.pages.models import Page
from wiki.people.models import Person, WikiSetting
from wiki.storage.engine import Database

See = Callable[..., BeautifulSoup]
Decide = Callable[..., None]

AIMS = "/pages/aims/contributors"
FIRST = "# Aims\n\nWe want to hear from everybody in town.\n"


def lines(page: BeautifulSoup) -> list[list[str]]:
    """Return the cells of the table of contributors."""
    return [
        [" ".join(cell.get_text().split()) for cell in row.select("th, td")]
        for row in page.select(".contributor-table tbody tr")
    ]


@pytest.fixture
def ana(database: Database) -> Person:
    """Return the member who began the page."""
    with database.begin() as session:
        return make.person(session, name="Ana Lopez", team_id=make.team(session, "Housing").id)


@pytest.fixture
def ben(database: Database) -> Person:
    """Return the member who went on with it."""
    with database.begin() as session:
        return make.person(session, name="Ben Okafor", team_id=make.team(session, "Roads").id)


@pytest.fixture
def page(database: Database, ana: Person, ben: Person) -> Page:
    """Return a page of three revisions: of its 14 words 9 are Ana's and 5 Ben's."""
    with database.begin() as session:
        page = make.page(session, path="aims", text=FIRST, author=ana)
        make.revision(session, page, FIRST + "\nMore about buses here.\n", author=ben)
        make.revision(session, page, FIRST + "\nMore about all buses here.\n", author=ben)
    return page


@pytest.fixture
def decide(database: Database) -> Decide:
    """Return a function by which an administrator decides about the wiki."""

    def decided(**settings: str) -> None:
        with database.begin() as session:
            for key, value in settings.items():
                session.merge(WikiSetting(key=key, value=value))

    return decided


@pytest.fixture
def see(client: FlaskClient) -> See:
    """Return a function that gives the page at an address, parsed."""

    def seen(address: str, browser: FlaskClient = client, status: int = 200) -> BeautifulSoup:
        answer = browser.get(address)
        assert answer.status_code == status, answer.text
        return BeautifulSoup(answer.text, "html.parser")

    return seen


@pytest.fixture
def signed_in_as(
    signed_in: Callable[..., FlaskClient], database: Database
) -> Callable[..., FlaskClient]:
    """Return a function that gives a browser in which a known member is signed in."""

    def sign_in(person: Person, role: str = "member") -> FlaskClient:
        browser = signed_in(role)
        with database.begin() as session:
            session.get_one(Person, person.id).role = role
            token = make.sign_in(session, session.get_one(Person, person.id))
        with browser.session_transaction() as cookie:
            cookie["_user_id"] = token
        return browser

    return sign_in

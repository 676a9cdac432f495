"""What the tests of acts on pages share: pages in one line, forms as a browser sends them."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import make
from wiki.activity.models import Event
from wiki.pages.models import Page, Revision
from wiki.pages.service import text_of
from wiki.people.models import Person
from wiki.search import service as search
from wiki.storage.engine import Database

Write = Callable[..., Page]


@pytest.fixture
def ana(database: Database) -> Person:
    """Return a member who wrote the pages."""
    with database.begin() as session:
        return make.person(session, name="Ana Lopez")


@pytest.fixture
def write(database: Database, ana: Person) -> Write:
    """Return a function that makes a page of several texts, each an hour after the one before."""

    def written(path: str, *texts: str, author: Person = ana) -> Page:
        title = path.rpartition("/")[2].capitalize()
        texts = texts or (f"# {title}\n\nSome words about {title}.\n",)
        with database.begin() as session:
            page = make.page(session, path=path, text=texts[0], author=author)
            for text in texts[1:]:
                make.revision(session, page, text, author=author)
            search.index_pages(session, [page.id])
        return page

    return written


@pytest.fixture
def ben(signed_in: Callable[..., FlaskClient]) -> FlaskClient:
    """Return the browser of a member."""
    return signed_in(name="Ben Okafor")


@pytest.fixture
def fay(signed_in: Callable[..., FlaskClient]) -> FlaskClient:
    """Return the browser of a facilitator."""
    return signed_in("facilitator", name="Fay Osei")


@pytest.fixture
def add(database: Database, ana: Person) -> Callable[..., None]:
    """Return a function that puts a revision on top of a page."""

    def added(page: Page, text: str, *, author: Person = ana, **facts: Any) -> None:
        with database.begin() as session:
            make.revision(session, session.get_one(Page, page.id), text, author=author, **facts)

    return added


@pytest.fixture
def browser_of(app: Flask, database: Database) -> Callable[[Person], FlaskClient]:
    """Return a function that gives a browser in which somebody is signed in."""

    def opened(person: Person) -> FlaskClient:
        browser = app.test_client()
        with database.begin() as session:
            token = make.sign_in(session, person)
        with browser.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
        return browser

    return opened


@pytest.fixture
def heads(database: Database) -> Callable[[], dict[str, str]]:
    """Return a function that gives the text of every living page by its path."""

    def read() -> dict[str, str]:
        with database.reading() as session:
            query = sa.select(Page.path, Revision.text_sha).where(Page.deleted_at.is_(None))
            query = query.join(Revision, Revision.id == Page.head_id)
            return {path: text_of(session, sha) for path, sha in session.execute(query)}

    return read


@pytest.fixture
def lines(database: Database) -> Callable[[Page], list[tuple[int, str, str]]]:
    """Return a function that gives number, kind and note of every revision of a page."""

    def read(page: Page) -> list[tuple[int, str, str]]:
        with database.reading() as session:
            query = sa.select(Revision.number, Revision.kind, Revision.note)
            query = query.where(Revision.page_id == page.id).order_by(Revision.number)
            return [(row[0], row[1], row[2]) for row in session.execute(query)]

    return read


@pytest.fixture
def diary(database: Database) -> Callable[[], list[str]]:
    """Return a function that gives the kinds of what happened to pages, in order."""

    def read() -> list[str]:
        with database.reading() as session:
            query = sa.select(Event.kind).where(Event.kind.startswith("page.")).order_by(Event.id)
            return list(session.scalars(query))

    return read


def form_of(answer: TestResponse, button: str) -> dict[str, Any]:
    """Return what a browser would send by pressing the button of this name on the page."""
    soup = BeautifulSoup(answer.text, "html.parser")
    pressed = next(one for one in soup.find_all("button") if button in one.get_text())
    form = pressed.find_parent("form")
    assert form is not None
    sent: dict[str, Any] = {}
    for field in form.find_all("input"):
        is_box = field.get("type") == "checkbox"
        if not is_box or field.has_attr("checked"):
            sent.setdefault(str(field["name"]), []).append(str(field.get("value", "")))
    for field in form.find_all("select"):
        chosen = field.find("option", selected=True) or field.find("option")
        assert chosen is not None
        sent[str(field["name"])] = str(chosen["value"])
    if pressed.get("name"):
        sent[str(pressed["name"])] = str(pressed["value"])
    return sent


def words_of(answer: TestResponse) -> str:
    """Return the words of the page as people read them."""
    main = BeautifulSoup(answer.text, "html.parser").find("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())

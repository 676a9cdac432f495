"""Every refusal is a page in plain English with a way on."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask, render_template
from flask.testing import FlaskClient

from tests.conftest import settings_for
from tests.integration.web.doors import addresses
from tests.postgres import fresh_database
from wiki.app import create_app
from wiki.errors import (
    Busy,
    Invalid,
    NotAllowed,
    NotFound,
    SignInNeeded,
    TooLarge,
    TooMany,
    WikiError,
)
from wiki.storage.engine import Database
from wiki.storage.migrations import migrate

REFUSALS: list[tuple[WikiError, int, str]] = [
    (NotFound("There is no page at {path}.", path="<b>x</b>"), 404, "Page not found"),
    (
        NotAllowed(
            "Your role in this wiki does not include this. "
            "If you think it should, ask an administrator."
        ),
        403,
        "You cannot do this",
    ),
    (Invalid("Choose two revisions."), 422, "We could not take that"),
    (TooLarge("The text is longer than {limit} kB.", limit=500), 413, "That is too large"),
    (TooMany("Wait a little.", wait_seconds=90), 429, "Please wait a moment"),
    (SignInNeeded("Sign in first."), 403, "You cannot do this"),
]


@pytest.fixture
def refusing(app: Flask) -> FlaskClient:
    """Return a browser before a wiki that refuses to order, by POST at /refuse/<number>."""

    @app.post("/refuse/<int:number>")
    def refuse(number: int) -> str:
        raise REFUSALS[number][0]

    @app.get("/break")
    def broken() -> str:
        return str(1 / 0)

    @app.get("/busy")
    def busy() -> str:
        raise Busy("The wiki is busy. Please try again in a moment.")

    return app.test_client()


@pytest.mark.parametrize("number", range(len(REFUSALS)))
def test_a_refusal_says_what_happened_and_what_to_do(refusing: FlaskClient, number: int) -> None:
    error, status, title = REFUSALS[number]
    answer = refusing.post(f"/refuse/{number}")
    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == status
    assert page.select("h1")[0].get_text(strip=True) == title
    assert str(error) in page.get_text()
    assert not page.select("main b")
    assert len(page.select("main p")) >= 2
    assert page.title is not None
    assert page.title.get_text().startswith(f"Error: {title}")


def test_who_has_to_wait_is_told_how_long(refusing: FlaskClient) -> None:
    assert refusing.post("/refuse/4").headers["Retry-After"] == "90"


def test_who_reads_without_right_is_led_to_sign_in_and_back(client: FlaskClient) -> None:
    answer = client.get("/account?tab=1")
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=/account?tab%3D1")


def test_a_busy_wiki_asks_for_a_moment(refusing: FlaskClient) -> None:
    answer = refusing.get("/busy")
    assert answer.status_code == 503
    assert "The wiki is busy" in answer.text
    assert "Nothing was lost" in answer.text


def test_a_mistake_of_ours_shows_nothing_of_the_program(
    refusing: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = refusing.get("/break?token=secret")
    assert answer.status_code == 500
    assert "This is our mistake, not yours." in answer.text
    assert "ZeroDivisionError" not in answer.text
    assert "division" not in answer.text
    assert "ZeroDivisionError" in caplog.text
    assert "GET /break failed" in caplog.text
    assert "token=secret" not in caplog.text


def test_an_address_that_is_none_is_not_found(client: FlaskClient) -> None:
    answer = client.get("/no/such/thing")
    assert answer.status_code == 404
    page = BeautifulSoup(answer.text, "html.parser")
    ways = [link["href"] for link in page.select("main a")]
    assert ways == ["/pages", "/search", "/sign-in"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_method_that_is_not_for_this_address_is_refused(client: FlaskClient, method: str) -> None:
    answer = client.open("/pages/aims", method=method)
    assert answer.status_code == 405
    assert "That does not work here" in answer.text
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_too_large_a_form_is_refused(client: FlaskClient) -> None:
    for data in ({"next": "x" * 5_000_000}, b"x" * 5_000_000):
        answer = client.post("/sign-in/link/over", data=data)
        assert answer.status_code == 413
        assert "That is too large" in answer.text


def test_a_form_of_too_many_fields_is_refused(client: FlaskClient) -> None:
    data = {f"field{number}": "x" for number in range(2000)}
    answer = client.post("/sign-in", data=data, content_type="multipart/form-data")
    assert answer.status_code == 413


@pytest.fixture
def guarded(database: Database) -> Flask:
    """Return the application as it runs, forms guarded."""
    app = create_app(database.settings, database)
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)

    @app.post("/some-form")
    def some_form() -> str:
        return "taken"

    return app


def test_every_form_without_its_token_is_refused(guarded: Flask) -> None:
    doors = list(addresses(guarded, "POST"))
    assert len(doors) >= 5
    for endpoint, address in doors:
        for data in ({}, {"csrf_token": "made up"}):
            answer = guarded.test_client().post(address, data=data)
            assert answer.status_code == 400, endpoint
            assert "open for too long" in answer.text, endpoint


def test_a_token_of_another_browser_is_refused(guarded: Flask) -> None:
    def token(client: FlaskClient) -> str:
        page = BeautifulSoup(client.get("/sign-in").text, "html.parser")
        return str(page.select("input[name=csrf_token]")[0]["value"])

    mine, other = guarded.test_client(), guarded.test_client()
    own = token(mine)
    form = {"email": "ana@example.org", "password": "wrong"}
    assert mine.post("/sign-in", data={**form, "csrf_token": token(other)}).status_code == 400
    assert mine.post("/sign-in", data={**form, "csrf_token": own}).status_code == 422


@pytest.fixture
def doomed(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[Flask, Callable[[], None]]]:
    """Give an application over a database of its own, and how to take that away."""
    is_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path}/doomed.db" if is_sqlite else fresh_database()
    database = Database(settings_for(url, tmp_path))
    migrate(database)
    app = create_app(database.settings, database)
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)

    def take_away() -> None:
        if is_sqlite:
            database.close()
            for file in tmp_path.glob("doomed.db*"):
                file.unlink()
            shutil.rmtree(tmp_path)
            return
        server = sa.make_url(url)
        address = f"postgresql://{server.username}@/postgres?host={server.query['host']}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{server.database}" WITH (FORCE)'.encode())

    yield app, take_away
    database.close()


@pytest.mark.parametrize("doomed", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("address", ["/", "/pages/aims", "/no/such", "/sign-in", "/search?q=x"])
def test_without_its_database_the_wiki_still_answers_in_words(
    doomed: tuple[Flask, Callable[[], None]], address: str
) -> None:
    app, take_away = doomed
    client = app.test_client()
    client.get(address)
    take_away()
    for _ in range(2):
        answer = client.get(address)
        assert answer.status_code == 500
        assert "Something went wrong" in answer.text
        assert "This is our mistake, not yours." in answer.text
        assert "sqlite" not in answer.text.lower()
        assert "Content-Security-Policy" in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("doomed", ["sqlite", "postgresql"], indirect=True)
def test_the_health_of_the_wiki_can_be_asked(doomed: tuple[Flask, Callable[[], None]]) -> None:
    app, take_away = doomed
    client = app.test_client()
    assert client.get("/healthz").json == client.get("/readyz").json == {"status": "ok"}
    take_away()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "not ready"})


def test_every_status_with_a_page_of_its_own_has_words(app: Flask) -> None:
    titles = set()
    with app.test_request_context("/"):
        for status in (400, 403, 404, 405, 409, 413, 422, 429, 500, 503):
            text = render_template(f"errors/{status}.html", sentence="", status=status)
            page = BeautifulSoup(text, "html.parser")
            titles.add(page.select("h1")[0].get_text(strip=True))
            assert page.select("main p")
    assert len(titles) == 10

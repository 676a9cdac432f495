"""Moving a page as people do: looking at what would happen, then doing it."""

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.integration.acts.conftest import form_of, words_of


def look_at_move(browser: FlaskClient, path: str, **wish: str) -> TestResponse:
    """Fill in the form and look at what would happen."""
    sent = form_of(browser.get(f"/pages/{path}/move"), "See what will happen") | wish
    sent = {name: value for name, value in sent.items() if value != "no"}
    return browser.post(f"/pages/{path}/move", data=sent)


def move_as_seen(browser: FlaskClient, path: str, note: str = "", **wish: str) -> TestResponse:
    """Look, then do it."""
    look = look_at_move(browser, path, **wish)
    assert look.status_code == 200, words_of(look)
    button = "Rename the page" if "Rename the page" in look.text else "Move the page"
    sent = form_of(look, button) | {"note": note}
    return browser.post(f"/pages/{path}/move", data=sent)

"""The room that kept pages take, whatever is asked for."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.test import Client

from wiki.web.cache import KeptPages, _Answer


def small_wiki(made: list[str]) -> Client:
    """Return a browser before an application that lets its one small page be kept."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        made.append(environ.get("HTTP_COOKIE", ""))
        environ["manyhands.keep"](_Answer(b"page", "tag", []))
        start_response("200 OK", [])
        return [b"page"]

    return Client(KeptPages(application, lambda: 1), use_cookies=False)


def test_a_page_is_made_once_for_each_cookie_and_query() -> None:
    made: list[str] = []
    browser = small_wiki(made)
    for _ in range(3):
        assert browser.get("/", headers={"Cookie": "a"}).data == b"page"
        browser.get("/", headers={"Cookie": "b"})
        browser.get("/?b", headers={"Cookie": "b"})
    assert made == ["a", "b", "b"]


def test_long_cookies_cannot_fill_the_memory() -> None:
    made: list[str] = []
    browser = small_wiki(made)
    for number in range(1000):  # thirty megabytes of cookies and small pages
        browser.get("/", headers={"Cookie": f"{number}-{'x' * 30_000}"})
    browser.get("/", headers={"Cookie": f"0-{'x' * 30_000}"})
    assert len(made) == 1001
    browser.get("/", headers={"Cookie": f"999-{'x' * 30_000}"})
    assert len(made) == 1001


def test_long_addresses_cannot_fill_the_memory() -> None:
    made: list[str] = []
    browser = small_wiki(made)
    for number in range(1000):
        browser.get(f"/?{number}-{'x' * 30_000}")
    browser.get(f"/?0-{'x' * 30_000}")
    assert len(made) == 1001

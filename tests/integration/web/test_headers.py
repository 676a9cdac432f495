"""The headers that every answer carries."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from http.cookies import SimpleCookie

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.integration.web.doors import addresses
from wiki.app import create_app
from wiki.storage.engine import Database

pytestmark = pytest.mark.usefixtures("stocked")

OTHERS = ("/nothing", "/pages/nothing", "/changes?since=x", "//pages", "/pages/Strategy/Aims")


@pytest.fixture
def secure_app(database: Database) -> Flask:
    """Return the application as people reach it by https."""
    settings = replace(database.settings, public_url="https://wiki.example.org")
    app = create_app(settings, database)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    return app


def answers(app: Flask, client: FlaskClient) -> Iterator[tuple[str, TestResponse]]:
    """Give an answer of every kind: fresh, kept, unchanged, refused, and to every method."""
    for _, address in addresses(app):
        first = client.get(address)
        yield address, first
        yield address, client.get(address)
        yield address, client.get(address, headers={"If-None-Match": first.headers.get("ETag", "")})
        yield address, client.head(address)
        yield address, client.options(address)
        yield address, client.delete(address)
    for _, address in addresses(app, "POST"):
        yield address, client.post(address)
    for address in OTHERS:
        yield address, client.get(address)


def expect_safe(address: str, answer: TestResponse) -> None:
    headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy, address
    assert "unsafe" not in policy, address
    for rule in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert rule in policy, address
    assert "form-action 'self'" in policy, address
    assert headers["X-Content-Type-Options"] == "nosniff", address
    assert headers["X-Frame-Options"] == "DENY", address
    assert headers["Referrer-Policy"] == "same-origin", address
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", address


def test_every_answer_carries_the_safe_headers(app: Flask, client: FlaskClient) -> None:
    seen = set()
    for address, answer in answers(app, client):
        expect_safe(address, answer)
        assert "Strict-Transport-Security" not in answer.headers
        seen.add(answer.status_code)
    assert {200, 301, 304, 404, 405, 422} <= seen


def test_every_answer_to_a_member_is_for_that_browser_alone(
    app: Flask, signed_in: Callable[..., FlaskClient]
) -> None:
    for address, answer in answers(app, signed_in("admin")):
        expect_safe(address, answer)
        kept = answer.headers["Cache-Control"]
        is_file = address.startswith(("/static/", "/brand.css")) and answer.status_code in {
            200,
            304,
        }
        assert is_file or "private" in kept or "no-store" in kept, (address, kept)
        if "no-store" not in kept and not is_file:
            assert "Cookie" in answer.headers["Vary"], address


def test_https_is_insisted_on_where_people_use_it(secure_app: Flask) -> None:
    for address, answer in answers(secure_app, secure_app.test_client()):
        assert answer.headers["Strict-Transport-Security"] == "max-age=63072000", address


@pytest.mark.parametrize("is_secure", [False, True])
@pytest.mark.usefixtures("members_only")
def test_a_cookie_is_for_this_site_and_no_script(
    app: Flask, secure_app: Flask, *, is_secure: bool
) -> None:
    client = (secure_app if is_secure else app).test_client()
    cookie = SimpleCookie(client.get("/").headers["Set-Cookie"])["manyhands"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]
    assert bool(cookie["secure"]) == is_secure


def test_readers_are_given_no_cookie(app: Flask, client: FlaskClient) -> None:
    for endpoint, address in addresses(app):
        if endpoint.startswith("pages.") and endpoint != "pages.access":
            assert "Set-Cookie" not in client.get(address).headers, address


@pytest.mark.parametrize(
    "asked",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:99999"},
        {"Host": "a b"},
        {"Host": ""},
        {"Host": "'\"><script>"},
        {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "javascript"},
        {"Forwarded": "for=x;host=evil.example"},
        {"X-Original-URL": "/account", "X-Rewrite-URL": "/account"},
    ],
)
@pytest.mark.parametrize(
    "address", ["/", "/pages/strategy/aims", "/changes/feed", "/sign-in", "/pages/Strategy/Aims"]
)
def test_what_a_browser_says_of_the_host_goes_nowhere(
    app: Flask, asked: dict[str, str], address: str
) -> None:
    plain = app.test_client().get(address)
    for _ in range(2):
        answer = app.test_client().get(address, headers=asked)
        if answer.status_code == 400:  # a host that is none
            continue
        assert answer.status_code == plain.status_code
        assert "evil.example" not in answer.text
        assert "evil.example" not in str(answer.headers)
    again = app.test_client().get(address)
    assert again.status_code == plain.status_code
    assert "evil.example" not in again.text


def test_behind_proxies_only_who_is_asking_is_taken_from_them(database: Database) -> None:
    app = create_app(replace(database.settings, proxies=1), database)
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)

    @app.get("/who")
    def who() -> str:
        return f"{request.remote_addr} {request.host_url}"

    for host in ("evil.example", "a b", "." * 300):
        told = {
            "X-Forwarded-For": "192.0.2.7, 198.51.100.9",
            "X-Forwarded-Host": host,
            "X-Forwarded-Proto": "javascript",
        }
        answer = app.test_client().get("/who", headers=told)
        assert answer.text == "198.51.100.9 http://wiki.example.org/"


@pytest.mark.usefixtures("members_only")
def test_the_way_to_sign_in_stays_in_the_house(client: FlaskClient) -> None:
    for address in ("//evil.example/pages", "/pages//evil.example", "/\\evil.example"):
        answer = client.get(address, headers={"Host": "wiki.example.org"})
        assert answer.status_code in {302, 308, 404}
        location = answer.headers.get("Location", "/")
        assert location.startswith(("/", "http://wiki.example.org/"))
        assert not location.startswith(("//", "/\\"))

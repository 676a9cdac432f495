"""Whatever stands in an address, the wiki answers, soon, and never by breaking."""

from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.integration.web.doors import filled, rules

pytestmark = pytest.mark.usefixtures("stocked")

# As bytes: what may come over the wire, not what a good browser sends.
PARTS = [
    b"\x00",
    b"a\x00b",
    b"\xff\xfe",
    b"\xc3\x28",
    b"\xed\xa0\x80",
    b"\xf0\x9f\x99",
    b"\xf0\x9f\x99\x82",
    b"\xe2\x80\xae\xe2\x80\x8b",
    b"..",
    b"../../etc/passwd",
    b"..\\..\\windows",
    b"%2e%2e%2f",
    b"a//b///c",
    b"//example.org",
    b"/",
    b"\\",
    b".",
    b"-",
    b"~1",
    b" ",
    b"\r\nSet-Cookie: a=b",
    b"a;b=c",
    b"'",
    b"\"' OR 1=1 --",
    b"%s%s%n",
    b"%",
    b"{{7*7}}${7*7}{0}",
    b"<script>alert(1)</script>",
    b"0",
    b"-1",
    b"1..2..3",
    b"99999999999999999999",
    b"9" * 5000,
    b"\xd9\xa3",
    b"a" * 5000,
    b"a/" * 2000,
    b"\xc3\xa9" * 3000,
    b"con",
    b"__class__",
]
FEW = PARTS[:3] + PARTS[6:9] + PARTS[-12:]
QUERIES = [
    "q", "page", "author", "team", "under", "since", "until", "minor", "restored", "before",
    "after", "from", "to", "view", "text", "next", "tag", "lang", "path", "_external", "_anchor",
    "_scheme", "_method", "endpoint", "values",
]  # fmt: skip


def raw(client: FlaskClient, path: bytes, query: str = "") -> int:
    """Return the status with which the bytes of an address are answered."""
    wire = {"PATH_INFO": path.decode("latin-1"), "QUERY_STRING": query}
    answer = client.get("/", environ_overrides=wire)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie: a=b" not in str(answer.headers)
    assert "root:" not in answer.text
    return answer.status_code


@pytest.mark.parametrize("is_member", [False, True])
def test_odd_parts_of_addresses_never_break_anything(
    app: Flask, client: FlaskClient, reader: FlaskClient, *, is_member: bool
) -> None:
    browser = reader if is_member else client
    broken = []
    for rule in rules(app, "GET"):
        for name in rule.arguments:
            for part in FEW if is_member else PARTS:
                path = filled(rule, **{name: "\x1a"}).encode().replace(b"\x1a", part)
                status = raw(browser, path)
                if status >= 500:
                    broken.append((rule.rule, name, part[:40], status))
    assert broken == []


def test_odd_queries_never_break_anything(app: Flask, reader: FlaskClient) -> None:
    broken = []
    texts = [quote(part) for part in FEW] + ["%", "%zz", "%ff", "&&==&", "a[]=1", ""]
    for rule in rules(app, "GET"):
        path = filled(rule).encode()
        for text in texts:
            query = "&".join(f"{name}={text}" for name in QUERIES)
            for asked in (query[:60_000], text):
                status = raw(reader, path, asked)
                if status >= 500:
                    broken.append((rule.rule, text[:40], status))
    assert broken == []


@pytest.mark.parametrize(
    "address",
    ["/changes", "/search", "/sign-in", "/pages/Strategy/Aims/history", "/pages/strategy/aims/{}"],
)
def test_no_single_odd_value_breaks_anything(client: FlaskClient, address: str) -> None:
    broken = []
    for name in QUERIES:
        for number, part in enumerate(FEW):
            door = ("history", "compare", "compare/1..2")[number % 3]
            query = f"{name}={quote(part)}"
            status = raw(client, address.format(door).encode(), query)
            if status >= 500:
                broken.append((address, query[:60], status))
    assert broken == []


def test_odd_whole_addresses_never_break_anything(client: FlaskClient) -> None:
    for part in PARTS:
        for path in (part, b"/" + part, b"/pages" + part, b"/pages/" + part + b"/history"):
            assert raw(client, path) < 500, path[:60]


@pytest.mark.parametrize("name", ["manyhands", "other"])
def test_odd_cookies_never_break_anything(app: Flask, name: str) -> None:
    for part in PARTS:
        value = part.decode("latin-1").replace("\r\n", "")
        wire = {"HTTP_COOKIE": f"{name}={value}"}
        answer = app.test_client(use_cookies=False).get("/", environ_overrides=wire)
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "IF_NONE_MATCH",
        "ACCEPT_LANGUAGE",
        "RANGE",
        "IF_MODIFIED_SINCE",
        "HOST",
        "CONTENT_LENGTH",
        "REFERER",
        "USER_AGENT",
        "X_FORWARDED_FOR",
    ],
)
def test_odd_headers_never_break_anything(client: FlaskClient, name: str) -> None:
    for part in PARTS:
        wire = {name if name == "CONTENT_LENGTH" else f"HTTP_{name}": part.decode("latin-1")}
        for address in ("/pages/strategy/aims", "/sign-in", "/static/main.css"):
            assert client.get(address, environ_overrides=wire).status_code < 500, part[:40]

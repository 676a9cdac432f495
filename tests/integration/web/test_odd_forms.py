"""Whatever is sent in a form, the wiki answers in words: with a page, or a refusal."""

from collections.abc import Callable, Iterator
from urllib.parse import quote_plus, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import make
from tests.integration.web.acts import ACTS, Stock, own_things, sign_in, stock
from wiki.storage.engine import Database

# As they stand in the body of a request: what may come over the wire.
ODD = [
    b"%00",
    b"a%00b",
    b"%FF%FE",
    b"%ED%A0%80",
    b"\xff\xfe\x00",
    b"%",
    b"9223372036854775808",
    b"2147483648",
    b"-1",
    b"1e3",
    b"%D9%A1",
    b"%C2%B2",
    b"9" * 5000,
    b"",
    b"%2e%2e%2f%2e%2e%2f",
    b"%E2%80%AE%F0%9F%92%A9",
    b"%0D%0ASet-Cookie:%20a=b",
    b"%s{0}{{7*7}}%n",
]
# Those of other forms, too, and those that only addresses have.
FIELDS = (
    *("act", "base", "before", "change", "chosen", "draft", "form", "from", "minor", "name"),
    *("note", "next", "number", "own-0", "choice-0", "page", "parent", "path", "q", "reason"),
    *("revision", "role", "section", "seen", "state", "team", "template", "text", "title"),
    *("with_pages", "email", "emails", "words", "about", "time_zone", "pasted", "carried-to"),
)
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def stocked(database: Database) -> Stock:
    """Return a wiki in which every act could be done."""
    return stock(database)


@pytest.fixture
def admin(stocked: Stock, signed_in: Callable[..., FlaskClient]) -> FlaskClient:
    """Return an administrator's browser."""
    assert stocked.deleted_id
    return signed_in("admin", name="Ada")


class Asking:
    """Sends forms as one administrator after the other: some forms end with signing out."""

    def __init__(self, app: Flask, stocked: Stock) -> None:
        self._app, self._stocked = app, stocked
        self.renew()

    def renew(self) -> None:
        """Begin anew as somebody else."""
        with self._stocked.database.begin() as session:
            person = make.person(session, role="admin")
            self.own = own_things(session, person)
        self.browser = sign_in(self._app, self._stocked.database, person.id)

    def post(self, endpoint: str, body: bytes, content_type: str = FORM) -> int:
        """Return the status with which a body is answered."""
        address = self._stocked.address(self._app, endpoint, **self.own)
        answer = self.browser.post(address, data=body, content_type=content_type)
        assert "Set-Cookie: a=b" not in str(answer.headers)
        if "Set-Cookie" in answer.headers and endpoint.startswith("people."):
            self.renew()
        return answer.status_code


@pytest.fixture
def asking(app: Flask, stocked: Stock) -> Asking:
    """Return what sends forms."""
    return Asking(app, stocked)


def encoded(fields: dict[str, str], **odd: bytes) -> bytes:
    parts = [
        urlencode([(name, value)]).encode() for name, value in fields.items() if name not in odd
    ]
    return b"&".join([*parts, *(name.encode() + b"=" + value for name, value in odd.items())])


def spoilt(fields: dict[str, str]) -> Iterator[bytes]:
    """Give bodies with each field spoilt alone, and with all of them."""
    for value in ODD:
        yield b"&".join(name.encode() + b"=" + value for name in (*FIELDS, *fields))
        for name in fields:
            yield encoded(fields, **{name: value})
    for name in fields:
        yield encoded({other: value for other, value in fields.items() if other != name})
        yield encoded(fields) + b"&" + encoded({name: "other"})
        yield encoded(fields).replace(name.encode() + b"=", quote_plus(name).encode() + b"%5B%5D=")


def test_no_field_of_a_form_breaks_anything(
    stocked: Stock, admin: FlaskClient, asking: Asking
) -> None:
    broken = []
    for endpoint in ACTS:
        fields = stocked.fields(endpoint, admin)
        # Each password takes the time that guessing one should take.
        is_slow = "password" in fields or endpoint == "people.enter"
        for number, body in enumerate(spoilt(fields)):
            if is_slow and number % 5:
                continue
            status = asking.post(endpoint, body)
            if status >= 500:
                broken.append((endpoint, body[-120:], status))
    assert broken == []


WRITTEN = {"base": "2", "text": "# Aims\n\nMine.\n", "form": "a-form-of-mine"}


def test_no_field_beside_those_of_the_form_breaks_writing(stocked: Stock, asking: Asking) -> None:
    assert stocked
    broken = []
    for endpoint in ("writing.save", "writing.keep_draft"):
        for act in (b"preview", b"compare", b"save"):
            for name in ("page", "from", "section", "note", "minor", "form", "own-0", "path"):
                for value in ODD:
                    fields = {**WRITTEN, "path": "stock/any"}
                    body = encoded(fields, **{name: value, "act": act})
                    status = asking.post(endpoint, body)
                    if status >= 500:
                        broken.append((endpoint, name, value, status))
    assert broken == []


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="'),
        ("multipart/form-data; boundary=x", b"--x--"),
        ("multipart/form-data", b"nothing"),
        ("multipart/form-data; boundary=" + "x" * 300, b"--x"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n\xff\r\n--x--',
        ),
        (
            "multipart/form-data; boundary=x",
            (
                b'--x\r\nContent-Disposition: form-data; name="text"\r\n'
                b"Content-Type: text/plain; charset=utf-7\r\n\r\n+ADw-\xed\xa0\x80\x00\r\n--x--"
            ),
        ),
        ("application/json", b'{"text": "\\ud800", "base": 1e999, "path": ["stock/any"]}'),
        ("application/json", b"[" * 50_000),
        ("text/plain", b"text=Words"),
        ("application/xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"),
        ("", b"text=Words"),
        ("application/x-www-form-urlencoded; charset=utf-16", b"t\x00e\x00"),
        (FORM, b"&&==&=&;;&" * 100),
    ],
)
def test_no_body_that_is_no_form_breaks_anything(
    asking: Asking, content_type: str, body: bytes
) -> None:
    for endpoint in ACTS:
        assert asking.post(endpoint, body, content_type) < 500, endpoint


def test_every_form_may_come_in_parts(stocked: Stock, admin: FlaskClient, asking: Asking) -> None:
    for endpoint in ACTS:
        parts = "".join(
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in stocked.fields(endpoint, admin).items()
        )
        status = asking.post(
            endpoint, f"{parts}--x--\r\n".encode(), "multipart/form-data; boundary=x"
        )
        assert status in {200, 204, 303}, endpoint


@pytest.mark.parametrize(
    "address",
    [
        "/pages/stock/any/edit",
        "/pages/fresh/edit",
        "/pages/new",
        "/pages/new?act=write&title=T",
        "/pages/stock/any/move?title=T&with_pages=1",
        "/pages/stock/any/restore",
        "/pages/stock/any/undo?chosen=1",
        "/deleted",
        "/deleted/1",
        "/members",
        "/members/invite",
        "/members/teams",
        "/drafts",
        "/account/profile",
        "/settings",
    ],
)
def test_no_question_beside_an_address_breaks_a_form(asking: Asking, address: str) -> None:
    joint = "&" if "?" in address else "?"
    for name in FIELDS:
        for value in ODD[:12]:
            asked = f"{name}={value.decode('latin-1')}"
            wire = {"QUERY_STRING": (address + joint + asked).partition("?")[2]}
            answer = asking.browser.get(address.partition("?")[0], environ_overrides=wire)
            assert answer.status_code < 500, asked[:60]

"""A letter as a message: one recipient, fixed headers, nothing smuggled in."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from wiki.errors import Invalid
from wiki.mail.deliver import message_of
from wiki.mail.letters import Envelope, Letter, Words, queue
from wiki.settings import Mail, Settings

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SETTINGS = Settings(
    database_url="sqlite://",
    data_dir=Path(),
    secret_key="x" * 32,
    public_url="https://wiki.example.org",
    mail=Mail(sender="Our wiki <wiki@example.org>"),
)


def _letter(**facts: object) -> Letter:
    usual: dict[str, object] = {
        "key": "welcome:1",
        "recipient": "ana@example.org",
        "subject": "Welcome",
        "text": "Hello\n",
        "html": "",
        "headers": {},
    }
    return Letter(**(usual | facts))


def test_a_message_says_from_whom_to_whom_and_that_a_program_wrote_it() -> None:
    message = message_of(_letter(headers={"List-Unsubscribe": "<https://x>"}), SETTINGS, now=NOW)
    read = message_from_bytes(message.as_bytes(), policy=default)
    assert read["From"] == "Our wiki <wiki@example.org>"
    assert read["To"] == "ana@example.org"
    assert read["Date"].datetime == NOW
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["List-Unsubscribe"] == "<https://x>"
    assert read["Message-ID"].endswith("@wiki.example.org>")


def test_a_letter_comes_from_the_wiki_by_its_name_and_address() -> None:
    message = message_of(_letter(headers={"From": "Bröder & Co: strategy"}), SETTINGS, now=NOW)
    read = message_from_bytes(message.as_bytes(), policy=default)
    (sender,) = read["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Bröder & Co: strategy", "wiki@example.org")


def test_the_same_letter_has_the_same_message_id_however_often_it_is_made() -> None:
    ids = [
        message_of(letter, SETTINGS, now=NOW)["Message-ID"]
        for letter in (_letter(), _letter(subject="Other"), _letter(key="welcome:2"))
    ]
    assert ids[0] == ids[1] != ids[2]


def test_words_of_every_script_arrive_as_they_were_written() -> None:
    words = "Croeso, Siân 🎉\n" + "a very long line " * 200 + "\n.\nفي البداية\n"
    message = message_of(
        _letter(subject="Croeso, Siân " * 20, text=words, html=f"<p>{words}</p>"), SETTINGS, now=NOW
    )
    read = message_from_bytes(message.as_bytes(), policy=default)
    plain, html = read.get_body(("plain",)), read.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == words
    assert html.get_content().replace("\r\n", "\n") == f"<p>{words}</p>\n"
    assert read["Subject"].split() == ("Croeso, Siân " * 20).split()


def test_a_link_stands_on_one_line() -> None:
    url = "https://wiki.example.org/sign-in/link/" + "x" * 200
    message = message_of(_letter(text=f"Hello\n\n{url}\n"), SETTINGS, now=NOW)
    assert f"\n{url}\r\n".encode() in message.as_bytes()


@pytest.mark.parametrize(
    "recipient",
    [
        "",
        "ana",
        "ana@example.org,eve@example.org",
        "ana@example.org eve@example.org",
        "ana@example.org\nBcc: eve@example.org",
        "ana@example.org\r",
        "Ana <ana@example.org>",
        "a@b@c",
        "x" * 250 + "@example.org",
    ],
)
def test_a_letter_goes_to_exactly_one_address(recipient: str) -> None:
    _refused(Envelope(key="k", kind="k", recipient=recipient), Words("Hello", "text"))


@pytest.mark.parametrize(
    "subject",
    ["", " ", "a\nBcc: eve@example.org", "a\r\n\r\nbody", "a\rb", "a\x00b", "a\u2028b", "a\x0bb"],
)
def test_a_subject_is_one_line(subject: str) -> None:
    _refused(Envelope(key="k", kind="k", recipient="ana@example.org"), Words(subject, "text"))


@pytest.mark.parametrize(
    "headers", [{"X-A": "b\nBcc: eve@example.org"}, {"X-A\nBcc": "b"}, {"X A": "b"}, {"": "b"}]
)
def test_a_header_brings_no_other_header(headers: dict[str, str]) -> None:
    envelope = Envelope(key="k", kind="k", recipient="ana@example.org", headers=headers)
    _refused(envelope, Words("Hello", "text"))


def _refused(envelope: Envelope, words: Words) -> None:
    nothing_is_written = object()
    with pytest.raises(Invalid):
        queue(nothing_is_written, envelope, words, now=NOW)  # type: ignore[arg-type]  # refused before


def test_a_name_of_a_sender_brings_in_no_header() -> None:
    words = Words("Hello", "text", sender="Our wiki\nBcc: eve@example.org")
    _refused(Envelope(key="k", kind="k", recipient="ana@example.org"), words)

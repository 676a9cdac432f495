"""What people who are not signed in read of the fields of a page."""

import pytest

from wiki.text.discreet import discreet


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("owner: ann.smith@council.example.org\n", "owner: ann.smith\n"),
        ("owner: Ann Smith <ann@example.org>\n", "owner: Ann Smith <ann>\n"),
        ("owner: 'ann@example.org'\r\n", "owner: 'ann'\r\n"),
        ('owner: ["ann@example.org", bo@example.org]\n', 'owner: ["ann", bo]\n'),
        ("title: Meet @ noon\nowner: Ann\n", "title: Meet @ noon\nowner: Ann\n"),
    ],
)
def test_addresses_in_the_fields_end_before_the_at_sign(written: str, shown: str) -> None:
    body = "\nWrite to us: info@example.org\n"
    assert discreet(f"---\n{written}---\n{body}") == f"---\n{shown}---\n{body}"


def test_a_text_without_fields_stays_as_it_is() -> None:
    text = "---\n\nWrite to info@example.org\n\n---\n"
    assert discreet(text) == text


def test_a_text_without_any_address_stays_as_it_is() -> None:
    text = "---\nowner: Ana Lopez\n---\nText.\n"
    assert discreet(text) == text

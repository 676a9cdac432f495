"""What people, teams and addresses may be called."""

import pytest

from wiki.errors import Invalid
from wiki.people.rules.names import address, folded_address, person_name, team_name


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ana@example.org", "ana@example.org"),
        ("  Ana.Lopez@Example.ORG ", "ana.lopez@example.org"),
        ("o'brien+wiki@council.gov.uk", "o'brien+wiki@council.gov.uk"),
        ("root@localhost", "root@localhost"),
        ("a@xn--bcher-kva.example", "a@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_taken_in_one_form(typed: str, meant: str) -> None:
    assert address(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ana",
        "ana@",
        "@example.org",
        "ana@example",
        "ana@@example.org",
        "ana@example.org,eve@example.org",
        "ana@example.org;eve@example.org",
        "ana@example.org eve@example.org",
        "ana@example.org\nBcc: eve@example.org",
        "ana@example.org\r\n",
        "ana@example.org\x00",
        "Ana <ana@example.org>",
        "['ana@example.org', 'eve@example.org']",
        "ana.@example.org",
        ".ana@example.org",
        "ana@-example.org",
        "ana@example..org",
        "ana@10.0.0.1",
        "ana@[10.0.0.1]",
        "ana%eve@example.org@evil.example",
        "\u212aim@example.org",  # folds to kim
        "ana@ex\u0430mple.org",  # a Cyrillic letter
        "a" * 65 + "@example.org",
        "a@" + "b" * 63 + "." + "c" * 63 + "." + "d" * 63 + "." + "e" * 63 + ".org",
    ],
)
def test_what_is_not_one_plausible_address_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        address(typed)
    assert refusal.value.field == "email"


def test_any_text_can_be_looked_up_as_an_address() -> None:
    assert folded_address(" Ana@Example.org\r\n") == "ana@example.org"
    assert len(folded_address("a" * 1000)) == 254


def test_names_keep_their_letters_and_lose_double_blanks() -> None:
    assert person_name("  Siân   O'Neill ") == "Siân O'Neill"
    assert person_name("<b>Ana</b>") == "<b>Ana</b>"
    assert team_name("Digital & IT") == "Digital & IT"


@pytest.mark.parametrize("name", ["", "   ", "Ana\nBcc: x", "Ana\x00", "\u202eanA", "a" * 201])
def test_a_name_is_one_line_of_letters(name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        person_name(name)
    assert refusal.value.field == "name"


def test_a_refused_team_names_its_field() -> None:
    with pytest.raises(Invalid) as refusal:
        team_name("x" * 121)
    assert refusal.value.field == "team"

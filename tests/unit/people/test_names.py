"""What people, teams and addresses may be called."""

import pytest

from wiki.errors import Invalid
from wiki.people.rules.look_alikes import folded_name, names_an_office
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


@pytest.mark.parametrize(
    "typed", ["Ed\u200b", "\ufeffEd", "E\u00add", "E\u200dd", "Ed\u3164", "\u2800Ed", "Ed\u200e"]
)
def test_signs_that_show_nothing_are_no_part_of_a_name(typed: str) -> None:
    assert person_name(typed) == "Ed"


@pytest.mark.parametrize("typed", ["\u200b", "\u3164 \u2800"])
def test_a_name_of_nothing_that_shows_is_no_name(typed: str) -> None:
    with pytest.raises(Invalid):
        person_name(typed)


def test_joiners_stay_where_letters_are_written_with_them() -> None:
    name = "\u0645\u0647\u200c\u0633\u0627"
    assert person_name(name) == name


@pytest.mark.parametrize(
    "other",
    [
        "ruth adeyinka",
        "Ruth  Adeyinka",
        "Ruth\u00a0Adeyinka",
        "Ruth-Adeyinka.",
        "Ruth Ad\u00e9yinka",
        "Ruth \u0410deyinka",  # a Cyrillic letter
        "Ruth Adey\u0456nka",  # another
        "Ruth Adeylnka",  # the small l
        "\uff32uth Adeyinka",  # a wide letter
        "Ruth Adeyin\u200bka",
    ],
)
def test_names_that_look_alike_are_folded_to_the_same(other: str) -> None:
    assert folded_name(other) == folded_name("Ruth Adeyinka")


@pytest.mark.parametrize("other", ["Ruth Adeyinka (Parks)", "Ruth Adeyink", "R Adeyinka", "李娜"])
def test_names_that_differ_stay_different(other: str) -> None:
    assert folded_name(other) != folded_name("Ruth Adeyinka")


def test_names_in_other_scripts_and_of_signs_alone_are_told_apart() -> None:
    names = ["李娜", "李明", "سارا", "مهسا", "Оксана", "Олена", "Ελένη", "!", "?", "…"]
    assert len({folded_name(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    "name", ["Administrator", "ADMIN", "Facili\u200btator", "\u0410dmin", "Admin."]
)
def test_the_name_of_an_office_is_seen(name: str) -> None:
    assert names_an_office(name)
    assert not names_an_office(name + " Bo")

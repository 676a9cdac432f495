"""Who may join how, which domains and addresses are taken, and what sentences may hold."""

import pytest

from wiki.errors import Invalid, NotAllowed
from wiki.people.queries import WikiSettings
from wiki.people.rules.joining import (
    addresses,
    checked_domains,
    is_open_to_some,
    sentences,
    way_in,
)

OURS = ("council.example", "homes.example")
COLLEAGUE, STRANGER = "ana@council.example", "eve@elsewhere.example"


@pytest.mark.parametrize(
    ("mode", "domains", "email", "way"),
    [
        ("domain", OURS, COLLEAGUE, "at once"),
        ("domain", OURS, "bo@homes.example", "at once"),
        ("approval", OURS, COLLEAGUE, "at once"),
        ("approval", OURS, STRANGER, "approval"),
        ("approval", (), COLLEAGUE, "approval"),
    ],
)
def test_colleagues_come_in_at_once_and_others_after_approval(
    mode: str, domains: tuple[str, ...], email: str, way: str
) -> None:
    assert way_in(mode, domains, email) == way
    assert is_open_to_some(mode, domains)


@pytest.mark.parametrize(
    ("mode", "domains"), [("closed", OURS), ("invitation", OURS), ("domain", ())]
)
def test_where_nobody_may_ask_nobody_is_let_in(mode: str, domains: tuple[str, ...]) -> None:
    assert not is_open_to_some(mode, domains)
    with pytest.raises(NotAllowed):
        way_in(mode, domains, COLLEAGUE)


@pytest.mark.parametrize(
    "email",
    [
        STRANGER,
        "eve@sub.council.example",
        "eve@notcouncil.example",
        "eve@council.example.evil.example",
        "council.example@elsewhere.example",
    ],
)
def test_only_the_very_domain_counts(email: str) -> None:
    with pytest.raises(Invalid) as refused:
        way_in("domain", OURS, email)
    assert refused.value.field == "email"
    assert "council.example, homes.example" in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        (" Council.Example ", "council.example"),
        ("@council.example, homes.example.;council.example\n", "council.example homes.example"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER.example xn--bcher-kva.example", "xn--bcher-kva.example"),
    ],
)
def test_domains_are_folded_and_each_is_kept_once(typed: str, kept: str) -> None:
    assert checked_domains(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "example",
        "a..example",
        "-a.example",
        "a_b.example",
        "10.0.0.1",
        "x" * 64 + ".example",
        "ana@council.example",
        "http://council.example/",
        "a.example " + "x" * 300 + ".example",
    ],
)
def test_what_is_no_domain_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked_domains(typed)
    assert refused.value.field == "sign_up_domains"


def test_there_are_not_more_than_fifty_domains() -> None:
    assert len(checked_domains(" ".join(f"d{n}.example" for n in range(50))).split()) == 50
    with pytest.raises(Invalid):
        checked_domains(" ".join(f"d{n}.example" for n in range(51)))


def test_settings_say_who_may_join() -> None:
    settings = WikiSettings(sign_up="domain", sign_up_domains="a.example b.example")
    assert settings.domains == ("a.example", "b.example")
    assert settings.has_sign_up
    assert settings.invites
    assert not settings.lets_choose_team
    assert not WikiSettings().has_sign_up
    assert not WikiSettings(sign_up="closed").invites
    assert WikiSettings(teams="members").lets_choose_team


def test_addresses_stand_one_a_line_or_as_mail_programs_copy_them() -> None:
    typed = "Ana Lopez <Ana@Example.org>; bo@example.org,\r\n ana@example.org \n\n"
    assert addresses(typed) == ("ana@example.org", "bo@example.org")


@pytest.mark.parametrize(
    "typed",
    ["", " \n ", "nobody", "a@example.org\nBcc: b@example.org", "a@example.org b@example.org"],
)
def test_what_is_no_list_of_addresses_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        addresses(typed)
    assert refused.value.field == "emails"


def test_fifty_people_are_invited_at_a_time() -> None:
    assert len(addresses("\n".join(f"m{n}@example.org" for n in range(50)))) == 50
    with pytest.raises(Invalid):
        addresses("\n".join(f"m{n}@example.org" for n in range(51)))


def test_sentences_keep_their_lines_and_lose_what_cannot_be_seen() -> None:
    typed = " One.\r\nTwo\x00\x1b\u202e\u2028.\r\r\r\r\tThree \n"
    assert sentences(typed, field="about", length=100) == "One.\nTwo.\n\n\tThree"
    assert sentences("x" * 10, field="about", length=10) == "x" * 10
    with pytest.raises(Invalid) as refused:
        sentences("x" * 11, field="about", length=10)
    assert refused.value.field == "about"

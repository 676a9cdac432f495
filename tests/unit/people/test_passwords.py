"""Which passwords are good enough."""

import pytest

from wiki.errors import Invalid
from wiki.people.rules.passwords import check_password


def _is_taken(password: str) -> bool:
    try:
        check_password(password, name="Ana Lopez-Garcia", email="ana.lopez@example.org")
    except Invalid:
        return False
    return True


def test_a_refused_password_names_its_field() -> None:
    with pytest.raises(Invalid) as refusal:
        check_password("short", name="Ana", email="ana@example.org")
    assert refusal.value.field == "password"


@pytest.mark.parametrize(
    "password",
    [
        "kettle viola north",
        "summer monkey dragon",
        "x7#Qm2!pLw9z",
        "my dog ate the whole sofa",
        "  blanks count, at the ends too  ",
        "пароль из трёх слов",
        "a" + "long word " * 99,
    ],
)
def test_long_passwords_of_ones_own_are_taken(password: str) -> None:
    assert _is_taken(password)


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "elevenchars",
        "x" * 12,
        "abcabcabcabc",
        "passwordpassword",
        "password12345",
        "P@ssw0rd!2026",
        "Welcome2026!!",
        "LiverpoolFC2026",
        "123456789012",
        "qwertyuiop123",
        "qwertyuiopas",
        "mnbvcxzlkjhg",
        "abcdefghijkl",
        "1q2w3e4r5t6y",
        "correcthorsebatterystaple",
        "ana.lopez@example.org",
        "AnaLopez1986!",
        "lopezgarcia99",
        "y" * 1001,
    ],
)
def test_what_others_would_try_first_is_refused(password: str) -> None:
    assert not _is_taken(password)


def test_a_password_of_a_thousand_characters_is_taken() -> None:
    assert _is_taken("".join(f"{number} kettles and " for number in range(100))[:1000])

"""Who is who in a history."""

import pytest

from wiki.errors import Invalid
from wiki.transfer.rules import mailmap
from wiki.transfer.rules.mailmap import Author

LINES = """
# people who moved
Ada Patel <ada@example.org> <ada@old.example.org>
<bo@example.org> <bo@home.example.org>
Cy Young <cy@example.org>
Di Shah <di@example.org> Shared Desk <desk@example.org>
Ed Lee <ed@example.org> Other Person <desk@example.org>
"""


@pytest.mark.parametrize(
    ("name", "email", "expected"),
    [
        (
            "ada",
            "ADA@old.example.org",
            Author("Ada Patel", "ada@example.org", "ada@old.example.org"),
        ),
        ("Bo", "bo@home.example.org", Author("Bo", "bo@example.org", "bo@home.example.org")),
        ("cy", "cy@example.org", Author("Cy Young", "cy@example.org")),
        (
            "shared desk",
            "desk@example.org",
            Author("Di Shah", "di@example.org", "desk@example.org"),
        ),
        (
            "Other Person",
            "desk@example.org",
            Author("Ed Lee", "ed@example.org", "desk@example.org"),
        ),
        ("Flo", "Flo@Example.org", Author("Flo", "flo@example.org")),
    ],
)
def test_addresses_of_one_person_are_one_author(name: str, email: str, expected: Author) -> None:
    assert mailmap.author(mailmap.read(LINES), name, email) == expected


@pytest.mark.parametrize(
    ("name", "email", "expected"),
    [
        ("Ada Patel", "", "ada-patel@imported.invalid"),
        ("", "root", "root@imported.invalid"),
        ("", "", "unknown@imported.invalid"),
        ("Ada", "two@at@signs", "ada-two-at-signs@imported.invalid"),
    ],
)
def test_who_left_no_address_gets_one_that_no_letter_can_reach(
    name: str, email: str, expected: str
) -> None:
    assert mailmap.author(mailmap.Mailmap(), name, email).email == expected


def test_two_people_without_address_and_latin_letters_stay_two() -> None:
    emails = {mailmap.author(mailmap.Mailmap(), name, "").email for name in ("山田", "鈴木")}
    assert len(emails) == 2


def test_an_author_without_name_is_called_by_the_address() -> None:
    assert mailmap.author(mailmap.Mailmap(), " ", "ada@example.org").name == "ada"


def test_the_other_addresses_of_a_person_are_those_that_are_theirs_alone() -> None:
    people = mailmap.read(LINES)
    assert mailmap.other_addresses(people, "ada@example.org") == ["ada@old.example.org"]
    assert mailmap.other_addresses(people, "di@example.org") == []
    assert mailmap.other_addresses(people, "ada@old.example.org") == []


def test_a_line_that_cannot_be_read_is_named() -> None:
    with pytest.raises(Invalid, match="Line 2 "):
        mailmap.read("Ada <ada@example.org>\nnobody knows\n")

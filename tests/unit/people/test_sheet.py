"""Reading a list of members from a spreadsheet saved as CSV."""

from datetime import UTC, datetime

import pytest

from wiki.errors import Invalid, TooLarge
from wiki.people.rules.sheet import Sheet, decoded, read_sheet

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def _read(text: str) -> Sheet:
    return read_sheet(text, now=NOW)


def _reasons(sheet: Sheet) -> dict[int, str]:
    return {line.number: str(line) for line in sheet.refused}


def test_a_line_says_who_somebody_is() -> None:
    sheet = _read("name,email,team,signed_up\r\nAna Lopez,Ana@Example.org,Housing,2025-01-31\r\n")
    (line,) = sheet.lines
    assert (line.number, line.name, line.email, line.team) == (
        2,
        "Ana Lopez",
        "ana@example.org",
        "Housing",
    )
    assert line.signed_up_at == datetime(2025, 1, 31, tzinfo=UTC)
    assert line.role is None


def test_columns_may_stand_in_any_order_and_case_with_a_byte_order_mark() -> None:
    text = decoded(b"\xef\xbb\xbfRole, E-Numbers ,EMAIL,Name\nadmin,3,ana@example.org,Ana\n")
    sheet = _read(text)
    assert (sheet.lines[0].email, sheet.lines[0].role) == ("ana@example.org", "admin")
    assert sheet.unknown_columns == ("e-numbers",)


@pytest.mark.parametrize("email", ["Email", "E-Mail", "email address", "E-MAIL_ADDRESS"])
@pytest.mark.parametrize("day", ["Signed up", "signed_up", "SIGNED-UP"])
def test_columns_are_known_by_the_names_that_people_give_them(email: str, day: str) -> None:
    sheet = _read(f"NAME,{email},{day}\nAna,ana@example.org,31/01/2025\n")
    assert (sheet.unknown_columns, sheet.refused) == ((), ())
    assert sheet.lines[0].signed_up_at == datetime(2025, 1, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("31/01/2025", datetime(2025, 1, 31, tzinfo=UTC)),
        ("31-01-2025", datetime(2025, 1, 31, tzinfo=UTC)),
        ("3.2.2025", datetime(2025, 2, 3, tzinfo=UTC)),
        ("03/04/2025", datetime(2025, 4, 3, tzinfo=UTC)),
        ("2025-04-03", datetime(2025, 4, 3, tzinfo=UTC)),
        ("31/01/2025 14:05", datetime(2025, 1, 31, 14, 5, tzinfo=UTC)),
    ],
)
def test_the_day_comes_first_unless_the_year_does(written: str, day: datetime) -> None:
    sheet = _read(f"name,email,signed_up\nAna,ana@example.org,{written}\n")
    assert sheet.lines[0].signed_up_at == day


@pytest.mark.parametrize("written", ["31/01-2025", "1/2/25", "2025/01/31", "31/02/2025"])
def test_what_is_no_day_for_sure_is_refused(written: str) -> None:
    sheet = _read(f"name,email,signed_up\nAna,ana@example.org,{written}\n")
    assert "is not a date" in _reasons(sheet)[2]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_usual_separator_and_line_end_is_read(separator: str, end: str) -> None:
    rows = [["email", "name"], ["ana@example.org", "Ana"], ["bo@example.org", "Bo"]]
    sheet = _read(end.join(separator.join(row) for row in rows))
    assert [(line.number, line.name) for line in sheet.lines] == [(2, "Ana"), (3, "Bo")]


def test_each_refused_line_says_its_number_and_why() -> None:
    sheet = _read(
        "name,email,team,signed_up,role\n"
        "Ana,ana@example.org,,,\n"
        ",nameless@example.org,,,\n"
        "Bo,bo.example.org,,,\n"
        "\n"
        "Ana again,ANA@example.org,,,\n"
        "Cy,cy@example.org,,01/31/2025,\n"
        "Di,di@example.org,,2126-01-01,\n"
        "Ed,ed@example.org,,,boss\n"
        "Fi,fi@example.org,,,,,more\n"
        'Gil,gil@example.org,"a"b,,\n'
        "Hal,hal@example.org\n"
    )
    assert [line.number for line in sheet.lines] == [2, 12]
    assert _reasons(sheet) == {
        3: "Enter a name.",
        4: "Enter one e-mail address, such as name@example.org.",
        6: "This address stands on line 2 already.",
        7: "“01/31/2025” is not a date. Write it like 31/03/2026 or 2026-03-31.",
        8: "The date 2126-01-01 cannot be right.",
        9: "“boss” is not a role. Use one of: member, reviewer, facilitator, admin.",
        10: "There are more cells than columns.",
        11: "The quotation marks do not match.",
    }


def test_a_quotation_mark_that_never_closes_is_found_where_it_opens() -> None:
    sheet = _read('name,email\nAna,ana@example.org\n"Bo,bo@example.org\nCy,cy@example.org\n')
    assert len(sheet.lines) == 1
    assert _reasons(sheet) == {
        3: "A quotation mark opens here and never closes; nothing after it could be read."
    }


def test_a_cell_of_two_lines_is_no_name_and_the_numbers_stay_right() -> None:
    sheet = _read('name,email\n"Ana\nLopez",ana@example.org\nBo,bo\n')
    assert sorted(_reasons(sheet)) == [2, 4]


@pytest.mark.parametrize("text", ["", "\n\n", "Ana,ana@example.org\n", "name,name,email\n", '"'])
def test_a_file_without_column_names_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        _read(text)
    assert refusal.value.field == "file"


def test_a_file_that_is_not_utf_8_says_what_to_do() -> None:
    with pytest.raises(Invalid, match="CSV UTF-8"):
        decoded("name,email\nSiân,s@example.org".encode("latin-1"))


def test_a_huge_file_is_refused() -> None:
    with pytest.raises(TooLarge):
        _read("name,email\n" + "x" * 5_000_000)


def test_a_huge_cell_is_one_refused_line() -> None:
    sheet = _read("name,email\n" + "x" * 200_000 + ",a@example.org\nBo,bo@example.org\n")
    assert sorted(_reasons(sheet)) == [2]
    assert [line.name for line in sheet.lines] == ["Bo"]

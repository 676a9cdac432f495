"""Laws of reading lists of members, of ways back, and of addresses."""

import csv
import io
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from wiki.errors import Invalid
from wiki.people.rules.names import address, person_name
from wiki.people.rules.returns import way_back
from wiki.people.rules.sheet import read_sheet

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TRICKY = st.text(alphabet="/\\.%25fFcC:?#@ \t\r\n\x00aev\uff0f\u2044", max_size=30)


def _is_name(text: str) -> bool:
    try:
        return person_name(text) == text
    except Invalid:
        return False


NAMES = st.text(min_size=1, max_size=40).filter(_is_name)
PEOPLE = st.lists(
    st.tuples(NAMES, st.integers(0, 10**6)), unique_by=lambda one: one[1], max_size=20
)


@given(people=PEOPLE, separator=st.sampled_from(",;\t"), end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_a_list_that_was_written_is_read_as_it_was(
    people: list[tuple[str, int]], separator: str, end: str
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator=end)
    writer.writerow(["name", "email"])
    writer.writerows((name, f"m{number}@example.org") for name, number in people)
    sheet = read_sheet(out.getvalue(), now=NOW)
    assert sheet.refused == ()
    assert [(line.name, line.email) for line in sheet.lines] == [
        (name, f"m{number}@example.org") for name, number in people
    ]


@given(body=st.text(alphabet='aé@.,;"\n\r\t 2-\x00', max_size=200))
def test_no_list_breaks_the_reader_and_every_number_is_said_once(body: str) -> None:
    sheet = read_sheet(f"name,email,signed_up\n{body}", now=NOW)
    numbers = [line.number for line in sheet.lines] + [line.number for line in sheet.refused]
    assert len(numbers) == len(set(numbers))
    assert all(number > 1 for number in numbers)


@given(target=TRICKY | TRICKY.map(lambda rest: "/" + rest) | st.text(max_size=30))
def test_a_way_back_never_leaves_the_site(target: str) -> None:
    kept = way_back(target)
    # What a browser does before it resolves an address.
    seen = kept.strip("".join(map(chr, range(33)))).replace("\\", "/")
    for sign in "\t\r\n":
        seen = seen.replace(sign, "")
    assert urlsplit(urljoin("https://wiki.example.org/sign-in", seen)).netloc == "wiki.example.org"
    assert seen.startswith("/")
    assert not seen.startswith("//")


@given(text=st.text(max_size=60) | st.emails())
def test_an_address_that_is_taken_is_taken_again_as_it_is(text: str) -> None:
    try:
        kept = address(text)
    except Invalid:
        return
    assert address(kept) == kept
    assert kept.isascii()
    assert kept.count("@") == 1

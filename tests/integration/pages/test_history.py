"""The history of a page: fifty revisions at a time, narrowed, without their texts."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests import make
from tests.integration.conftest import Recorder
from tests.integration.pages.conftest import See, Write
from wiki.pages.models import Page
from wiki.people.models import Person
from wiki.storage.engine import Database


def numbers(page: BeautifulSoup) -> list[int]:
    return [int(link.get_text()) for link in page.select(".revision-row__number")]


def step(page: BeautifulSoup, which: str) -> str:
    """Return where the link to newer (prev) or older (next) revisions leads, or ""."""
    return "".join(str(link["href"]) for link in page.select(f"main a[rel={which}]"))


@pytest.fixture
def long_page(database: Database, ana: Person, ben: Person) -> Page:
    """Return a page of 120 revisions, every third of them by Ben."""
    with database.begin() as session:
        page = make.page(session, path="aims", text="word 1", author=ana)
        for number in range(2, 121):
            author = ana if number % 3 else ben
            make.revision(session, page, f"word {number}", author=author)
    return page


@pytest.mark.usefixtures("long_page")
def test_fifty_revisions_are_shown_newest_first(see: See) -> None:
    page = see("/pages/aims/history")
    assert numbers(page) == list(range(120, 70, -1))
    assert "120 revisions" in page.get_text()


@pytest.mark.usefixtures("long_page")
def test_older_and_newer_lead_through_all_without_gaps_or_doubles(see: See) -> None:
    first = see("/pages/aims/history")
    assert step(first, "prev") == ""
    second = see(step(first, "next"))
    third = see(step(second, "next"))
    assert numbers(first) + numbers(second) + numbers(third) == list(range(120, 0, -1))
    assert step(third, "next") == ""
    back = see(step(third, "prev"))
    assert numbers(back) == numbers(second)
    front = see(step(back, "prev"))
    assert numbers(front) == numbers(first)
    assert step(front, "prev") == ""


@pytest.mark.usefixtures("long_page")
def test_paging_stays_narrowed(see: See, ana: Person) -> None:
    first = see(f"/pages/aims/history?author={ana.id}")
    second = see(step(first, "next"))
    assert numbers(first) + numbers(second) == [n for n in range(120, 0, -1) if n % 3]
    assert numbers(see(step(second, "prev"))) == numbers(first)


@pytest.mark.usefixtures("long_page")
def test_each_stretch_costs_the_same_and_reads_no_text(see: See, recorded: Recorder) -> None:
    see("/pages/aims/history?before=2")  # the tree and the settings are remembered
    counts = []
    for asked in ("", "?before=71", "?after=20", "?author=1", "?since=2026-03-02"):
        with recorded() as statements:
            see(f"/pages/aims/history{asked}")
        assert not [one for one in statements if "text_blob" in one or "rendering" in one]
        counts.append(len(statements))
    assert len(set(counts)) == 1
    assert counts[0] <= 6


def test_a_longer_history_costs_no_more_questions(
    write: Write, see: See, recorded: Recorder
) -> None:
    write("short", "one")
    write("longer", *(f"text {number}" for number in range(40)))
    see("/pages/longer/history?before=1")
    counts = []
    for path in ("short", "longer"):
        with recorded() as statements:
            see(f"/pages/{path}/history")
        counts.append(len(statements))
    assert counts[0] == counts[1] > 0


def test_each_row_says_who_when_why_and_how_much(
    write: Write, see: See, add: Callable[..., int], ben: Person
) -> None:
    page = write("aims", "one two three", note="How it began")
    add(page, "one two three four five", author=ben, note="Two words more")
    add(page, "one two")
    rows = [
        " ".join(row.get_text(" ").split()) for row in see("/pages/aims/history").select("tbody tr")
    ]
    assert "Ana Lopez" in rows[0]
    assert "3 words" in rows[0].replace("\N{MINUS SIGN}", "").replace("-", "")
    assert "2 March 2026, 13:01" in rows[1]
    assert "Ben Okafor" in rows[1]
    assert "Two words more" in rows[1]
    assert "2 words" in rows[1].replace("+", "")
    assert "How it began" in rows[2]


def test_marks_say_what_is_special(write: Write, see: See, add: Callable[..., int]) -> None:
    page = write("aims", "one", "two")
    add(page, "one", kind="restore", restored_number=1)
    add(page, "mixed", kind="merge", merged_number=2)
    add(page, kind="rename", path="goals")
    add(page, "tiny", is_minor=True)
    add(page, "brought", is_imported=True)
    add(page, kind="delete")
    add(page, kind="undelete")
    rows = see("/pages/goals/history").select("tbody tr")
    marks = [[badge.get_text(strip=True).lower() for badge in row.select(".badge")] for row in rows]
    assert marks == [
        ["restored"],
        ["deleted"],
        ["imported"],
        ["minor"],
        ["renamed"],
        ["saved together"],
        ["restored"],
        [],
        ["new page"],
    ]


def test_the_two_newest_are_chosen_and_any_two_can_be(
    write: Write, see: See, client: FlaskClient
) -> None:
    write("aims", "one", "two", "three")
    page = see("/pages/aims/history")
    chosen = [(one["name"], one["value"]) for one in page.select("input[type=radio][checked]")]
    assert chosen == [("to", "3"), ("from", "2")]
    form = page.select(".history-form")[0]
    for query in ("from=1&to=3", "from=3&to=1"):
        answer = client.get(f"{form['action']}?{query}")
        assert (answer.status_code, answer.location) == (302, "/pages/aims/compare/1..3")


@pytest.mark.parametrize("query", ["", "?from=1", "?to=2", "?from=x&to=2", "?from=1&to="])
def test_a_choice_of_one_is_refused_with_a_sentence(
    write: Write, client: FlaskClient, query: str
) -> None:
    write("aims", "one", "two")
    answer = client.get(f"/pages/aims/compare{query}")
    assert answer.status_code == 422
    assert "Choose two revisions to compare" in answer.text


@pytest.fixture
def over_a_clock_change(database: Database, ana: Person) -> None:
    """Make a page saved every quarter of an hour round the beginning of summer time."""
    start = datetime(2026, 3, 28, 23, 0, tzinfo=UTC)  # 23:00 in London; on the 29th clocks go on
    with database.begin() as session:
        page = make.page(session, path="aims", text="0", author=ana, made_at=start)
        for quarter in range(1, 110):
            moment = start + timedelta(minutes=15 * quarter)
            make.revision(session, page, str(quarter), author=ana, made_at=moment)


@pytest.mark.usefixtures("over_a_clock_change")
def test_a_day_is_a_day_of_the_reader_also_when_the_clocks_change(see: See) -> None:
    # The 29th began at 0:00 UTC (revision 5) and was 23 hours long, up to 23:00 UTC.
    found: list[int] = []
    address = "/pages/aims/history?since=2026-03-29&until=2026-03-29"
    while address:
        page = see(address)
        found += numbers(page)
        address = step(page, "next")
    assert (found[-1], found[0], len(found)) == (5, 96, 23 * 4)


@pytest.mark.usefixtures("over_a_clock_change")
def test_a_day_is_that_of_the_readers_own_zone(
    see: See, signed_in: Callable[..., FlaskClient]
) -> None:
    browser = signed_in(time_zone="Asia/Tokyo")  # nine hours ahead: the 29th ends at 15:00 UTC
    found = numbers(see("/pages/aims/history?until=2026-03-29", browser))
    assert found[0] == 16 * 4


@pytest.mark.usefixtures("long_page")
def test_nothing_that_fits_says_so(see: See) -> None:
    page = see("/pages/aims/history?since=2030-01-01")
    assert "No revision found" in page.get_text()
    assert not page.select(".revision-row")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("since=yesterday", "yesterday is not a date. Write it like this: 2026-03-31."),
        ("until=2026-02-30", "2026-02-30 is not a date."),
        ("until=9999-12-31", "9999-12-31 is not a date."),
        ("author=ana", "ana is not one of the choices."),
        ("author=99999999999", "99999999999 is not one of the choices."),
        ("before=-1", "-1 is not one of the choices."),
        ("after=%D9%A3", "is not one of the choices."),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(
    write: Write, client: FlaskClient, query: str, sentence: str
) -> None:
    write("aims")
    answer = client.get(f"/pages/aims/history?{query}")
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_wrong_day_keeps_the_history_and_names_its_field(write: Write, see: See) -> None:
    write("aims", "one", "two")
    page = see("/pages/aims/history?since=banana", status=422)
    assert page.select(".govuk-error-summary a")[0]["href"] == "#since"
    assert page.select("input#since")[0]["value"] == "banana"
    assert numbers(page) == [2, 1]


def test_the_first_day_of_all_is_no_error_east_of_greenwich(
    write: Write, signed_in: Callable[..., FlaskClient]
) -> None:
    write("aims")
    browser = signed_in(time_zone="Asia/Tokyo")
    assert browser.get("/pages/aims/history?since=0001-01-01").status_code == 422


def test_the_address_of_a_filter_stays_in_its_fields(write: Write, see: See, ana: Person) -> None:
    write("aims")
    page = see(f"/pages/aims/history?author={ana.id}&since=2026-03-01&until=2026-03-31")
    assert [one["value"] for one in page.select("main option[selected]")] == [str(ana.id)]
    assert [one["value"] for one in page.select("main input[type=date]")] == [
        "2026-03-01",
        "2026-03-31",
    ]

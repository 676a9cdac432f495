"""What changed lately: a row a sitting, narrowed, paged, day by day."""

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

NOON = make.NOON
At = Callable[..., None]


def rows(page: BeautifulSoup) -> list[tuple[str, int]]:
    """Return the title and the number of saves of each row."""
    return [
        (row.select(".change-row__page a")[0].get_text(), len(row.select("ol li")) or 1)
        for row in page.select(".change-row")
    ]


def titles(page: BeautifulSoup) -> list[str]:
    return [title for title, _ in rows(page)]


@pytest.fixture
def page(write: Write) -> Page:
    """Return a page made at noon by Ana."""
    return write("aims")


@pytest.fixture
def at(add: Callable[..., int], page: Page) -> At:
    """Return a function that saves the page so many minutes after noon."""

    def save(minutes: float, **facts: object) -> None:
        add(page, f"# Aims\n\n{minutes}\n", made_at=NOON + timedelta(minutes=minutes), **facts)

    return save


def test_saves_within_an_hour_of_each_other_are_one_sitting(at: At, see: See) -> None:
    at(60)
    at(119)
    seen = see("/changes")
    assert rows(seen) == [("Aims", 3)]
    saves = [str(link["href"]) for link in seen.select(".change-row ol a")]
    assert saves == [f"/pages/aims/revisions/{number}" for number in (3, 2, 1)]


def test_more_than_an_hour_later_another_sitting_begins(at: At, see: See) -> None:
    at(60)
    at(120.1)
    seen = see("/changes")
    assert rows(seen) == [("Aims", 1), ("Aims", 2)]
    links = [str(link["href"]) for link in seen.select(".change-row__compare")]
    assert links == ["/pages/aims/compare/2..3"]


def test_somebody_in_between_ends_the_sitting(at: At, see: See, ben: Person) -> None:
    at(5)
    at(10, author=ben)
    at(15)
    at(20)
    seen = see("/changes")
    assert rows(seen) == [("Aims", 2), ("Aims", 1), ("Aims", 2)]
    links = [str(link["href"]) for link in seen.select(".change-row__compare")]
    assert links == ["/pages/aims/compare/3..5", "/pages/aims/compare/2..3"]


def test_each_page_has_sittings_of_its_own(at: At, write: Write, see: See) -> None:
    write("other", "# Other\n\nx\n", made_at=NOON + timedelta(minutes=2))
    at(5)
    assert rows(see("/changes")) == [("Aims", 2), ("Other", 1)]


def test_a_row_says_who_and_how_many_words_and_why(
    page: Page, add: Callable[..., int], see: See, ben: Person
) -> None:
    for extra in ("four", "four five"):
        text = f"# Aims\n\nWe want to hear from everybody. {extra}\n"
        add(page, text, author=ben, note=f"Adds {extra}", made_at=NOON + timedelta(minutes=1))
    row = see("/changes").select(".change-row")[0]
    words = " ".join(row.get_text(" ").split())
    assert "Ben Okafor" in words
    assert "2 words" in words.replace("+", "")
    assert "Adds four five" in words
    assert row.select(f'a[href="/changes?author={ben.id}"]')


@pytest.mark.parametrize("query", ["author={ben}", "team={team}", "since=2026-03-03"])
def test_the_list_is_narrowed(
    page: Page, write: Write, see: See, database: Database, query: str
) -> None:
    with database.begin() as session:
        team = make.team(session, "Housing")
        ben = make.person(session, name="Ben", team_id=team.id)
    write("theirs", "# Theirs\n\nx\n", author=ben, made_at=NOON + timedelta(days=1))
    assert page.title == "Aims"
    asked = query.format(ben=ben.id, team=team.id)
    assert titles(see(f"/changes?{asked}")) == ["Theirs"]
    assert titles(see("/changes")) == ["Theirs", "Aims"]


def test_a_date_means_the_whole_day(page: Page, write: Write, see: See) -> None:
    assert page.title == "Aims"
    write("next", "# Next day\n\nx\n", made_at=datetime(2026, 3, 3, 0, 0, tzinfo=UTC))
    assert titles(see("/changes?until=2026-03-02")) == ["Aims"]
    assert titles(see("/changes?since=2026-03-03&until=2026-03-03")) == ["Next day"]


@pytest.mark.parametrize("under", ["strategy", "/strategy/", "Strategy", " strategy "])
def test_under_a_page_means_it_and_all_below(write: Write, see: See, under: str) -> None:
    for number, path in enumerate(["strategy", "strategy/aims/one", "strategy-old", "other"]):
        write(path, f"# {path}\n\nx\n", made_at=NOON + timedelta(minutes=number))
    assert titles(see(f"/changes?under={under}")) == ["strategy/aims/one", "strategy"]


@pytest.mark.parametrize("under", ["_trategy", "strateg_", "stra"])
def test_signs_of_the_database_mean_nothing(write: Write, see: See, under: str) -> None:
    write("strategy", "x")
    write("strategy/aims", "x")
    assert titles(see(f"/changes?under={under}")) == []


def test_a_sitting_is_minor_when_all_of_it_is(at: At, page: Page, write: Write, see: See) -> None:
    at(5, is_minor=True)  # together with the beginning of the page
    tidy = write("tidy", "# Tidy\n\nx\n", made_at=NOON - timedelta(days=1), is_minor=True)
    assert (page.title, tidy.title) == ("Aims", "Tidy")
    assert titles(see("/changes")) == ["Aims", "Tidy"]
    assert titles(see("/changes?minor=hide")) == ["Aims"]
    assert titles(see("/changes?minor=only")) == ["Tidy"]
    assert titles(see("/changes?minor=nonsense")) == ["Aims", "Tidy"]


def test_a_restored_text_is_found_though_somebody_went_on_writing(
    at: At, write: Write, see: See
) -> None:
    at(90, kind="restore", restored_number=1)
    at(95)
    write("plain", "# Plain\n\nx\n")
    assert titles(see("/changes?restored=1")) == ["Aims"]


def test_what_stands_in_the_filter_is_kept(page: Page, see: See, ana: Person) -> None:
    assert page.title == "Aims"
    seen = see(f"/changes?author={ana.id}&under=aims&since=2026-03-01&minor=hide&restored=1")
    chosen = [str(one["value"]) for one in seen.select("main option[selected]")]
    assert chosen == [str(ana.id), "aims", "hide"]
    assert seen.select("input[name=restored][checked]")
    assert "No change fits" in seen.get_text()


@pytest.fixture
def many(database: Database, ana: Person) -> list[str]:
    """Make 130 pages, forty of them in the same moment, and return their titles, latest first."""
    made: list[str] = []
    with database.begin() as session:
        for number in range(130):
            minutes = 100 if 45 <= number < 85 else number
            moment = NOON + timedelta(minutes=minutes, microseconds=minutes * 7)
            title = f"Page {number}"
            make.page(
                session, path=f"p/{number}", text=f"# {title}\n\nx\n", author=ana, made_at=moment
            )
            made.append(title)
    by_time = sorted(range(130), key=lambda n: (100 if 45 <= n < 85 else n, n), reverse=True)
    return [made[number] for number in by_time]


def test_older_changes_follow_without_gaps_or_doubles(many: list[str], see: See) -> None:
    found: list[str] = []
    address = "/changes"
    pages = 0
    while address:
        seen = see(address)
        found += titles(seen)
        address = "".join(str(link["href"]) for link in seen.select("main a[rel=next]"))
        pages += 1
    assert found == many
    assert pages == 3


def test_paging_keeps_what_was_asked_for(many: list[str], see: See, ana: Person) -> None:
    seen = see(f"/changes?author={ana.id}&under=p")
    older = str(seen.select("main a[rel=next]")[0]["href"])
    assert f"author={ana.id}" in older
    second = see(older)
    assert titles(second) == many[50:100]
    newest = str(second.select("main a[rel=prev]")[0]["href"])
    assert titles(see(newest)) == many[:50]


def test_every_stretch_of_changes_costs_the_same(
    many: list[str], see: See, recorded: Recorder
) -> None:
    first = see("/changes")
    older = str(first.select("main a[rel=next]")[0]["href"])
    counts = []
    for address in (older, "/changes?minor=hide", "/changes?under=p/1"):
        with recorded() as statements:
            see(address)
        assert not [one for one in statements if "text_blob" in one or "rendering" in one]
        counts.append(len(statements))
    assert len(many) == 130
    assert len(set(counts)) == 1
    assert counts[0] <= 5


def test_days_are_those_of_the_readers_clock(
    write: Write, see: See, signed_in: Callable[..., FlaskClient]
) -> None:
    write("one", "# One\n\nx\n", made_at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
    write("two", "# Two\n\nx\n", made_at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))

    def days(browser: FlaskClient) -> list[str]:
        return [day.get_text(strip=True) for day in see("/changes", browser).select(".change-day")]

    assert days(signed_in(time_zone="Europe/London")) == ["2 July 2026", "1 July 2026"]
    assert days(signed_in(time_zone="UTC")) == ["1 July 2026"]
    assert days(signed_in(time_zone="Asia/Tokyo")) == ["2 July 2026"]


def test_every_link_of_the_list_leads_somewhere_also_for_deleted_pages(
    page: Page, add: Callable[..., int], see: See, client: FlaskClient
) -> None:
    add(page, "# Aims\n\nMore.\n", made_at=NOON + timedelta(minutes=1))
    add(page, kind="delete", made_at=NOON + timedelta(minutes=2))
    for address in ("/changes", "/"):
        links = [str(link["href"]) for link in see(address).select(".change-row a")]
        assert "/pages/aims/revisions/2" in links
        assert [link for link in links if client.get(link).status_code != 200] == []


@pytest.mark.parametrize(
    "query",
    [
        "since=x",
        "author=x",
        "team=1.5",
        "before=x",
        "before=nan-1",
        "before=1-9" + "9" * 30,
        "under=%25",
        "under=%00",
    ],
)
def test_what_cannot_be_meant_is_refused(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/changes?{query}")
    assert answer.status_code == 422
    is_of_the_list = query.startswith("before")
    assert ("We could not take that" in answer.text) == is_of_the_list


def test_a_wrong_day_keeps_the_form_and_names_its_field(page: Page, see: See, ana: Person) -> None:
    seen = see(f"/changes?since=2026-99-99&author={ana.id}&under=aims", status=422)
    assert page.title in titles(seen)
    summary = seen.select(".govuk-error-summary a")[0]
    assert summary["href"] == "#since"
    assert "2026-99-99 is not a date" in summary.get_text()
    assert seen.select("input#since")[0]["value"] == "2026-99-99"
    assert seen.select("input#since[aria-invalid]")
    chosen = [str(one["value"]) for one in seen.select("main option[selected]")]
    assert chosen[:2] == [str(ana.id), "aims"]


def test_a_page_that_there_is_not_is_said_to_be_none(page: Page, see: See) -> None:
    assert page.title == "Aims"
    assert "There is no page at nope." in see("/changes?under=nope").get_text()
    assert "There is no page" not in see("/changes?under=aims&since=2030-01-01").get_text()


def test_an_empty_wiki_has_no_changes(see: See) -> None:
    assert "No change fits" in see("/changes").get_text()

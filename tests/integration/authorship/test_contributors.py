"""The contributors page, its files, and what each may see of them."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests import make
from tests.integration.authorship.conftest import AIMS, FIRST, See, lines
from tests.integration.conftest import Recorder
from wiki.pages.models import Page
from wiki.people.models import Person
from wiki.storage.engine import Database

SignIn = Callable[..., FlaskClient]


def figures(page: BeautifulSoup) -> dict[str, str]:
    keys = [one.get_text(strip=True) for one in page.select(".key-figures dt")]
    values = [" ".join(one.get_text().split()) for one in page.select(".key-figures dd")]
    return dict(zip(keys, values, strict=True))


def rows_of(answer: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer)))


@pytest.mark.usefixtures("page")
def test_a_facilitator_sees_who_wrote_how_much(see: See, signed_in: SignIn) -> None:
    seen = see(AIMS, signed_in("facilitator"))
    found = lines(seen)
    assert [row[:6] for row in found] == [
        ["Ana Lopez", "9", "64.3%", "9", "100.0%", "1"],
        ["Ben Okafor", "5", "35.7%", "5", "100.0%", "2"],
    ]
    told = figures(seen)
    assert told["Words"] == "14"
    assert told["Sections"] == "1"
    assert told["Contributors"] == "2"
    assert told["Revisions"] == "3 0 restored, 0 merged"
    assert told["As if shared equally by"] == "1.8 people"
    assert told["Words each, on average"] == "7"
    assert told["Share of the largest one, three and six"] == "64.3%, 100%, 100%"
    assert told["First edit"] == told["Latest edit"] == "2 March 2026"


@pytest.mark.usefixtures("page")
def test_each_row_leads_to_that_persons_edits_of_the_page(
    see: See, signed_in: SignIn, ben: Person
) -> None:
    browser = signed_in("facilitator")
    link = see(AIMS, browser).select_one(".contributor-table tbody tr:nth-child(2) a")
    assert link is not None
    assert link["href"] == f"/pages/aims/history?author={ben.id}"
    history = see(str(link["href"]), browser)
    assert [one.get_text() for one in history.select(".revision-row__number")] == ["3", "2"]


@pytest.mark.usefixtures("page")
def test_page_csv_and_json_say_the_same(see: See, signed_in: SignIn) -> None:
    browser = signed_in("facilitator")
    shown = lines(see(AIMS, browser))
    told = browser.get(f"{AIMS}?format=csv")
    assert told.mimetype == "text/csv"
    assert told.headers["Content-Disposition"] == 'attachment; filename="contributors-aims.csv"'
    data = browser.get(f"{AIMS}?format=json").json
    assert data is not None
    for row, in_csv, in_json in zip(shown, rows_of(told.text), data["contributors"], strict=True):
        assert row[0] == in_csv["name"] == in_json["name"]
        for at, name in ((1, "words_standing"), (3, "words_written"), (5, "revisions")):
            assert row[at] == in_csv[name] == str(in_json[name])
        assert row[2] == f"{in_csv['share']}%" == f"{in_json['share']}%"
        assert in_csv["first_edit"] == in_json["first_edit"]
    assert data["figures"]["words"] == 14
    assert data["figures"]["share_of_largest_1"] == 64.3
    assert sum(sum(month["revisions"].values()) for month in data["months"]) == 3


@pytest.mark.usefixtures("page")
def test_the_charts_have_the_figures_of_the_table(see: See, signed_in: SignIn) -> None:
    seen = see(AIMS, signed_in("facilitator"))
    words = [row.get_text(" ", strip=True) for row in seen.select("#chart-words tbody tr")]
    assert words == ["Ana Lopez 9 64.3%", "Ben Okafor 5 35.7%"]
    months = [row.get_text(" ", strip=True) for row in seen.select("#chart-months tbody tr")]
    assert months == ["March 2026 1 2 3"]


def test_no_cell_of_the_csv_is_a_formula(database: Database, page: Page, signed_in: SignIn) -> None:
    names = ("=HYPERLINK(1)", "+1", "-1", "@SUM(1)")
    with database.begin() as session:
        stored = session.get_one(Page, page.id)
        for name in names:
            who = make.person(session, name="x")
            who.name = name
            make.revision(session, stored, FIRST + name, author=who)
    browser = signed_in("facilitator")
    told = [row["name"] for row in rows_of(browser.get(f"{AIMS}?format=csv").text)]
    assert {f"'{name}" for name in names} < set(told)
    assert not [name for name in told if name.startswith(("=", "+", "-", "@"))]


@pytest.mark.usefixtures("page")
def test_any_earlier_revision_is_told_as_it_stood(see: See, signed_in: SignIn) -> None:
    browser = signed_in("facilitator")
    seen = see(f"{AIMS}?revision=1", browser)
    assert "As it stood at revision 1" in seen.get_text()
    assert [row[:4] for row in lines(seen)] == [["Ana Lopez", "9", "100.0%", "9"]]
    assert figures(seen)["Words"] == "9"
    assert see(f"{AIMS}?revision=99", browser, status=404)
    assert see(f"{AIMS}?revision=last", browser, status=422).select(".govuk-error-summary")


def test_days_narrow_what_was_written_then(
    database: Database, page: Page, see: See, signed_in: SignIn, ana: Person
) -> None:
    with database.begin() as session:
        stored = session.get_one(Page, page.id)
        later = make.NOON.replace(month=6)
        make.revision(session, stored, FIRST + "\nQuite new.\n", author=ana, made_at=later)
    browser = signed_in("facilitator")
    seen = see(f"{AIMS}?from=2026-06-01&to=2026-06-30", browser)
    assert [row[:2] + row[3:6] for row in lines(seen)] == [
        ["Ana Lopez", "2", "2", "100.0%", "1"],
    ]
    assert "Nobody wrote anything then" in see(f"{AIMS}?to=2020-01-01", browser).get_text()
    for asked in ("?from=yesterday", "?from=2026-06-02&to=2026-06-01", "?to=9999-12-31"):
        assert see(AIMS + asked, browser, status=422).select(".govuk-error-summary")


def test_figures_of_some_days_say_so_and_agree_with_each_other(
    database: Database, page: Page, see: See, signed_in: SignIn, ana: Person
) -> None:
    with database.begin() as session:
        stored = session.get_one(Page, page.id)
        text = FIRST + "\nMore about all buses here. Quite new.\n"
        make.revision(
            session, stored, text, author=ana, made_at=make.NOON + timedelta(days=90, hours=1)
        )
    day = (make.NOON + timedelta(days=90)).date()
    browser = signed_in("facilitator")
    asked = f"{AIMS}?from={day}&to={day}"
    seen = see(asked, browser)
    assert [row[:3] for row in lines(seen)] == [["Ana Lopez", "2", "12.5%"]]
    assert "Ana Lopez wrote 12.5% of the words." in seen.get_text()
    told = figures(seen)
    assert told["Words written then that stand"] == "2 of 16 on the page"
    assert told["Words written then by each, on average"] == "2"
    assert "Words" not in told
    statement = seen.select_one("#stretch")
    assert statement is not None
    assert statement.get_text() == (
        "Counted here is what was written from 31 May 2026 to 31 May 2026. "
        "87.5% of the page was written at other times."
    )
    counted = browser.get(f"{asked}&format=json").json["figures"]  # type: ignore[index]  # an object
    assert (counted["words"], counted["words_written_then"]) == (16, 2)
    assert counted["share_written_at_other_times"] == 87.5
    assert figures(see(f"{AIMS}?to=2020-01-01", browser))["Words written then that stand"] == (
        "0 of 16 on the page"
    )
    since = see(f"{AIMS}?from={day}", browser).select_one("#stretch")
    assert since is not None
    assert "since 31 May 2026" in since.get_text()
    assert not see(AIMS, browser).select("#stretch")


def test_the_page_says_why_added_less_removed_is_not_what_stands(
    database: Database, page: Page, see: See, signed_in: SignIn, ben: Person
) -> None:
    with database.begin() as session:
        stored = session.get_one(Page, page.id)
        make.revision(session, stored, "", author=ben)
        make.revision(session, stored, FIRST + "\nTrees.\n", author=ben)
    seen = see(AIMS, signed_in("facilitator"))
    added, removed, standing = (sum(int(row[at]) for row in lines(seen)) for at in (8, 9, 1))
    assert added - removed < standing
    assert "not added once more" in seen.get_text()


@pytest.mark.usefixtures("page")
def test_days_may_be_written_day_first(see: See, signed_in: SignIn) -> None:
    browser = signed_in("facilitator")
    for first, last in (("02/03/2026", "2/3/2026"), ("2.3.2026", "02.03.2026")):
        seen = see(f"{AIMS}?from={first}&to={last}", browser)
        assert "from 2 March 2026 to 2 March 2026" in seen.get_text()
        assert len(lines(seen)) == 2
        assert [one["value"] for one in seen.select("input[type=date]")] == ["2026-03-02"] * 2
    for wrong in ("31/02/2026", "03/31/2026", "1/1/26"):
        assert see(f"{AIMS}?from={wrong}", browser, status=422).select(".govuk-error-summary")


@pytest.mark.usefixtures("page")
def test_links_sort_the_table_and_turn_it_round(see: See, signed_in: SignIn) -> None:
    browser = signed_in("facilitator")
    seen = see(AIMS, browser)
    head = seen.select_one("th[aria-sort]")
    assert head is not None
    assert (head["aria-sort"], head.get_text(strip=True)) == ("descending", "Words standing▼")
    addresses = [str(link["href"]) for link in seen.select(".sort-header__link")]
    assert len(addresses) == 11
    for address in addresses:
        names = [row[0] for row in lines(see(address.partition("#")[0], browser))]
        assert sorted(names) == ["Ana Lopez", "Ben Okafor"]
    assert [row[0] for row in lines(see(f"{AIMS}?sort=name&order=down", browser))] == [
        *("Ben Okafor", "Ana Lopez")
    ]
    assert lines(see(f"{AIMS}?sort=revisions", browser))[0][0] == "Ben Okafor"


def test_of_many_contributors_fifty_are_shown_at_first(
    database: Database, see: See, signed_in: SignIn
) -> None:
    with database.begin() as session:
        text = "begin"
        page = make.page(session, path="aims", text=text)
        for number in range(60):
            text += f" word{number}"
            make.revision(session, page, text)
    browser = signed_in("facilitator")
    seen = see(AIMS, browser)
    assert len(lines(seen)) == 50
    link = seen.find("a", string=re.compile("Show all 61"))
    assert link is not None
    assert len(lines(see(str(link["href"]).partition("#")[0], browser))) == 61
    shares = [float(row[2].rstrip("%")) for row in lines(see(f"{AIMS}?show=all", browser))]
    assert round(sum(shares), 6) == 100


def test_a_long_history_asks_the_database_no_more(
    database: Database, see: See, signed_in: SignIn, recorded: Recorder, page: Page
) -> None:
    browser = signed_in("facilitator")
    counts: list[int] = []
    for _ in range(2):
        see(AIMS, browser)
        with recorded() as statements:
            see(f"{AIMS}?sort=name&order={len(counts)}", browser)
        counts.append(len(statements))
        assert not [one for one in statements if "authorship_ledger" in one]
        with database.begin() as session:
            stored = session.get_one(Page, page.id)
            for number in range(60):
                make.revision(session, stored, f"{FIRST} {number} and more", author=None)
    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize("text", ["", "\n\n", "---\ntitle: Nothing\n---\n"])
def test_a_page_without_words_has_figures(
    database: Database, see: See, signed_in: SignIn, text: str
) -> None:
    with database.begin() as session:
        make.page(session, path="aims", text=text, author=make.person(session, name="Ana"))
    seen = see(AIMS, signed_in("facilitator"))
    assert [row[:4] for row in lines(seen)] == [["Ana", "0", "0.0%", "0"]]
    assert figures(seen)["As if shared equally by"] == "Nobody yet"
    assert not see("/pages/aims").select(".whose-words")


def test_old_addresses_lead_on_and_deleted_pages_keep_their_figures(
    database: Database, page: Page, client: FlaskClient, ana: Person, see: See, signed_in: SignIn
) -> None:
    with database.begin() as session:
        stored = session.get_one(Page, page.id)
        make.revision(session, stored, None, author=ana, kind="rename", path="goals")  # type: ignore[arg-type]  # keeps the text
    moved = client.get(f"{AIMS}?sort=name")
    assert (moved.status_code, moved.location) == (301, "/pages/goals/contributors?sort=name")
    with database.begin() as session:
        stored = session.get_one(Page, page.id)
        make.revision(session, stored, None, author=ana, kind="delete")  # type: ignore[arg-type]  # keeps the text
    browser = signed_in("facilitator")
    gone = see("/pages/goals/contributors", browser)
    for seen in (gone, see("/pages/goals/authorship", browser)):
        assert "Deleted by Ana Lopez" in seen.get_text()
    assert [row[:3] for row in lines(gone)] == [
        ["Ana Lopez", "9", "64.3%"],
        ["Ben Okafor", "5", "35.7%"],
    ]
    assert figures(gone)["Sections"] == "1"
    assert not gone.select("a[href$='/edit']")


def test_who_left_stays_by_name_as_in_the_history(
    database: Database, page: Page, see: See, signed_in: SignIn, ana: Person
) -> None:
    with database.begin() as session:
        session.execute(sa.update(Person).where(Person.id == ana.id).values(state="deactivated"))
    assert page.path == "aims"
    assert lines(see(AIMS, signed_in("facilitator")))[0][0] == "Ana Lopez former member"

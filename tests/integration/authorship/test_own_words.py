"""What a page's head says of its authors, and what members see of what became of their words."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from tests import make
from tests.integration.authorship.conftest import FIRST, Decide, See
from wiki.authorship.queries import own_words
from wiki.authorship.service import ensure
from wiki.pages.models import Page, PageLimit
from wiki.pages.queries.sight import EVERYTHING
from wiki.people.models import Person
from wiki.storage.engine import Database

SignIn = Callable[..., FlaskClient]


def head_line(see: See, browser: FlaskClient | None = None) -> str:
    """Return what is said above the page about whose words it has."""
    found = see("/pages/aims", browser) if browser else see("/pages/aims")
    return " ".join(" ".join(one.get_text().split()) for one in found.select(".whose-words"))


@pytest.mark.usefixtures("page")
def test_the_head_of_a_page_names_its_authors_to_whom_it_may(
    see: See, signed_in: SignIn, signed_in_as: SignIn, ben: Person, decide: Decide
) -> None:
    named = "Words by Ana Lopez (64%) and Ben Okafor (36%). Who wrote how much"
    assert head_line(see, signed_in("facilitator")) == named
    assert head_line(see) == head_line(see, signed_in()) == "Words by 2 people"
    own = "Words by you (36%) and one other. Who wrote how much"
    assert head_line(see, signed_in_as(ben)) == own
    decide(figures="off")
    assert head_line(see) == head_line(see, signed_in("facilitator")) == ""
    assert head_line(see, signed_in_as(ben)) == "Words by you (36%). Who wrote how much"


def test_of_many_authors_two_are_named(
    database: Database, see: See, signed_in: SignIn, page: Page
) -> None:
    with database.begin() as session:
        stored = session.get_one(Page, page.id)
        text = FIRST + "\nMore about all buses here."
        for word in ("one", "two", "three"):
            text += f" {word}"
            make.revision(session, stored, text)
        program = make.person(session, name="Robot", is_program=True)
        make.revision(session, stored, f"{text} by a program of ours", author=program)
    told = head_line(see, signed_in("facilitator"))
    assert told == "Words by Ana Lopez (41%), Ben Okafor (23%) and 3 others. Who wrote how much"
    assert head_line(see) == "Words by 5 people"


@pytest.mark.usefixtures("page")
def test_an_earlier_revision_has_no_such_line(see: See) -> None:
    assert see("/pages/aims").select(".whose-words")
    assert not see("/pages/aims/revisions/1").select(".whose-words")


@pytest.mark.usefixtures("page")
def test_tabs_lead_to_contributors_unless_there_is_nothing_to_see(
    see: See, signed_in: SignIn, decide: Decide
) -> None:
    for where in ("", "/history", "/links"):
        assert see(f"/pages/aims{where}").select("a[href='/pages/aims/contributors']")
    decide(figures="off")
    assert not see("/pages/aims").select("a[href='/pages/aims/contributors']")
    assert see("/pages/aims", signed_in()).select("a[href='/pages/aims/contributors']")


def test_members_see_what_became_of_their_words(
    database: Database, see: See, signed_in_as: SignIn, page: Page, ana: Person, ben: Person
) -> None:
    shorter = "# Aims\n\nWe want to hear from everybody.\n"
    with database.begin() as session:
        make.revision(session, session.get_one(Page, page.id), shorter, author=ben)
        make.page(session, path="left", text="Left as it was", author=ana)
    seen = see(f"/members/{ana.id}", signed_in_as(ana))
    section = seen.select_one("section[aria-labelledby=words]")
    assert section is not None
    told = " ".join(section.get_text().split())
    assert "What became of your words" in told
    assert "Words standing now 11 of 13 written" in told
    assert "Words that others reworked 2" in told
    rows = [
        " ".join(row.get_text().split()) for row in section.select("table.stacked-table tbody tr")
    ]
    assert rows == [
        "Aims 7 9 2 March 2026 3 edits by others",
        "Left 4 4 2 March 2026 As it was left",
    ]
    link = section.select_one("td a")
    assert link is not None
    assert link["href"] == "/pages/aims/compare/1..4"


def test_words_that_came_back_were_not_reworked(
    database: Database, see: See, signed_in_as: SignIn, page: Page, ana: Person, ben: Person
) -> None:
    shorter = "# Aims\n\nWe want to hear from everybody.\n"
    with database.begin() as session:
        stored = session.get_one(Page, page.id)
        for text in ("", FIRST, shorter, "", shorter):
            make.revision(session, stored, text, author=ben)
    told = " ".join(see(f"/members/{ana.id}", signed_in_as(ana)).get_text().split())
    assert "Words standing now 7 of 9 written" in told
    assert "Words that others reworked 2" in told


def test_imported_history_that_is_set_apart_is_not_among_the_words_of_a_member(
    database: Database, see: See, signed_in_as: SignIn, decide: Decide, ana: Person, ben: Person
) -> None:
    with database.begin() as session:
        text = "Five words of old times"
        page = make.page(session, path="old", text=text, author=ana, is_imported=True)
        only = make.page(session, path="older", text="Quite old", author=ben, is_imported=True)
        text += "\n\nThree new words"
        make.revision(session, page, text, author=ana)
        make.revision(session, page, text.replace("old ", ""), author=ben)
        make.revision(session, only, "Very old", author=ana)

    def told(who: Person) -> str:
        seen = see(f"/members/{who.id}", signed_in_as(who)).select_one("[aria-labelledby=words]")
        assert seen is not None
        return " ".join(seen.get_text().split())

    assert "Words standing now 8 of 9 written" in told(ana)
    assert "Words that others reworked 1" in told(ana)
    assert "imported" not in told(ana)
    decide(imports="apart")
    assert "Words standing now 4 of 4 written" in told(ana)
    assert "Words that others reworked 0" in told(ana)
    assert "4 words stand today." in told(ana)
    assert "4 words that came with an imported history stand, too." in told(ana)
    assert "One word that came with an imported history stands, too." in told(ben)
    assert "not written any" not in told(ben)
    home = see("/", signed_in_as(ana)).select_one(".my-words")
    assert home is not None
    assert "4 of your words" in home.get_text()


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("level", ["off", "totals", "teams", "facilitators", "members"])
def test_others_see_the_words_of_a_member_only_where_that_was_decided(
    decide: Decide, signed_in: SignIn, see: See, ana: Person, level: str
) -> None:
    decide(figures=level)
    address = f"/members/{ana.id}"
    assert not see(address).select("#words")
    assert bool(see(address, signed_in()).select("#words")) == (level == "members")
    sees = level in {"members", "facilitators"}
    assert bool(see(address, signed_in("facilitator")).select("#words")) == sees


def test_pages_that_one_may_not_see_are_in_no_figure(
    database: Database, see: See, signed_in_as: SignIn, page: Page, ana: Person
) -> None:
    with database.begin() as session:
        make.page(session, path="vault", text="Secret words of Ana", author=ana)
        session.add(PageLimit(path="vault", act="read", kind="role", value="admin"))
    told = see(f"/members/{ana.id}", signed_in_as(ana)).get_text()
    assert page.title in told
    assert "of 9 written" in " ".join(told.split())
    assert "vault" not in told.casefold()


def test_who_has_not_written_is_offered_one_place_to_begin(
    database: Database, see: See, signed_in_as: SignIn
) -> None:
    with database.begin() as session:
        new = make.person(session, name="Nia New")
        make.page(session, path="buses", text="# Buses\n\n## Night buses\n\nTODO\n")
    browser = signed_in_as(new)
    seen = see(f"/members/{new.id}", browser)
    assert "most people begin by reading" in seen.get_text()
    assert [one.get_text() for one in seen.select(".gap-row__link")] == ["Night buses"]
    button = seen.select_one(".govuk-button[href]")
    assert button is not None
    assert browser.get(str(button["href"])).status_code == 200
    assert not see("/", browser).select(".my-words")


def test_who_only_took_words_out_has_written_none(
    database: Database, see: See, signed_in: SignIn, signed_in_as: SignIn, page: Page
) -> None:
    with database.begin() as session:
        new = make.person(session, name="Nia New")
        make.revision(session, session.get_one(Page, page.id), "We want to hear", author=new)
    seen = see(f"/members/{new.id}", signed_in_as(new))
    told = seen.get_text()
    assert "most people begin by reading" in told
    assert "0 written" not in told
    assert "a start that" not in told
    assert not seen.select("#chart-standing")
    assert not see(f"/members/{new.id}", signed_in("facilitator")).select("#words")


@pytest.mark.usefixtures("page")
def test_account_and_home_lead_there(see: See, signed_in_as: SignIn, ana: Person) -> None:
    browser = signed_in_as(ana)
    way = f"/members/{ana.id}#words"
    assert see("/account", browser).select(f"a[href='{way}']")
    home = see("/", browser).select_one(".my-words")
    assert home is not None
    assert "9 of your words stand on this wiki" in home.get_text()
    assert home.select(f"a[href='{way}']")


def test_words_standing_over_time_add_up(database: Database, page: Page, ana: Person) -> None:
    with database.begin() as session:
        stored = session.get_one(Page, page.id)
        later = make.NOON + timedelta(days=40)
        make.revision(session, stored, "We want to hear", author=ana, made_at=later)
    zone = ZoneInfo("Europe/London")
    own_words_of = own_words.standing_over_time
    own = [make.NOON.date().replace(month=month, day=1) for month in (2, 3, 4, 5)]
    ensure(database, [page.id])
    with database.reading() as session:
        assert own_words_of(session, ana.id, EVERYTHING, own, zone) == [0, 9, 4, 4]
        assert own_words_of(session, ana.id, EVERYTHING, own[2:], zone) == [4, 4]
        assert own_words_of(session, ana.id, EVERYTHING, [], zone) == []


def test_an_administrator_says_who_is_a_program_and_who_sees_figures(
    database: Database, see: See, signed_in: SignIn, ana: Person
) -> None:
    browser = signed_in("admin")
    form = {"name": "Ana Lopez", "role": "member", "team": "", "state": "active"}
    assert (
        browser.post(f"/members/{ana.id}/edit", data={**form, "is_program": "1"}).status_code == 303
    )
    with database.reading() as session:
        assert session.get_one(Person, ana.id).is_program
    assert see(f"/members/{ana.id}/edit", browser).select("#is_program[checked]")
    assert browser.post(f"/members/{ana.id}/edit", data=form).status_code == 303
    assert not see(f"/members/{ana.id}/edit", browser).select("#is_program[checked]")
    standard = see("/settings", browser).select_one("input[name=figures][checked]")
    assert standard is not None
    assert standard["value"] == "facilitators"
    decided = {"name": "Riverton", "readers": "everybody", "sign_up": "closed"}
    told = browser.post("/settings", data={**decided, "figures": "totals", "imports": "apart"})
    assert told.status_code == 303
    seen = see("/settings", browser)
    assert seen.select("input[name=figures][value=totals][checked]")
    assert seen.select("input[name=imports][value=apart][checked]")
    assert browser.post("/settings", data={**decided, "figures": "all"}).status_code == 422

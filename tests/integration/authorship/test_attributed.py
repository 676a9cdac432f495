"""The page that says who wrote what, asking about words, and what each may be told."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests import make
from tests.integration.authorship.conftest import FIRST, Decide, See
from tests.integration.authorship.marks import AIMS, ANA, BEN, answers, heading, legend, notes, runs
from wiki.pages.models import Page, PageLimit
from wiki.people.models import Person
from wiki.storage.engine import Database

SignIn = Callable[..., FlaskClient]
OPENING = "We want to hear from everybody in town."


@pytest.mark.usefixtures("page")
def test_every_run_is_marked_with_its_author_and_told_of(see: See, signed_in: SignIn) -> None:
    seen = see(AIMS, signed_in("facilitator"))
    assert legend(seen) == ["1 Ana Lopez 64.3%", "2 Ben Okafor 35.7%"]
    assert runs(seen) == [
        ("series-1", "We want to hear from everybody in town."),
        ("series-2", "More about"),
        ("series-2", "all"),
        ("series-2", "buses here."),
    ]
    assert notes(seen) == [
        f"By {ANA}, revision 1 9 words, “{OPENING}” Read this revision (revision 1)",
        f"By {BEN}, revision 2 4 words in 2 places, “More about” See what changed (revision 2)",
        f"By {BEN}, revision 3 1 word, “all” See what changed (revision 3)",
    ]
    links = [str(one["href"]) for one in seen.select(".attributed-notes__more a")]
    assert links == [
        "/pages/aims/revisions/1",
        *(f"/pages/aims/compare/{n}..{n + 1}" for n in (1, 2)),
    ]
    for number in seen.select(".by-number"):
        assert seen.select(f"[id='{str(number['href'])[1:]}']")


@pytest.mark.usefixtures("page")
def test_one_person_stands_out_and_everybody_has_a_link_for_that(
    see: See, signed_in: SignIn, ben: Person
) -> None:
    browser = signed_in("facilitator")
    links = [str(one["href"]) for one in see(AIMS, browser).select("a[data-choose]")]
    assert f"{AIMS}?view=people&by={ben.id}" in links
    seen = see(f"{AIMS}?by={ben.id}", browser)
    assert {one.get_text() for one in seen.select(".by--chosen")} == {
        *("More about", "all", "buses here.")
    }
    assert seen.select(".attributed--choice")
    for wanted in ("99999", "own", "1e9", "<b>", "person-1"):
        nobody = see(f"{AIMS}?by={quote(wanted)}", browser)
        assert not nobody.select(".by--chosen, .attributed--choice")
        assert "Nobody stands out" in nobody.get_text()


def test_words_are_shown_by_age_as_well(
    database: Database, page: Page, see: See, signed_in: SignIn, ana: Person
) -> None:
    with database.begin() as session:
        stored = session.get_one(Page, page.id)
        text = FIRST + "\nMore about all buses here. Quite new, all of this.\n"
        make.revision(session, stored, text, author=ana, made_at=make.NOON.replace(month=6))
    seen = see(f"{AIMS}?view=age&by=1", signed_in("facilitator"))
    assert [one.rsplit(" ", 1)[0] for one in legend(seen)] == ["1 2 Jun 2026", "4 2 Mar 2026"]
    assert sum(float(one.rsplit(" ", 1)[1].rstrip("%")) for one in legend(seen)) == 100
    assert {look for look, _ in runs(seen)} == {"age-1", "age-4"}
    assert [one.get_text() for one in seen.select(".by--chosen")] == ["Quite new, all of this."]


@pytest.mark.usefixtures("page")
def test_any_earlier_revision_is_marked_as_it_stood(see: See, signed_in: SignIn) -> None:
    browser = signed_in("facilitator")
    seen = see(f"{AIMS}?revision=2", browser)
    assert "As it stood at revision 2" in seen.get_text()
    assert runs(seen)[-1] == ("series-2", "More about buses here.")
    assert legend(see(f"{AIMS}?revision=1", browser)) == ["1 Ana Lopez 100.0%"]
    assert see(f"{AIMS}?revision=99", browser, status=404)
    assert see(f"{AIMS}?revision=last", browser, status=422).select(".govuk-error-summary")
    asked = see(f"{AIMS}?revision=2&words=all", browser)
    assert heading(asked) == "These words did not stand on this page then"


def test_the_same_person_has_the_same_look_as_on_the_contributors_page(
    database: Database, see: See, signed_in: SignIn
) -> None:
    with database.begin() as session:
        page = make.page(session, path="aims", text="begin")
        text = "begin"
        for number in range(12):
            text += "".join(f" word{number}x{other}" for other in range(20 - number))
            who = make.person(session, name=f"Writer {number}")
            make.revision(session, page, text, author=who)
    browser = signed_in("facilitator")
    seen = see(AIMS, browser)
    rows = see("/pages/aims/contributors", browser).select(".contributor-table tbody th")
    names = [row.get_text(strip=True) for row in rows]
    assert [one.split(" ", 1)[1].rsplit(" ", 1)[0] for one in legend(seen)] == names
    looks = [str(key["class"][1]) for key in seen.select(".attributed-legend .attributed-key")]
    assert looks == [*(f"series-{n}" for n in range(1, 9)), *["series-others"] * 5]
    shares = [float(one.rsplit(" ", 1)[1].rstrip("%")) for one in legend(seen)]
    assert round(sum(shares), 6) == 100


LEVELS = ("off", "totals", "teams", "facilitators", "members")
SEES = {("facilitators", "facilitator"), ("members", "facilitator"), ("members", "member")}
ASKED = ("", "?view=people", "?view=age", "?words=buses", "?words=everybody&revision=2", "?by=2")


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("role", ["nobody", "member", "facilitator"])
def test_others_are_named_and_counted_only_where_that_was_decided(
    decide: Decide, signed_in: SignIn, client: FlaskClient, see: See, level: str, role: str
) -> None:
    decide(figures=level)
    browser = client if role == "nobody" else signed_in(role)
    is_open = (level, role) in SEES
    for asked in ASKED:
        seen = see(AIMS + asked, browser)
        text = str(seen.select_one("main"))
        assert ("Ana Lopez" in text or "Ben Okafor" in text) == is_open
        assert "Housing" not in text
        assert any(" word" in note for note in notes(seen)) == is_open
        assert bool(runs(seen)) == (level != "off")
    asked_about = see(f"{AIMS}?words=all+buses", browser)
    if level == "off" and role == "nobody":
        assert not asked_about.select(".found, form[action$=authorship]")
    else:
        assert heading(asked_about) == "These words stand here once"
        assert ("revision 3" in str(answers(asked_about))) == (level != "off")


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("level", LEVELS)
def test_ones_own_words_are_always_marked_and_counted(
    decide: Decide, signed_in_as: SignIn, see: See, ben: Person, level: str
) -> None:
    decide(figures=level)
    seen = see(f"{AIMS}?words=more+about+all&by={ben.id}", signed_in_as(ben))
    assert [one for one in legend(seen) if "You" in one] == [
        "1 You 35.7%" if level == "off" else "2 You 35.7%"
    ]
    own = [one for one in notes(seen) if one.startswith("By you, ")]
    assert own[0].startswith("By you, 2 March 2026, revision 2 4 words in 2 places")
    assert len(own) == 2
    words = [one.get_text() for one in seen.select(".by--chosen")]
    assert words == ["More about", "all", "buses here."]
    assert (len(runs(seen)) == 3) == (level == "off")
    assert answers(seen)[0].startswith("More about By you, 2 March 2026, revision 2")


def test_teams_of_five_or_more_are_named_where_people_are_not(
    database: Database, signed_in: SignIn, see: See, decide: Decide
) -> None:
    decide(figures="teams")
    with database.begin() as session:
        page = make.page(session, path="aims", text="begin")
        text = "begin"
        for name, size in (("Parks", 6), ("Libraries", 5), ("Mayor", 1)):
            team = make.team(session, name)
            for number in range(size):
                text += f" {name}{number}"
                who = make.person(session, team_id=team.id)
                make.revision(session, page, text, author=who)
    seen = see(f"{AIMS}?by=small&words=mayor0", signed_in())
    assert legend(seen) == ["1 Small teams, 7 people 53.8%", "2 Parks, 6 people 46.2%"]
    assert {note.split(",")[0] for note in notes(seen)} == {
        "By Parks",
        "By somebody of a small team",
    }
    assert "Mayor0" in str(seen.select(".by--chosen"))
    assert "By somebody of a small team" in answers(seen)[0]


def test_a_reader_who_sees_totals_is_shown_ages_as_all_authors_look_alike(
    see: See, client: FlaskClient, page: Page
) -> None:
    assert page.path == "aims"
    assert {look for look, _ in runs(see(AIMS, client))} == {"age-3"}
    seen = see(f"{AIMS}?view=people", client)
    assert legend(seen) == ["1 All 2 people 100.0%"]
    assert {note.split(",")[0] for note in notes(seen)} == {"By one of 2 people"}


def test_a_reviewer_is_told_who_wrote_a_passage_and_not_how_much(
    decide: Decide, see: See, signed_in: SignIn, page: Page
) -> None:
    browser = signed_in("reviewer")
    seen = see(f"{AIMS}?view=people&words=buses", browser)
    assert [one.get_text() for one in seen.select(".found .author")] == ["Ben Okafor"]
    told = notes(seen)
    assert {note.split(",")[0] for note in told} == {"By Ana Lopez", "By Ben Okafor"}
    assert not [note for note in told if " word" in note]
    assert legend(seen) == ["1 All 2 people 100.0%"]
    assert "Ana" not in see(f"/pages/{page.path}/contributors", browser).get_text()
    decide(figures="teams")
    assert "By one of 2 people" in str(notes(see(f"{AIMS}?view=people", browser)))


def test_a_hidden_page_answers_as_one_that_is_not_there(
    database: Database, page: Page, signed_in: SignIn, client: FlaskClient
) -> None:
    with database.begin() as session:
        session.add(PageLimit(path=page.path, act="read", kind="role", value="admin"))
    for browser in (signed_in("facilitator"), client):
        for asked in ("", "?revision=1", "?words=everybody", "?view=age"):
            hidden = browser.get(AIMS + asked)
            missing = browser.get(f"/pages/none/authorship{asked}")
            assert (hidden.status_code, missing.status_code) == (404, 404)
            assert hidden.text.replace("aims", "none") == missing.text
    assert signed_in("admin").get(AIMS).status_code == 200


@pytest.mark.usefixtures("page")
def test_where_only_members_read_nobody_else_is_told(decide: Decide, client: FlaskClient) -> None:
    decide(readers="members", figures="members")
    for asked in ("", "?words=everybody"):
        answer = client.get(AIMS + asked)
        assert answer.status_code != 200
        assert "Ana" not in answer.text


def test_old_addresses_lead_on_and_deleted_pages_are_still_told_of(
    database: Database, page: Page, see: See, signed_in: SignIn, ana: Person
) -> None:
    browser = signed_in("facilitator")
    with database.begin() as session:
        stored = session.get_one(Page, page.id)
        make.revision(session, stored, None, author=ana, kind="rename", path="goals")  # type: ignore[arg-type]  # keeps the text
    moved = browser.get(f"{AIMS}?words=all")
    assert (moved.status_code, moved.location) == (301, "/pages/goals/authorship?words=all")
    with database.begin() as session:
        stored = session.get_one(Page, page.id)
        make.revision(session, stored, None, author=ana, kind="delete")  # type: ignore[arg-type]  # keeps the text
    gone = see("/pages/goals/authorship", browser)
    assert "Deleted by Ana Lopez" in gone.get_text()
    assert legend(gone) == ["1 Ana Lopez 64.3%", "2 Ben Okafor 35.7%"]


@pytest.mark.parametrize("text", ["", "\n\n", "---\ntitle: Nothing\n---\n"])
def test_a_page_without_words_says_so(
    database: Database, see: See, signed_in: SignIn, text: str
) -> None:
    with database.begin() as session:
        make.page(session, path="aims", text=text, author=make.person(session, name="Ana"))
    browser = signed_in("facilitator")
    for asked in ("", "?view=age", "?words=a&by=1"):
        assert "Nothing written here yet" in see(AIMS + asked, browser).get_text()


def test_programs_and_those_who_left_are_called_so(
    database: Database, page: Page, see: See, signed_in: SignIn, ana: Person, ben: Person
) -> None:
    with database.begin() as session:
        session.execute(sa.update(Person).where(Person.id == ana.id).values(state="deactivated"))
        session.execute(sa.update(Person).where(Person.id == ben.id).values(is_program=True))
    assert page.path == "aims"
    seen = see(AIMS, signed_in("facilitator"))
    assert legend(seen) == ["1 Ana Lopez (former member) 64.3%", "2 Automatic 35.7%"]
    assert {note.split(",")[0] for note in notes(seen)} == {
        *("By Ana Lopez (former member)", "By a program")
    }


@pytest.mark.usefixtures("page")
def test_an_unchanged_page_is_not_sent_again(signed_in: SignIn) -> None:
    browser = signed_in("facilitator")
    first = browser.get(AIMS)
    again = browser.get(AIMS, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert first.headers["Vary"] == "Cookie"

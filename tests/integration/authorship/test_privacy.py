"""Who sees whose figures on the contributors page, in whichever form it is asked for."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests import make
from tests.integration.authorship.conftest import AIMS, Decide, See, lines
from wiki.pages.models import Page, PageLimit
from wiki.people.models import Person
from wiki.storage.engine import Database

SignIn = Callable[..., FlaskClient]

LEVELS = ("off", "totals", "teams", "facilitators", "members")
SEES = {("facilitators", "facilitator"), ("members", "facilitator"), ("members", "member")}


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("role", ["nobody", "member", "facilitator"])
def test_names_and_teams_stand_with_figures_only_where_that_was_decided(
    decide: Decide, signed_in: SignIn, client: FlaskClient, level: str, role: str
) -> None:
    decide(figures=level)
    browser = client if role == "nobody" else signed_in(role)
    answers = [browser.get(f"{AIMS}{asked}").text for asked in ("", "?format=csv", "?format=json")]
    answers += [browser.get(f"{AIMS}?revision=2&sort=name").text]
    head = BeautifulSoup(browser.get("/pages/aims").text, "html.parser").select_one(".whose-words")
    answers.append(str(head))
    for answer in answers:
        is_named = "Ana Lopez" in answer or "Ben Okafor" in answer
        assert is_named == ((level, role) in SEES)
        assert "Housing" not in answer
        assert "author=" not in answer or is_named
    assert (head is None) == (level == "off")
    assert ("64.3" in answers[0]) == ((level, role) in SEES)
    assert ("Words" in answers[0]) == (level != "off")


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("level", LEVELS)
def test_ones_own_figures_are_always_there(
    decide: Decide, signed_in_as: SignIn, see: See, ben: Person, level: str
) -> None:
    decide(figures=level)
    browser = signed_in_as(ben)
    own = [row for row in lines(see(AIMS, browser)) if row[0] == "You"]
    assert [row[1:4] for row in own] == [["5", "35.7%", "5"]]
    data = browser.get(f"{AIMS}?format=json").json
    assert data is not None
    assert [one["name"] for one in data["contributors"] if one["kind"] == "own"] == ["Ben Okafor"]
    assert (data["figures"] is None) == (level == "off")


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("level", ["totals", "teams", "facilitators"])
def test_of_fewer_than_five_no_more_is_told_than_the_page_does(
    decide: Decide, signed_in_as: SignIn, see: See, client: FlaskClient, ana: Person, level: str
) -> None:
    decide(figures=level)
    everybody = lines(see(AIMS))
    assert [row[:3] + row[5:6] for row in everybody] == [["All 2 people", "14", "100.0%", "3"]]
    own, other = lines(see(AIMS, signed_in_as(ana)))
    assert own[0] == "You"
    assert other[:3] + other[5:6] == ["One other person", "5", "35.7%", "2"]
    for row in (everybody[0], other):
        assert {row[at] for at in (3, 4, 6, 7, 8, 9)} == {"\u2013not shown"}
        assert row[10:] == ["", ""]
    data = client.get(f"{AIMS}?format=json").json
    assert data is not None
    (line,) = data["contributors"]
    for name in ("words_written", "surviving", "sittings", "first_edit", "words_removed"):
        assert line[name] is None
    for name in ("share_of_largest_1", "effective_contributors"):
        assert data["figures"][name] is None
    assert "All 2 people,rest,2,14,100.0,,,3,,,,,," in client.get(f"{AIMS}?format=csv").text
    assert see(AIMS).select("#few")


def test_teams_of_five_or_more_are_shown_and_nobody_else(
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
    names = [row[0] for row in lines(see(AIMS, signed_in()))]
    assert names == ["Small teams, 7 people", "Parks, 6 people"]


def test_a_hidden_page_has_no_figures_in_any_form(
    database: Database, page: Page, signed_in: SignIn
) -> None:
    with database.begin() as session:
        session.add(PageLimit(path=page.path, act="read", kind="role", value="admin"))
    browser = signed_in("facilitator")
    for asked in ("", "?format=csv", "?format=json", "?revision=1"):
        hidden, missing = browser.get(AIMS + asked), browser.get(f"/pages/none/contributors{asked}")
        assert (hidden.status_code, missing.status_code) == (404, 404)
        assert hidden.text.replace("aims", "none") == missing.text
    assert signed_in("admin").get(AIMS).status_code == 200


@pytest.mark.usefixtures("page")
def test_where_only_members_read_nobody_else_sees_figures(
    decide: Decide, client: FlaskClient
) -> None:
    decide(readers="members", figures="members")
    for asked in ("", "?format=csv", "?format=json"):
        answer = client.get(AIMS + asked)
        assert answer.status_code != 200
        assert "Ana" not in answer.text

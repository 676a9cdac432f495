"""What members say about themselves, and leaving."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask.testing import FlaskClient

from tests import make
from tests.integration.people.ways import (
    EMAIL,
    PASSWORD,
    decide,
    happened,
    make_older,
    person,
    sign_in,
    who_is_in,
)
from wiki.clock import utc_now
from wiki.errors import Invalid, NotFound
from wiki.mail.letters import Letter
from wiki.people import commands, service
from wiki.people.models import Person, SignIn
from wiki.storage.engine import Database

Browser = Callable[[], FlaskClient]


@pytest.fixture
def inside(browser: Browser, ana: Person) -> FlaskClient:
    assert ana.email == EMAIL
    client = browser()
    sign_in(client)
    return client


def ana_now(database: Database) -> Person:
    found = person(database, EMAIL)
    assert found is not None
    return found


def test_members_say_who_they_are(inside: FlaskClient, database: Database) -> None:
    form = {"name": "Ana  Lopez-Roe", "about": "I plan parks.\r\nAsk me.", "role": "admin"}
    assert inside.post("/account/profile", data=form).location == "/account"
    account = inside.get("/account").text
    assert "Your profile has been saved." in account
    assert "Ana Lopez-Roe" in account
    now = ana_now(database)
    assert (now.name, now.about, now.role) == ("Ana Lopez-Roe", "I plan parks.\nAsk me.", "member")
    assert happened(database, "person.changed") == 1
    inside.post("/account/profile", data=form)
    assert happened(database, "person.changed") == 1


@pytest.mark.parametrize(
    ("field", "value"), [("name", " "), ("name", "A\nB"), ("about", "x" * 1001)]
)
def test_what_cannot_be_taken_is_said_and_kept(
    inside: FlaskClient, database: Database, field: str, value: str
) -> None:
    form = {"name": "Ana", "about": "I plan parks."} | {field: value}
    answer = inside.post("/account/profile", data=form)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert form["about"] in answer.text
    assert ana_now(database).name == "Ana Lopez"


@pytest.mark.parametrize(("teams", "is_taken"), [("administrators", False), ("members", True)])
def test_a_team_opens_pages_so_members_choose_only_if_allowed(
    inside: FlaskClient, database: Database, teams: str, *, is_taken: bool
) -> None:
    decide(database, teams=teams)
    with database.begin() as session:
        team_id = make.team(session, "Parks").id
    assert ("<option" in inside.get("/account/profile").text.split("time_zone")[0]) == is_taken
    inside.post("/account/profile", data={"name": "Ana", "team": str(team_id)})
    assert ana_now(database).team_id == (team_id if is_taken else None)
    wrong = inside.post("/account/profile", data={"name": "Ana", "team": "99"})
    assert wrong.status_code == (422 if is_taken else 303)


def test_who_leaves_is_out_everywhere_and_what_they_wrote_stays(
    inside: FlaskClient,
    browser: Browser,
    database: Database,
    ana: Person,
    outbox: Callable[[], list[Letter]],
) -> None:
    with database.begin() as session:
        make.page(session, author=ana)
    there = browser()
    sign_in(there)
    wrong = inside.post("/account/leave", data={"password": "wrong wrong wrong"})
    assert (wrong.status_code, ana_now(database).state) == (422, "active")
    assert inside.get("/account/leave").status_code == 200
    assert inside.post("/account/leave", data={"password": PASSWORD}).location == "/"
    assert (who_is_in(inside), who_is_in(there)) == ("nobody", "nobody")
    assert "You have left the wiki." in inside.get("/").text
    assert ana_now(database).state == "deactivated"
    assert "Ana Lopez" in browser().get("/pages/aims/history").text
    assert outbox()[-1].subject == "You have left Manyhands"
    assert sign_in(browser()).status_code == 422


def test_without_a_password_one_leaves_soon_after_signing_in(
    signed_in: Callable[..., FlaskClient], database: Database
) -> None:
    decide(database, readers="members")
    client = signed_in()
    make_older(database, SignIn, made_at=utc_now() - timedelta(hours=2))
    assert client.post("/account/leave").status_code == 422
    make_older(database, SignIn, made_at=utc_now())
    assert client.post("/account/leave").location == "/sign-in"


def test_the_only_administrator_cannot_leave(
    signed_in: Callable[..., FlaskClient], database: Database
) -> None:
    client = signed_in("admin")
    answer = client.post("/account/leave")
    assert answer.status_code == 422
    assert "only administrator" in answer.text
    with database.reading() as session:
        assert session.scalars(sa.select(Person.state)).one() == "active"


@pytest.mark.usefixtures("ana")
def test_a_command_shuts_a_member_out_and_another_lets_them_in_again(
    database: Database, browser: Browser
) -> None:
    def run(*words: str) -> str:
        return CliRunner().invoke(commands.people, list(words), obj=database).output

    client = browser()
    sign_in(client)
    assert run("deactivate", EMAIL) == "Ana Lopez was deactivated.\n"
    assert who_is_in(client) == "nobody"
    assert run("reactivate", EMAIL) == "Ana Lopez is a member again.\n"
    assert sign_in(browser()).status_code == 303
    assert happened(database, "person.reactivated") == 1
    result = CliRunner().invoke(commands.people, ["reactivate", EMAIL], obj=database)
    assert isinstance(result.exception, NotFound)


@pytest.mark.parametrize(
    "door", ["/account/profile", "/account/password", "/account/address", "/account/leave"]
)
def test_an_account_needs_somebody_signed_in(browser: Browser, door: str) -> None:
    assert browser().get(door).status_code == 302
    assert browser().post(door).status_code == 403


@pytest.mark.parametrize("state", ["active", "deactivated", "imported"])
def test_nobody_takes_the_name_of_somebody_else(
    inside: FlaskClient, database: Database, state: str
) -> None:
    with database.begin() as session:
        make.person(session, name="Ruth Adeyinka", email="ruth@example.org", state=state)
    for name in ("Ruth Adeyinka", "ruth  adeyinka", "Ruth\u200b Adeyinka", "Ruth \u0410deyinka"):
        answer = inside.post("/account/profile", data={"name": name})
        assert answer.status_code == 422
        assert "or one that looks like it" in answer.text
    assert ana_now(database).name == "Ana Lopez"
    told_apart = inside.post("/account/profile", data={"name": "Ruth Adeyinka (Parks)"})
    assert told_apart.status_code == 303


def test_nobody_calls_themselves_what_the_wiki_calls_a_role(
    inside: FlaskClient, database: Database
) -> None:
    answer = inside.post("/account/profile", data={"name": "Administrator"})
    assert answer.status_code == 422
    assert "Enter your own name" in answer.text
    assert ana_now(database).name == "Ana Lopez"


def test_whom_an_administrator_gave_a_name_twice_keeps_it(
    inside: FlaskClient, database: Database
) -> None:
    with database.begin() as session:
        make.person(session, name="Ana Lopez", email="other@example.org")
    form = {"name": "Ana Lopez", "about": "I plan parks."}
    assert inside.post("/account/profile", data=form).status_code == 303
    assert ana_now(database).about == "I plan parks."


def test_of_two_who_want_one_name_at_once_one_gets_it(database: Database) -> None:
    with database.begin() as session:
        people = [make.person(session, email=f"p{n}@example.org", name=f"P {n}") for n in range(6)]

    def rename(person: Person) -> bool:
        try:
            with database.begin() as session:
                profile = service.Profile(name="Ruth Adeyinka")
                service.change_profile(session, person.id, profile, now=utc_now())
        except Invalid:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(rename, people)) == 1

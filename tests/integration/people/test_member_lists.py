"""Adding members from a list: seen first, then done, and nothing else than what was seen."""

import io
import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from tests import make
from tests.integration.people.ways import count_of, happened, person
from wiki.activity.models import Event
from wiki.people import commands, service
from wiki.people.models import Person, Team
from wiki.storage.engine import Database

SignIn = Callable[..., FlaskClient]
SHEET = (
    "Name,E-Mail,Team,Signed up,Role\n"
    "Ada Quill,ada@example.org,Planning,,admin\n"
    "Bo Chen,bo@example.org,,,reviewer\n"
    "Bad,nowhere,,,\n"
)


@pytest.fixture
def browser(signed_in: SignIn, database: Database) -> FlaskClient:
    """Return the browser of an administrator of a wiki in which Ada is a member."""
    with database.begin() as session:
        team = make.team(session)
        make.person(session, name="Ada", email="ada@example.org", team_id=team.id)
    return signed_in("admin", name="Ruth", email="ruth@example.org")


def look(browser: FlaskClient, sheet: str = SHEET) -> dict[str, str]:
    """Return what the button under the preview sends."""
    answer = browser.post("/members/import", data={"pasted": sheet})
    assert answer.status_code == 200
    return fields(answer.text)


def fields(page: str) -> dict[str, str]:
    form = BeautifulSoup(page, "html.parser").select_one("form:has([name=seen])")
    if form is None:
        return {}
    return {str(one["name"]): str(one["value"]) for one in form.select("input[type=hidden]")}


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def everything(database: Database) -> list[object]:
    with database.reading() as session:
        people = sa.select(Person.email, Person.name, Person.team_id, Person.role)
        events = sa.select(sa.func.count(Event.id))
        return [
            [tuple(row) for row in session.execute(people.order_by(Person.id))],
            list(session.scalars(sa.select(Team.name))),
            session.scalar(events),
        ]


def test_a_list_says_what_it_would_do_and_does_nothing(
    browser: FlaskClient, database: Database
) -> None:
    before, version = everything(database), database.version()
    answer = browser.post("/members/import", data={"pasted": SHEET})
    assert everything(database) == before
    assert database.version() == version
    said = words(answer.text)
    assert "Nothing has been changed yet." in said
    assert "1 member will be added." in said
    assert "1 gets another name. 1 goes to another team. 1 gets another role." in said
    assert (
        "Ada Quill (ada@example.org): name Ada →becomes Ada Quill; team Housing →becomes "
        "Planning; role Member →becomes Administrator More rights" in said
    )
    assert "Bo Chen (bo@example.org): Reviewer More rights" in said
    assert "New teams: Planning." in said
    assert "Line 4:" in said
    assert "Who gets more rights" in said


def test_what_was_seen_is_done_by_the_button(browser: FlaskClient, database: Database) -> None:
    answer = browser.post("/members/import", data=look(browser))
    assert answer.status_code == 200
    said = words(answer.text)
    assert "1 member was added. 1 member was changed." in said
    assert "Line 4:" in said
    ada = person(database, "ada@example.org")
    assert ada is not None
    assert (ada.name, ada.role) == ("Ada Quill", "admin")
    assert happened(database, "person.imported") == 1


def test_a_list_comes_as_a_file_too(browser: FlaskClient, database: Database) -> None:
    sent = {"file": (io.BytesIO(b"\xef\xbb\xbf" + SHEET.encode()), "members.csv")}
    page = browser.post("/members/import", data=sent, content_type="multipart/form-data").text
    assert BeautifulSoup(page, "html.parser").select_one("textarea").text.strip() == ""  # type: ignore[union-attr]
    browser.post("/members/import", data=fields(page))
    assert person(database, "bo@example.org") is not None


def test_pasted_lines_stay_to_be_corrected(browser: FlaskClient) -> None:
    for data in ({"pasted": SHEET}, look(browser)):
        page = browser.post("/members/import", data=data).text
        box = BeautifulSoup(page, "html.parser").select_one("textarea")
        assert box is not None
        assert box.text.strip() == SHEET.strip()


@pytest.mark.parametrize(
    "change",
    [{"name": "Ada Lopez"}, {"role": "reviewer"}, {"state": "deactivated"}, {"team_id": None}],
)
def test_who_changed_meanwhile_is_looked_at_again(
    browser: FlaskClient, database: Database, change: dict[str, object]
) -> None:
    sent = look(browser)
    with database.begin() as session:
        session.execute(sa.update(Person).where(Person.email == "ada@example.org").values(**change))
    before = everything(database)
    answer = browser.post("/members/import", data=sent)
    assert answer.status_code == 409
    assert "Something changed while you were looking at this." in answer.text
    assert everything(database) == before
    assert browser.post("/members/import", data=fields(answer.text)).status_code == 200
    assert person(database, "bo@example.org") is not None


def test_other_lines_than_those_seen_are_looked_at_first(
    browser: FlaskClient, database: Database
) -> None:
    sent = look(browser, "name,email\nEd,ed@example.org\n")
    other = sent | {"pasted": "name,email,role\nEd,ed@example.org,admin\n"}
    assert browser.post("/members/import", data=other).status_code == 409
    assert person(database, "ed@example.org") is None


def test_a_double_click_does_it_once_and_says_so(browser: FlaskClient, database: Database) -> None:
    sent = look(browser)
    browser.post("/members/import", data=sent)
    again = browser.post("/members/import", data=sent)
    assert again.status_code == 200
    assert "This list has been taken already" in again.text
    assert happened(database, "person.imported") == 1
    assert count_of(database, Person) == 3


def test_two_clicks_at_the_same_moment_add_nobody_twice(
    browser: FlaskClient, database: Database
) -> None:
    seen = look(browser)["seen"]

    def take(_number: int) -> int:
        with database.begin() as session:
            return service.import_people(session, SHEET, now=make.NOON, seen=seen).added

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(take, range(4))) == [0, 0, 0, 1]


def test_a_list_that_changes_nothing_has_no_button(browser: FlaskClient) -> None:
    page = browser.post("/members/import", data={"pasted": "name,email\nAda,ada@example.org\n"})
    assert "Nothing needs to be changed." in page.text
    assert "1 member is already as listed." in page.text
    assert not fields(page.text)


def test_of_a_long_list_those_with_more_rights_are_all_named(browser: FlaskClient) -> None:
    lines = "".join(f"M {n},m{n}@example.org,{'admin' if n == 249 else ''}\n" for n in range(250))
    said = words(browser.post("/members/import", data={"pasted": f"name,email,role\n{lines}"}).text)
    assert "Who will be added (the first 200 of 250)" in said
    assert "M 199 (" in said
    assert "M 200 (" not in said
    assert "M 249 (m249@example.org): Administrator More rights" in said


def test_a_long_list_goes_through_the_preview(browser: FlaskClient, database: Database) -> None:
    sheet = "name,email\nEd,ed@example.org\n" + "\n" * 2_000_000
    sent = look(browser, sheet)
    assert browser.post("/members/import", data=sent).status_code == 200
    assert person(database, "ed@example.org") is not None


def run(database: Database, file: Path, *options: str) -> Result:
    arguments = ["import", str(file), *options]
    return CliRunner().invoke(commands.people, arguments, obj=database)


@pytest.mark.usefixtures("browser")
def test_the_command_says_first_what_it_would_do(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    file.write_text(SHEET, "utf-8")
    before = everything(database)
    result = run(database, file, "--dry-run")
    assert everything(database) == before
    assert result.exit_code == 3
    assert result.stdout.splitlines() == [
        "Would make the team Planning",
        (
            "Would change Ada Quill <ada@example.org>: name Ada → Ada Quill; "
            "team Housing → Planning; role member → admin (more rights)"
        ),
        "Would add Bo Chen <bo@example.org>: reviewer (more rights)",
        "Line 4 would be refused: Enter one e-mail address, such as name@example.org.",
        "1 member would be added, 1 changed, 0 unchanged, 1 line refused.",
        "Nothing was done.",
    ]
    facts = json.loads(run(database, file, "--dry-run", "--json").stdout)
    assert (facts["is_done"], facts["added"], facts["changed"]) == (False, 1, 1)
    assert [one["more_rights"] for one in (*facts["new"], *facts["changes"])] == [True, True]
    done = run(database, file).stdout.splitlines()
    assert done[-1] == "1 member added, 1 changed, 0 unchanged, 1 line refused."
    assert everything(database) != before

"""The pages on which administrators look after members, teams and the wiki."""

import io
import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests import make
from wiki.activity.models import Event
from wiki.people.models import Person, Team
from wiki.storage.engine import Database

SignIn = Callable[..., FlaskClient]
DOORS = ("/members", "/members/1/edit", "/members/import", "/members/teams", "/settings")


def person(database: Database, name: str) -> Person:
    with database.reading() as session:
        return session.scalars(sa.select(Person).where(Person.name == name)).one()


def kinds(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(sa.select(Event.kind).order_by(Event.id)))


@pytest.mark.parametrize("role", ["member", "reviewer", "facilitator"])
@pytest.mark.parametrize("door", DOORS)
def test_only_administrators_come_in(signed_in: SignIn, role: str, door: str) -> None:
    browser = signed_in(role)
    assert browser.get(door).status_code == 403
    if door != "/members":
        assert browser.post(door, data={"name": "x", "role": "admin"}).status_code == 403


@pytest.mark.parametrize("door", DOORS)
def test_strangers_are_asked_to_sign_in(client: FlaskClient, door: str) -> None:
    answer = client.get(door)
    assert answer.status_code == 302
    assert "/sign-in" in answer.location


def test_members_are_found_by_parts_of_name_or_address(
    signed_in: SignIn, database: Database
) -> None:
    with database.begin() as session:
        housing = make.team(session)
        make.person(session, name="Ada Quill", team_id=housing.id)
        make.person(session, name="Ben Quill", role="reviewer", state="deactivated")
        make.person(session, name="Cy 100% sure")
        team_id = housing.id
    browser = signed_in("admin", name="Root Admin")

    def names(query: str) -> list[str]:
        page = browser.get(f"/members?{query}").text
        return re.findall(r'data-label="Name">\s*(?:<a [^>]*>)?([^<]+?)\s*</', page)

    assert names("") == ["Ada Quill", "Ben Quill", "Cy 100% sure", "Root Admin"]
    assert names("q=quill") == ["Ada Quill", "Ben Quill"]
    assert names("q=quill+ADA") == ["Ada Quill"]
    assert names("q=%25") == ["Cy 100% sure"]
    assert names("q=ada.quill") == ["Ada Quill"]
    assert names("role=reviewer") == ["Ben Quill"]
    assert names("state=deactivated") == ["Ben Quill"]
    assert names(f"team={team_id}") == ["Ada Quill"]
    assert names("q=nobody-at-all") == []
    assert len(names("role=nonsense&page=minus")) == 4


def test_names_of_members_lead_to_their_pages(signed_in: SignIn, database: Database) -> None:
    with database.begin() as session:
        ann = make.person(session, name="Ann Lee")
        gone = make.person(session, name="Bo Lee", state="deactivated")
    listed = signed_in("admin").get("/members?q=lee").text
    assert f'href="/members/{ann.id}">Ann Lee</a>' in listed
    assert f'href="/members/{gone.id}">' not in listed


def test_many_members_are_shown_fifty_to_a_page(signed_in: SignIn, database: Database) -> None:
    with database.begin() as session:
        for number in range(60):
            make.person(session, name=f"Writer {number:02}")
    browser = signed_in("admin", name="Zoe Last")
    first, second = browser.get("/members").text, browser.get("/members?page=2").text
    assert "Writer 49" in first
    assert "Writer 50" not in first
    assert "Writer 50" in second
    assert "Zoe Last" in second
    assert browser.get("/members?page=900").text.count("Writer 50") == second.count("Writer 50")


def test_a_member_gets_another_name_role_and_team(signed_in: SignIn, database: Database) -> None:
    with database.begin() as session:
        who = make.person(session, name="Ada")
        team = make.team(session)
        ids = who.id, team.id
    browser = signed_in("admin")
    data = {"name": "Ada Quill", "role": "reviewer", "team": str(ids[1]), "state": "active"}
    answer = browser.post(f"/members/{ids[0]}/edit", data=data)
    assert answer.status_code == 303
    changed = person(database, "Ada Quill")
    assert (changed.role, changed.team_id, changed.state) == ("reviewer", ids[1], "active")
    assert {"person.changed", "person.role_changed"} <= set(kinds(database))
    told = len(kinds(database))
    browser.post(f"/members/{ids[0]}/edit", data=data)
    assert len(kinds(database)) == told


def test_the_last_administrator_stays_one(signed_in: SignIn, database: Database) -> None:
    browser = signed_in("admin", name="Only One")
    mine = person(database, "Only One").id
    demoted = browser.post(
        f"/members/{mine}/edit", data={"name": "New Name", "role": "member", "state": "active"}
    )
    assert demoted.status_code == 422
    assert "only administrator" in demoted.text
    assert "New Name" in demoted.text
    shut_out = browser.post(
        f"/members/{mine}/edit", data={"name": "Only One", "role": "admin", "state": "deactivated"}
    )
    assert shut_out.status_code == 422
    assert person(database, "Only One").state == "active"


def test_a_member_is_shut_out_and_let_in_again(signed_in: SignIn, database: Database) -> None:
    admin = signed_in("admin")
    theirs = signed_in("member", name="Ada")
    door = f"/members/{person(database, 'Ada').id}/edit"
    admin.post(door, data={"name": "Ada", "role": "member", "state": "deactivated"})
    assert person(database, "Ada").state == "deactivated"
    assert theirs.get("/account").status_code == 302
    admin.post(door, data={"name": "Ada", "role": "member", "state": "active"})
    assert person(database, "Ada").state == "active"
    assert theirs.get("/account").status_code == 302


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"name": "", "role": "member"}, "name"),
        ({"name": "Ada", "role": "emperor"}, "Choose a role"),
        ({"name": "Ada", "role": "member", "team": "999"}, "Choose a team"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    signed_in: SignIn, database: Database, data: dict[str, str], sentence: str
) -> None:
    with database.begin() as session:
        number = make.person(session, name="Ada").id
    answer = signed_in("admin").post(f"/members/{number}/edit", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert person(database, "Ada").role == "member"


def test_nobody_has_this_number(signed_in: SignIn) -> None:
    browser = signed_in("admin")
    assert browser.get("/members/99999/edit").status_code == 404
    data = {"name": "Ada", "role": "member"}
    assert browser.post("/members/99999/edit", data=data).status_code == 404


@pytest.mark.parametrize("pasted", ["", "  ", "no such columns\n1\n"])
def test_a_list_that_is_none_is_refused_and_shown_again(signed_in: SignIn, pasted: str) -> None:
    answer = signed_in("admin").post("/members/import", data={"pasted": pasted})
    assert answer.status_code == 422
    assert pasted.strip() in answer.text


def test_a_file_that_is_no_text_is_refused(signed_in: SignIn) -> None:
    sent = {"file": (io.BytesIO(b"\xff\xfe\x00"), "members.xlsx")}
    answer = signed_in("admin").post(
        "/members/import", data=sent, content_type="multipart/form-data"
    )
    assert answer.status_code == 422


def test_teams_are_made_and_renamed_but_never_called_the_same(
    signed_in: SignIn, database: Database
) -> None:
    browser = signed_in("admin")
    assert browser.post("/members/teams", data={"name": "Housing"}).status_code == 303
    assert browser.post("/members/teams", data={"name": "HOUSING"}).status_code == 422
    with database.reading() as session:
        number = session.scalars(sa.select(Team.id)).one()
    data = {"team": str(number), "name": "Homes"}
    assert browser.post("/members/teams", data=data).status_code == 303
    page = browser.get("/members/teams").text
    assert "Homes" in page
    assert "Housing" not in page
    assert browser.post("/members/teams", data={"team": "999", "name": "x"}).status_code == 404
    assert browser.post("/members/teams", data={"name": " "}).status_code == 422


def test_settings_hold_together_or_not_at_all(signed_in: SignIn) -> None:
    browser = signed_in("admin")
    good = {
        "name": "Riverton",
        "colour": "#5a3a8a",
        "readers": "everybody",
        "sign_up": "domain",
        "sign_up_domains": "example.org",
        "teams": "members",
    }
    refused = browser.post("/settings", data={**good, "colour": "#ffee00", "readers": "cats"})
    assert refused.status_code == 422
    assert "would do" in refused.text
    assert "Riverton" not in browser.get("/").text
    assert browser.post("/settings", data=good).status_code == 303
    assert "Riverton" in browser.get("/").text
    assert 'value="#5a3a8a"' in browser.get("/settings").text


def test_a_colour_is_chosen_at_sight(signed_in: SignIn) -> None:
    browser = signed_in("admin")
    sent = {"name": "Riverton", "readers": "everybody", "sign_up": "closed", "teams": "members"}
    browser.post("/settings", data={**sent, "swatch": "#5a3a8a", "colour": ""})
    page = browser.get("/settings").text
    assert re.search(r'value="#5a3a8a" checked>', page)
    assert "/brand.css?v=5a3a8a" in page
    browser.post("/settings", data={**sent, "swatch": "", "colour": "#123456"})
    page = browser.get("/settings").text
    assert re.search(r'value="other" checked>', page)
    assert 'name="colour" type="text" value="#123456"' in page


def test_a_colour_reaches_every_page_and_the_usual_one_needs_no_sheet(
    signed_in: SignIn, client: FlaskClient
) -> None:
    assert "brand.css" not in client.get("/").text
    assert client.get("/brand.css").text == ""
    good = {"name": "Riverton", "readers": "everybody", "sign_up": "closed", "teams": "members"}
    signed_in("admin").post("/settings", data={**good, "colour": "#5A3A8A"})
    assert "/brand.css?v=5a3a8a" in client.get("/").text
    sheet = client.get("/brand.css?v=5a3a8a")
    assert sheet.mimetype == "text/css"
    assert "--brand:#5a3a8a;" in sheet.text

"""The page on which an administrator limits a subtree, and what others see of a limit."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask, session
from flask.testing import FlaskClient

from tests import make
from tests.integration.pages.conftest import See, Write
from wiki.errors import NotAllowed, NotFound, SignInNeeded
from wiki.pages import guards
from wiki.pages.models import PageLimit
from wiki.people.models import Person, Team
from wiki.storage.engine import Database

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def housing(database: Database) -> Team:
    with database.begin() as writing:
        return make.team(writing, "Housing")


def main(page: BeautifulSoup) -> str:
    found = page.select_one("main")
    assert found is not None
    return " ".join(found.get_text(" ").split())


def limited(database: Database, path: str, act: str, kind: str, value: str) -> None:
    with database.begin() as writing:
        writing.add(PageLimit(path=path, act=act, kind=kind, value=value))


def test_an_administrator_limits_a_subtree_and_lifts_the_limit(
    write: Write, signed_in: SignIn, see: See, housing: Team
) -> None:
    write("aims")
    write("aims/reach")
    admin, member = signed_in("admin"), signed_in("member")
    assert "Every member can change this page." in main(see("/pages/aims/access", admin))
    sent = {"read-role": "reviewer", "read-teams": str(housing.id), "write-role": "facilitator"}
    answer = admin.post("/pages/aims/access", data=sent)
    assert (answer.status_code, answer.location) == (303, "/pages/aims/access")
    shown = see("/pages/aims/access", admin)
    assert "Saved: these people can now read and change this page." in main(shown)
    assert (
        "Only reviewers, facilitators, members of the team Housing and administrators can read "
        "this page. Only facilitators and administrators can change this page."
    ) in main(shown)
    assert "the 1 page under it" in main(shown)
    checked = {(one["name"], one["value"]) for one in shown.select("input[checked]")}
    assert checked == set(sent.items())
    assert member.get("/pages/aims/reach").status_code == 404
    admin.post("/pages/aims/access", data={"read-role": "", "write-role": ""})
    assert member.get("/pages/aims/reach").status_code == 200


def test_limits_from_further_up_and_further_down_are_shown(
    write: Write, signed_in: SignIn, see: See, database: Database
) -> None:
    write("aims/reach/people")
    limited(database, "aims", "read", "role", "member")
    limited(database, "aims/reach/people", "write", "role", "admin")
    shown = main(see("/pages/aims/reach/access", signed_in("admin")))
    assert "Only members can read this page." in shown
    assert "Limits on the pages above apply here too: Aims : read only by members" in shown
    assert "There are more limits on pages below: Aims : changed only by administrators" in shown


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"read-teams": "1"}, "You chose teams but no limit."),
        ({"read-role": "king"}, "Choose one from the list."),
        ({"read-role": "admin", "read-teams": "99"}, "Choose roles and teams from the list."),
    ],
)
def test_a_choice_that_means_nothing_is_refused_and_kept(
    write: Write, signed_in: SignIn, housing: Team, sent: dict[str, str], words: str
) -> None:
    write("aims")
    admin = signed_in("admin")
    answer = admin.post("/pages/aims/access", data=sent)
    assert answer.status_code == 422
    assert words in answer.text
    found = BeautifulSoup(answer.text, "html.parser").select("input[name=read-teams][checked]")
    assert bool(found) is (sent.get("read-teams") == str(housing.id))


def test_a_limit_for_a_team_alone_lets_only_the_team_in(
    write: Write, signed_in: SignIn, see: See, housing: Team
) -> None:
    write("aims")
    admin = signed_in("admin")
    admin.post("/pages/aims/access", data={"read-role": "admin", "read-teams": str(housing.id)})
    assert signed_in("facilitator").get("/pages/aims").status_code == 404
    shown = see("/pages/aims", signed_in("member", team_id=housing.id))
    assert "Only members of the team Housing and administrators can read this page." in main(shown)
    assert not shown.select('a[href$="/access"]')
    assert see("/pages/aims", admin).select('a[href="/pages/aims/access"]')


def test_a_page_for_everybody_has_no_note(write: Write, see: See, signed_in: SignIn) -> None:
    write("aims")
    assert not see("/pages/aims").select(".lock-note")
    assert not see("/pages/aims", signed_in("facilitator")).select(".lock-note")


def test_only_administrators_see_the_page_of_limits(
    write: Write, signed_in: SignIn, client: FlaskClient, database: Database
) -> None:
    write("aims")
    write("secret")
    limited(database, "secret", "read", "role", "admin")
    facilitator, admin = signed_in("facilitator"), signed_in("admin")
    assert facilitator.get("/pages/aims/access").status_code == 403
    assert facilitator.post("/pages/aims/access").status_code == 403
    assert facilitator.get("/pages/secret/access").status_code == 404
    assert facilitator.get("/pages/nothing/access").status_code == 404
    assert client.get("/pages/aims/access").location.startswith("/sign-in")
    assert client.get("/pages/nothing/access").location.startswith("/sign-in")
    assert admin.get("/pages/nothing/access").status_code == 404
    assert admin.post("/pages/nothing/access").status_code == 404
    assert admin.get("/pages/secret/access").status_code == 200


def test_a_limit_where_no_page_stands_any_more_can_be_lifted(
    signed_in: SignIn, database: Database
) -> None:
    limited(database, "gone", "read", "role", "admin")
    admin = signed_in("admin")
    assert admin.get("/pages/gone/access").status_code == 200
    assert admin.post("/pages/gone/access", data={}).status_code == 303
    assert admin.get("/pages/gone/access").status_code == 404


def asked(app: Flask, browser: FlaskClient, act: str, path: str) -> str:
    """Return what the guard says to this browser: "may" or the kind of refusal."""
    with browser.session_transaction() as cookie:
        held = dict(cookie)
    with app.test_request_context():
        session.update(held)
        try:
            guards.need_right(act, path)
        except (NotAllowed, NotFound) as refusal:
            return type(refusal).__name__
        return "may"


def test_the_guard_says_no_as_the_rule_says(
    app: Flask,
    write: Write,
    client: FlaskClient,
    signed_in: SignIn,
    database: Database,
    ana: Person,
) -> None:
    write("mine", author=ana)
    write("kept")
    write("secret")
    limited(database, "kept", "write", "role", "facilitator")
    limited(database, "secret", "read", "role", "reviewer")
    with database.begin() as writing:
        token = make.sign_in(writing, ana)
    author = app.test_client()
    with author.session_transaction() as cookie:
        cookie.update({"_user_id": token, "_fresh": True})
    other, facilitator = signed_in("member"), signed_in("facilitator")
    assert asked(app, client, "write", "secret") == SignInNeeded.__name__
    assert asked(app, other, "write", "mine") == "may"
    assert asked(app, other, "write", "kept") == "NotAllowed"
    assert asked(app, other, "write", "secret") == "NotFound"
    assert asked(app, other, "create", "kept/more") == "NotAllowed"
    assert asked(app, other, "create", "secret/more") == "NotFound"
    assert asked(app, other, "delete", "mine") == "NotAllowed"
    assert asked(app, author, "delete", "mine") == "may"
    assert asked(app, author, "delete", "kept") == "NotAllowed"
    assert (
        asked(app, other, "delete", "secret") == asked(app, other, "delete", "none") == "NotFound"
    )
    assert asked(app, facilitator, "delete", "mine") == "may"
    assert asked(app, other, "members", "") == "NotAllowed"
    assert asked(app, facilitator, "invite", "") == "may"


def test_limits_are_asked_for_once_until_something_changes(
    write: Write, client: FlaskClient, database: Database
) -> None:
    write("aims")
    limited(database, "secret", "read", "role", "admin")
    client.get("/pages/aims/history")
    asked_for: list[str] = []
    sa.event.listen(
        database.engine,
        "before_cursor_execute",
        lambda _c, _k, statement, *_rest: asked_for.append(statement),
    )
    client.get("/pages/aims/raw")
    assert asked_for
    assert not [statement for statement in asked_for if "page_limit" in statement]

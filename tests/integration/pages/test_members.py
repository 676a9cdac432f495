"""What a member shows to others, and to whom."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests import make
from wiki.clock import utc_now
from wiki.pages.models import PageLimit
from wiki.people.service import set_wiki
from wiki.storage.engine import Database

ABOUT = "I plan <b>parks</b>.\nAsk me.\n\nOr Bo."


@pytest.fixture
def writer(database: Database) -> int:
    """Return the number of a member who wrote one page."""
    with database.begin() as session:
        team = make.team(session, "Parks")
        who = make.person(
            session, name="Ana Lopez", email="ana@secret.example", team_id=team.id, about=ABOUT
        )
        make.page(session, author=who)
        return who.id


@pytest.fixture
def reader(database: Database) -> int:
    """Return the number of a member who never wrote."""
    with database.begin() as session:
        return make.person(session, name="Bo Reader", email="bo@secret.example").id


def test_a_member_shows_name_team_words_and_what_they_wrote(
    client: FlaskClient, writer: int
) -> None:
    page = client.get(f"/members/{writer}").text
    for shown in ("Ana Lopez", "Parks", "I plan &lt;b&gt;parks", "Or Bo.", 'href="/pages/aims"'):
        assert shown in page
    assert "secret.example" not in page


def test_readers_see_only_those_who_wrote(
    client: FlaskClient, signed_in: Callable[..., FlaskClient], reader: int
) -> None:
    hidden, missing = client.get(f"/members/{reader}"), client.get("/members/999")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert hidden.text == missing.text
    seen = signed_in().get(f"/members/{reader}")
    assert seen.status_code == 200
    assert "Has not written anything yet." in seen.text
    assert "secret.example" not in seen.text


def test_who_wrote_only_what_is_hidden_is_as_unknown_as_others(
    client: FlaskClient,
    signed_in: Callable[..., FlaskClient],
    database: Database,
    writer: int,
) -> None:
    with database.begin() as session:
        session.add(PageLimit(path="aims", act="read", kind="role", value="admin"))
    assert client.get(f"/members/{writer}").status_code == 404
    as_member = signed_in().get(f"/members/{writer}")
    assert as_member.status_code == 200
    assert "/pages/aims" not in as_member.text
    assert "/pages/aims" in signed_in("admin").get(f"/members/{writer}").text


@pytest.mark.parametrize(
    ("state", "said"),
    [("imported", "has not joined"), ("deactivated", "No longer a member.")],
)
def test_an_author_who_is_no_member_is_an_author_still(
    client: FlaskClient,
    signed_in: Callable[..., FlaskClient],
    database: Database,
    state: str,
    said: str,
) -> None:
    with database.begin() as session:
        author = make.person(session, name="Cy", state=state, about="My words.")
        silent = make.person(session, name="Di", state=state)
        make.page(session, author=author)
    page = client.get(f"/members/{author.id}").text
    assert said in page
    assert "My words." not in page
    assert signed_in().get(f"/members/{silent.id}").status_code == 404


def test_of_a_wiki_for_members_nobody_else_sees_any(
    client: FlaskClient, database: Database, writer: int
) -> None:
    with database.begin() as session:
        set_wiki(session, "readers", "members", now=utc_now())
    assert client.get(f"/members/{writer}").status_code == 302


def test_much_writing_leads_to_the_whole_list(client: FlaskClient, database: Database) -> None:
    with database.begin() as session:
        ana = make.person(session, name="Ana")
        for number in range(9):
            make.page(session, path=f"page-{number}", author=ana)
    page = client.get(f"/members/{ana.id}").text
    assert f'href="/changes?author={ana.id}"' in page
    assert "Everything Ana has written" in page

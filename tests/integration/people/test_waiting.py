"""The page on which administrators let people in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests import make
from wiki.clock import utc_now
from wiki.mail.letters import Letter
from wiki.people.models import Person, SignUp
from wiki.storage.engine import Database

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def waiting(database: Database) -> int:
    """Return the number of somebody who proved an address and waits."""
    with database.begin() as session:
        asked = SignUp(
            email="wanda@example.org",
            name="Wanda Waits",
            reason="I know the estate.",
            token_hash="0" * 64,
            made_at=utc_now(),
            expires_at=utc_now() + timedelta(days=7),
            proven_at=utc_now(),
        )
        session.add(asked)
        session.flush()
        return asked.id


def wanda(database: Database) -> Person | None:
    with database.reading() as session:
        query = sa.select(Person).where(Person.email == "wanda@example.org")
        return session.scalars(query).one_or_none()


def test_who_waits_is_let_in_with_a_team_and_told(
    signed_in: SignIn, database: Database, waiting: int, outbox: Callable[[], list[Letter]]
) -> None:
    with database.begin() as session:
        team_id = make.team(session).id
    admin = signed_in("admin")
    assert "1 person is waiting to be let in" in admin.get("/").text
    assert "I know the estate." in admin.get("/members/waiting").text
    door = f"/members/waiting/{waiting}"
    answer = admin.post(door, data={"act": "approve", "team": str(team_id)})
    assert answer.status_code == 303
    person = wanda(database)
    assert person is not None
    assert (person.state, person.team_id) == ("active", team_id)
    assert [letter.recipient for letter in outbox()] == ["wanda@example.org"]
    assert "Nobody waits" in admin.get("/members/waiting").text
    assert "waits to be let in" not in admin.get("/").text
    assert admin.post(door, data={"act": "approve"}).status_code == 404
    assert admin.post(door, data={"act": "refuse"}).status_code == 404


def test_who_is_turned_away_becomes_no_member_and_is_told(
    signed_in: SignIn, database: Database, waiting: int, outbox: Callable[[], list[Letter]]
) -> None:
    admin = signed_in("admin")
    answer = admin.post(f"/members/waiting/{waiting}", data={"act": "refuse"})
    assert answer.status_code == 303
    assert wanda(database) is None
    assert [letter.recipient for letter in outbox()] == ["wanda@example.org"]


@pytest.mark.parametrize(
    "data", [{}, {"act": "promote"}, {"act": "approve", "team": "999"}, {"team": "1"}]
)
def test_what_decides_nothing_is_refused(
    signed_in: SignIn, database: Database, waiting: int, data: dict[str, str]
) -> None:
    assert signed_in("admin").post(f"/members/waiting/{waiting}", data=data).status_code == 422
    assert wanda(database) is None


@pytest.mark.parametrize("role", ["member", "facilitator"])
def test_only_administrators_decide(signed_in: SignIn, waiting: int, role: str) -> None:
    browser = signed_in(role)
    assert browser.get("/members/waiting").status_code == 403
    door = f"/members/waiting/{waiting}"
    assert browser.post(door, data={"act": "approve"}).status_code == 403
    assert "waits to be let in" not in browser.get("/").text


def test_a_facilitator_is_led_to_inviting_where_the_wiki_invites(signed_in: SignIn) -> None:
    assert "/members/invite" in signed_in("facilitator").get("/").text
    assert "/members/invite" not in signed_in("member").get("/").text

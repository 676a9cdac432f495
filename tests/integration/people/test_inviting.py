"""Inviting people, what an invitation gives, and taking it back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests import make
from tests.integration.people.ways import (
    count_of,
    decide,
    happened,
    make_older,
    person,
    way_in,
    who_is_in,
)
from wiki.clock import utc_now
from wiki.errors import Invalid, NotAllowed, NotFound
from wiki.mail.letters import Letter, Words
from wiki.people import queries, service
from wiki.people.models import Person, PersonAddress, SignUp
from wiki.people.queries import InvitationRow, Member
from wiki.people.service import Invitation, Invited
from wiki.storage.engine import Database

EMAIL = "di@example.org"
Browser = Callable[[], FlaskClient]
Outbox = Callable[[], list[Letter]]
Inviter = Callable[..., Member]


@pytest.fixture
def inviter(database: Database) -> Inviter:
    """Return a function that makes a member of a role."""

    def made(role: str = "facilitator", **facts: int) -> Member:
        with database.begin() as session:
            who = make.person(session, name=f"Ira {role}", role=role, **facts)
            return Member(
                id=who.id, name=who.name, role=who.role, team_id=who.team_id, time_zone=None
            )

    return made


def write(template: str, path: str = "", target: str = "/", **_values: object) -> Words:
    return Words(template, f"{path} {target}")


def invite(database: Database, by: Member, *emails: str, **facts: object) -> Invited:
    with database.begin() as session:
        invitation = Invitation(emails=emails or (EMAIL,), **facts)  # type: ignore[arg-type]
        return service.invite(session, by, invitation, write=write, now=utc_now())


def token_in(letter: Letter) -> str:
    return letter.text.split()[0].rpartition("/")[2]


def sent(database: Database) -> list[InvitationRow]:
    with database.reading() as session:
        return queries.invitations(session, now=utc_now())


def take(database: Database, token: str) -> str:
    with database.begin() as session:
        return service.prove(session, token, name="Di", write=write, now=utc_now()).outcome


def test_a_facilitator_invites_and_the_invited_come_in_with_role_and_team(
    browser: Browser,
    signed_in: Callable[..., FlaskClient],
    database: Database,
    outbox: Outbox,
) -> None:
    with database.begin() as session:
        team_id = make.team(session, "Parks").id
    facilitator = signed_in("facilitator", name="Flo Cil", team_id=team_id)
    form = {
        "emails": f"Di Roe <{EMAIL}>\nbo@example.org",
        "role": "reviewer",
        "team": str(team_id),
        "words": "You know the parks.\n\nBegin with <b>trees</b>.",
    }
    answer = facilitator.post("/members/invite", data=form)
    assert (answer.status_code, answer.location) == (303, "/members/invite")
    page = facilitator.get("/members/invite").text
    assert "2 invitations are on their way." in page
    assert page.count("Take back<") == 2
    first, second = outbox()
    assert (first.recipient, second.recipient) == (EMAIL, "bo@example.org")
    assert first.subject == "Flo Cil has invited you to Manyhands"
    assert "You know the parks.\n\nBegin with <b>trees</b>." in first.text
    assert "&lt;b&gt;trees" in first.html
    assert "<b>" not in first.html
    assert way_in(first) != way_in(second)
    client = browser()
    assert "You have been invited." in client.get(way_in(first)).text
    answer = client.post(way_in(first), data={"name": "Di Roe", "role": "admin", "email": "x"})
    assert (answer.status_code, who_is_in(client)) == (303, "Di Roe")
    made = person(database, EMAIL)
    assert made is not None
    assert (made.role, made.team_id) == ("reviewer", team_id)
    assert happened(database, "person.invited") == 2
    assert [row.state for row in sent(database)] == ["open", "joined"]


@pytest.mark.parametrize("role", ["member", "reviewer"])
def test_members_and_reviewers_invite_nobody(
    signed_in: Callable[..., FlaskClient],
    database: Database,
    inviter: Inviter,
    outbox: Outbox,
    role: str,
) -> None:
    client = signed_in(role)
    assert client.get("/members/invite").status_code == 403
    assert client.post("/members/invite", data={"emails": EMAIL}).status_code == 403
    with pytest.raises(NotAllowed):
        invite(database, inviter(role))
    assert outbox() == []


def test_nobody_gives_more_than_they_have(database: Database, inviter: Inviter) -> None:
    with database.begin() as session:
        own, other = make.team(session, "Own").id, make.team(session, "Other").id
    facilitator = inviter(team_id=own)
    for wrong in ({"role": "admin"}, {"role": "owner"}, {"team_id": other}, {"team_id": 99}):
        with pytest.raises(Invalid):
            invite(database, facilitator, **wrong)
    for right in ({"role": "facilitator"}, {"team_id": own}, {"team_id": None}):
        assert invite(database, facilitator, **right).sent == (EMAIL,)
    admin = inviter("admin")
    assert invite(database, admin, role="admin", team_id=other).sent == (EMAIL,)
    with pytest.raises(Invalid):
        invite(database, admin, team_id=99)
    decide(database, teams="members")
    assert invite(database, facilitator, team_id=other).sent == (EMAIL,)


def test_members_are_not_written_to_and_the_inviter_hears_of_it(
    database: Database, inviter: Inviter, outbox: Outbox
) -> None:
    with database.begin() as session:
        make.person(session, email="active@example.org")
        make.person(session, email="gone@example.org", state="deactivated")
        author = make.person(session, email="author@laptop", state="imported")
        session.add(PersonAddress(email="author@example.org", person_id=author.id))
    emails = ("active@example.org", "gone@example.org", "author@example.org", EMAIL)
    invited = invite(database, inviter(), *emails)
    assert invited == Invited(
        ("author@example.org", EMAIL), ("active@example.org",), ("gone@example.org",)
    )
    assert [letter.recipient for letter in outbox()] == ["author@example.org", EMAIL]
    assert take(database, token_in(outbox()[0])) == "joined"
    author_now = person(database, "author@example.org")
    assert author_now is not None
    assert (author_now.id, author_now.state) == (author.id, "active")


def test_who_was_not_written_to_is_named(
    signed_in: Callable[..., FlaskClient], database: Database
) -> None:
    with database.begin() as session:
        for number in range(7):
            make.person(session, email=f"m{number}@example.org")
        make.person(session, email="gone@example.org", state="deactivated")
    client = signed_in("facilitator")
    emails = "\n".join([*(f"m{number}@example.org" for number in range(7)), "gone@example.org"])
    client.post("/members/invite", data={"emails": emails})
    page = client.get("/members/invite").text
    assert "No invitation was sent. Already members: m0@example.org" in page
    assert "and 2 more" in page
    assert "only an administrator can bring them back: gone@example.org" in page


def test_what_was_typed_stays_when_an_address_is_wrong(
    signed_in: Callable[..., FlaskClient], outbox: Outbox
) -> None:
    client = signed_in("facilitator")
    form = {"emails": f"{EMAIL}\nnobody", "words": "Come and see."}
    answer = client.post("/members/invite", data=form)
    assert answer.status_code == 422
    for kept in ("“nobody” is not an e-mail address", EMAIL, "Come and see."):
        assert kept in answer.text
    headers = {"emails": f"{EMAIL}\nBcc: eve@example.org"}
    assert client.post("/members/invite", data=headers).status_code == 422
    assert outbox() == []


def test_of_twenty_who_take_an_invitation_at_once_one_gets_in(
    database: Database, inviter: Inviter, outbox: Outbox
) -> None:
    invite(database, inviter())
    token = token_in(outbox()[0])
    with ThreadPoolExecutor(20) as pool:
        outcomes = sorted(pool.map(lambda _number: take(database, token), range(20)))
    assert outcomes == ["joined", *["over"] * 19]
    assert count_of(database, Person) == 2


def test_an_invitation_taken_back_or_too_old_lets_nobody_in(
    database: Database, inviter: Inviter, outbox: Outbox
) -> None:
    facilitator, other, admin = inviter(), inviter(), inviter("admin")
    invite(database, facilitator, "a@example.org", "b@example.org", "c@example.org")
    numbers = {row.email: row.id for row in sent(database)}
    with pytest.raises(NotFound), database.begin() as session:
        service.revoke_invitation(session, numbers["a@example.org"], actor=other, now=utc_now())
    with database.begin() as session:
        for email, actor in (("a@example.org", facilitator), ("b@example.org", admin)):
            said = service.revoke_invitation(session, numbers[email], actor=actor, now=utc_now())
            assert said == email
    with pytest.raises(NotFound), database.begin() as session:
        service.revoke_invitation(
            session, numbers["a@example.org"], actor=facilitator, now=utc_now()
        )
    make_older(database, SignUp, expires_at=utc_now())
    assert [take(database, token_in(letter)) for letter in outbox()] == ["over"] * 3
    assert [row.state for row in sent(database)] == ["expired", "withdrawn", "withdrawn"]
    assert happened(database, "person.invitation_revoked") == 2


def test_the_inviter_takes_back_with_a_button(
    signed_in: Callable[..., FlaskClient], database: Database, browser: Browser, outbox: Outbox
) -> None:
    mine, others = signed_in("facilitator"), signed_in("facilitator")
    mine.post("/members/invite", data={"emails": EMAIL})
    assert EMAIL not in others.get("/members/invite").text
    assert EMAIL in signed_in("admin").get("/members/invite").text
    address = f"/members/invite/{sent(database)[0].id}/withdraw"
    assert others.post(address).status_code == 404
    assert mine.post(address).status_code == 303
    assert "Taken back" in mine.get("/members/invite").text
    assert browser().get(way_in(outbox()[0])).status_code == 410


def test_a_new_invitation_replaces_the_older_one(
    database: Database, inviter: Inviter, outbox: Outbox
) -> None:
    facilitator = inviter()
    invite(database, facilitator, role="facilitator")
    invite(database, facilitator)
    older, newer = (token_in(letter) for letter in outbox())
    assert take(database, older) == "over"
    assert take(database, newer) == "joined"
    made = person(database, EMAIL)
    assert made is not None
    assert made.role == "member"


@pytest.mark.parametrize("change", [{"role": "member"}, {"state": "deactivated"}])
def test_an_invitation_is_worth_what_its_inviter_may_give_now(
    database: Database, inviter: Inviter, outbox: Outbox, change: dict[str, str]
) -> None:
    facilitator = inviter()
    invite(database, facilitator)
    with database.begin() as session:
        session.execute(sa.update(Person).where(Person.id == facilitator.id).values(**change))
    with pytest.raises(NotAllowed):
        take(database, token_in(outbox()[0]))
    assert person(database, EMAIL) is None


def test_nobody_is_invited_where_administrators_add_members(
    database: Database, inviter: Inviter, outbox: Outbox
) -> None:
    admin = inviter("admin")
    invite(database, admin)
    decide(database, sign_up="closed")
    with pytest.raises(NotAllowed):
        invite(database, admin)
    with pytest.raises(NotAllowed):
        take(database, token_in(outbox()[0]))


def test_an_invitation_is_for_its_address_and_kept_as_a_hash(
    database: Database, inviter: Inviter, outbox: Outbox
) -> None:
    invite(database, inviter())
    with database.reading() as session:
        row = session.scalars(sa.select(SignUp)).one()
    token = token_in(outbox()[0])
    assert row.token_hash == service.hashed(token) != token
    assert len(token) >= 43
    assert row.expires_at - row.made_at <= timedelta(days=7)
    assert outbox()[0].is_secret


def test_letters_of_one_member_are_limited(signed_in: Callable[..., FlaskClient]) -> None:
    client = signed_in("facilitator")
    codes = [
        client.post("/members/invite", data={"emails": f"m{number}@example.org"}).status_code
        for number in range(21)
    ]
    assert codes == [303] * 20 + [429]

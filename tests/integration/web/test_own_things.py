"""What is somebody's own is nobody else's, and no form moves what it has no field for."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests import make
from tests.integration.web.acts import ACTS, Stock, own_things, sign_in, stock
from wiki.pages.models import Page, Revision
from wiki.people.models import Person, SignUp
from wiki.storage.engine import Database
from wiki.writing.models import Draft

# What a form could name if tables were filled from forms.
PRIVILEGED: dict[str, str] = {
    "id": "77",
    "person_id": "1",
    "author_id": "1",
    "author": "1",
    "actor_id": "1",
    "invited_by": "1",
    "decided_by": "1",
    "outcome": "joined",
    "proven_at": "2020-01-01",
    "role": "admin",
    "state": "active",
    "team_id": "1",
    "team": "1",
    "email": "taken.over@example.org",
    "password_hash": "x",
    "is_admin": "1",
    "is_imported": "1",
    "kind": "delete",
    "made_at": "2001-01-01",
    "saved_at": "2001-01-01",
    "signed_up_at": "2001-01-01",
    "number": "9",
    "head_number": "9",
    "restored_number": "9",
    "undone_number": "9",
    "merged_number": "9",
    "deleted_at": "2001-01-01",
    "revision_id": "1",
    "token": "known",
    "token_hash": "known",
    "expires_at": "2099-01-01",
}


@pytest.fixture
def stocked(database: Database) -> Stock:
    """Return a wiki in which every act could be done."""
    return stock(database)


@pytest.mark.parametrize("role", ["member", "facilitator", "admin"])
def test_what_is_somebody_elses_is_answered_like_nothing(
    app: Flask, stocked: Stock, role: str
) -> None:
    with stocked.database.begin() as session:
        own = own_things(session, make.person(session, role="facilitator"))
        asking = make.person(session, role=role).id
    browser = sign_in(app, stocked.database, asking)
    doors: list[tuple[Callable[..., Any], str, str]] = [
        (browser.get, "/drafts/{}", own["draft_id"]),
        (browser.get, "/pages/stock/any/edit?draft={}", own["draft_id"]),
        (browser.post, "/drafts/{}/delete", own["draft_id"]),
    ]
    if role != "admin":  # who looks after all invitations
        doors.append((browser.post, "/members/invite/{}/withdraw", own["number"]))
    before = stocked.told()
    for ask, address, number in doors:
        theirs, nothing = ask(address.format(number)), ask(address.format("999999"))
        assert "Mine alone" not in theirs.text
        assert theirs.status_code == nothing.status_code, address
        assert theirs.status_code in {403, 404}, address
    for address in ("/drafts", "/", "/pages/stock/any/edit", "/account"):
        assert "Mine alone" not in browser.get(address).text
    assert stocked.told() == before


def test_a_form_named_like_somebody_elses_leaves_theirs_alone(app: Flask, stocked: Stock) -> None:
    with stocked.database.begin() as session:
        first, other = make.person(session), make.person(session)
        own_things(session, first)
    browser = sign_in(app, stocked.database, other.id)
    form = {"form": f"own-form-{first.id}", "base": "2", "path": "stock/any", "text": "# Mine\n"}
    assert browser.post("/drafts", data=form).status_code == 200
    with stocked.database.reading() as session:
        query = sa.select(Draft.person_id).where(Draft.form == form["form"])
        assert set(session.scalars(query)) == {first.id, other.id}


def test_no_form_moves_what_it_has_no_field_for(
    app: Flask, stocked: Stock, signed_in: Callable[..., FlaskClient]
) -> None:
    admin = signed_in("admin")
    with stocked.database.begin() as session:
        assert make.team(session).id == 1
    for endpoint, act in ACTS.items():
        if act.role == "admin":  # who may say all this
            continue
        fields = stocked.fields(endpoint, admin)
        with stocked.database.begin() as session:
            person = make.person(session, role=act.role or "member")
            own = own_things(session, person)
        browser = sign_in(app, stocked.database, person.id)
        before = people(stocked.database)
        sent = {**PRIVILEGED, **fields}
        answer = browser.post(stocked.address(app, endpoint, **own), data=sent)
        assert answer.status_code < 400, (endpoint, answer.status_code)
        after = people(stocked.database)
        for number, (role, *_rest) in before.items():
            assert after[number][0] == role, endpoint
        if endpoint not in {"people.leave_wiki", "people.prove_address"}:
            for number, facts in before.items():
                assert after[number] == facts, endpoint
        assert all(after[number][:2] == ("member", "active") for number in after.keys() - before)
        expect_honest(stocked.database, person.id, {*before}, endpoint)


def expect_honest(database: Database, person_id: int, known: set[int], endpoint: str) -> None:
    """See that the newest rows say who and when it was."""
    with database.reading() as session:
        newest = session.scalars(sa.select(Revision).order_by(Revision.id.desc())).first()
        assert newest is not None
        drafts = list(session.scalars(sa.select(Draft).where(Draft.text_sha != b"")))
        invited = list(session.scalars(sa.select(SignUp).where(SignUp.email.like("a.friend%"))))
        gapless = sa.select(Page.id).where(
            Page.head_number
            != sa.select(sa.func.count(Revision.id))
            .where(Revision.page_id == Page.id)
            .scalar_subquery()
        )
        assert list(session.scalars(gapless)) == [], endpoint
    if endpoint in {"writing.save", "writing.copy", "writing.move", "writing.restore"}:
        assert newest.author_id == person_id, endpoint
        assert newest.made_at.year > 2001, endpoint
    assert all(draft.person_id in known for draft in drafts)
    for one in invited:
        assert (one.role, one.outcome, one.proven_at) == ("member", "", None)
        assert one.invited_by != 1
        assert one.expires_at.year < 2099


def people(database: Database) -> dict[int, tuple[str, str, int | None, str]]:
    """Return role, state, team and address of everybody."""
    with database.reading() as session:
        rows = session.execute(
            sa.select(Person.id, Person.role, Person.state, Person.team_id, Person.email)
        )
        return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}

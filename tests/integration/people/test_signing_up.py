"""Asking to join, proving the address, and coming in."""

from collections.abc import Callable
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
    shown,
    way_in,
    who_is_in,
)
from wiki.clock import utc_now
from wiki.mail.letters import Letter
from wiki.people.models import Attempt, Person, PersonAddress, SignUp
from wiki.storage.engine import Database

COLLEAGUE, STRANGER = "di@council.example", "di@elsewhere.example"
FORM = {"name": "Di Roe", "email": COLLEAGUE, "reason": "I plan the parks."}
STATES = ("unknown", "active", "imported", "deactivated")
Browser = Callable[[], FlaskClient]
Outbox = Callable[[], list[Letter]]


@pytest.fixture
def open_to_us(database: Database) -> None:
    decide(database, sign_up="domain", sign_up_domains="council.example")


@pytest.fixture
def open_to_all(database: Database) -> None:
    decide(database, sign_up="approval", sign_up_domains="council.example")


def known_as(database: Database, state: str, email: str) -> None:
    if state != "unknown":
        with database.begin() as session:
            make.person(session, name="Di Known", email=email, state=state)


@pytest.mark.usefixtures("open_to_all")
@pytest.mark.parametrize("email", [COLLEAGUE, STRANGER])
def test_the_answer_does_not_tell_who_is_known(
    browser: Browser, database: Database, outbox: Outbox, email: str
) -> None:
    answers = set()
    for number, state in enumerate(STATES):
        mine = email.replace("di@", f"di{number}@")
        known_as(database, state, mine)
        client = browser()
        answer = client.post("/sign-up", data=FORM | {"email": mine})
        answers.add((answer.status_code, answer.location, shown(client.get(answer.location))))
        again = browser().post("/sign-up", data=FORM | {"email": mine})
        answers.add((again.status_code, again.location, shown(client.get(again.location))))
    assert len(answers) == 1
    assert answers.pop()[:2] == (303, "/sign-up/sent")
    # One letter each, however it is worded: asking twice at once makes no second one.
    assert [letter.recipient for letter in outbox()] == [
        email.replace("di@", f"di{number}@") for number in range(4)
    ]


@pytest.mark.usefixtures("open_to_all")
def test_what_the_letter_says_depends_on_who_reads_it(
    browser: Browser, database: Database, outbox: Outbox
) -> None:
    for state in STATES:
        known_as(database, state, f"{state}@council.example")
        browser().post("/sign-up", data=FORM | {"email": f"{state}@council.example"})
    unknown, active, imported, deactivated = outbox()
    assert unknown.subject == imported.subject == "Join Manyhands"
    assert way_in(unknown).startswith("/sign-up/")
    assert way_in(imported).startswith("/sign-up/")
    assert active.subject == "You are already a member of Manyhands"
    assert way_in(active) == "/sign-in"
    assert "Hello Di Known" in active.text
    assert "has ended" in deactivated.subject
    assert "http" not in deactivated.text


@pytest.mark.usefixtures("open_to_all")
def test_a_letter_to_a_stranger_holds_nothing_that_was_typed(
    browser: Browser, outbox: Outbox
) -> None:
    typed = {"name": "Buy now http://evil.example", "reason": "Cheap http://evil.example"}
    browser().post("/sign-up", data=FORM | typed, headers={"Host": "evil.example"})
    (letter,) = outbox()
    assert "evil" not in letter.subject + letter.text + letter.html
    assert "Buy" not in letter.subject + letter.text + letter.html


@pytest.mark.usefixtures("open_to_us")
def test_a_colleague_proves_the_address_and_is_in(
    browser: Browser, database: Database, outbox: Outbox
) -> None:
    client = browser()
    client.post("/sign-up", data=FORM | {"next": "/pages/aims", "role": "admin", "state": "x"})
    path = way_in(outbox()[0])
    assert path.endswith("?next=%2Fpages%2Faims")
    for _ in range(3):
        assert browser().get(path).status_code == 200
        assert browser().head(path).status_code == 200
    assert person(database, COLLEAGUE) is None
    answer = client.post(path, data={"name": "Di Roe", "next": "/pages/aims", "role": "admin"})
    assert (answer.status_code, answer.location) == (303, "/pages/aims")
    assert who_is_in(client) == "Di Roe"
    made = person(database, COLLEAGUE)
    assert made is not None
    assert (made.role, made.state, made.team_id) == ("member", "active", None)
    assert made.signed_up_at is not None
    assert happened(database, "person.added") == 1
    assert "Welcome, Di Roe." in client.get("/").text


@pytest.mark.usefixtures("open_to_us")
def test_an_author_of_an_imported_history_comes_in_with_it(
    browser: Browser, database: Database, outbox: Outbox
) -> None:
    with database.begin() as session:
        author = make.person(session, name="droe", email="droe@laptop", state="imported")
        session.add(PersonAddress(email=COLLEAGUE, person_id=author.id))
        make.page(session, author=author)
    client = browser()
    client.post("/sign-up", data=FORM)
    client.post(way_in(outbox()[0]), data={"name": "Di Roe"})
    with database.reading() as session:
        known = session.scalars(sa.select(Person)).one()
    assert (known.id, known.name, known.email) == (author.id, "Di Roe", COLLEAGUE)
    assert known.state == "active"
    assert "Di Roe" in client.get("/pages/aims/history").text


@pytest.mark.usefixtures("open_to_us")
def test_who_became_a_member_meanwhile_signs_in(
    browser: Browser, database: Database, outbox: Outbox
) -> None:
    browser().post("/sign-up", data=FORM)
    known_as(database, "active", COLLEAGUE)
    client = browser()
    answer = client.post(way_in(outbox()[0]), data={"name": "Somebody Else"})
    assert answer.location == "/sign-in"
    assert "You are already a member." in client.get("/sign-in").text
    assert who_is_in(client) == "nobody"
    known = person(database, COLLEAGUE)
    assert known is not None
    assert known.name == "Di Known"


@pytest.mark.parametrize("mode", ["closed", "invitation", "domain"])
def test_who_may_not_join_is_told_so(
    browser: Browser, database: Database, outbox: Outbox, mode: str
) -> None:
    decide(database, sign_up=mode)
    page = browser().get("/sign-up")
    assert page.status_code == 200
    assert 'method="post"' not in page.text
    said = "ask an administrator of the wiki to add you" if mode == "closed" else "Ask a colleague"
    assert said in page.text
    answer = browser().post("/sign-up", data=FORM)
    assert answer.status_code == 403
    assert outbox() == []


@pytest.mark.usefixtures("open_to_us")
def test_other_domains_are_refused_whoever_they_are(
    browser: Browser, database: Database, outbox: Outbox
) -> None:
    known_as(database, "active", STRANGER)
    answers = {
        shown(browser().post("/sign-up", data=FORM | {"email": email})).replace(email, "")
        for email in (STRANGER, "eve@elsewhere.example")
    }
    assert len(answers) == 1
    assert "Sign up with an address at council.example." in answers.pop()
    assert outbox() == []


@pytest.mark.usefixtures("open_to_us")
def test_a_door_that_was_closed_meanwhile_stays_closed(
    browser: Browser, database: Database, outbox: Outbox
) -> None:
    browser().post("/sign-up", data=FORM)
    decide(database, sign_up="invitation")
    path = way_in(outbox()[0])
    assert browser().post(path, data={"name": "Di"}).status_code == 403
    decide(database, sign_up="domain")
    assert browser().post(path, data={"name": "Di"}).status_code == 303


@pytest.mark.parametrize(("teams", "is_taken"), [("administrators", False), ("members", True)])
@pytest.mark.usefixtures("open_to_us")
def test_a_team_is_taken_only_where_members_choose_theirs(
    browser: Browser, database: Database, outbox: Outbox, teams: str, *, is_taken: bool
) -> None:
    decide(database, teams=teams)
    with database.begin() as session:
        team_id = make.team(session, "Parks").id
    wrong = browser().post("/sign-up", data=FORM | {"team": "99"})
    assert (wrong.status_code, "Choose a team" in wrong.text) == (422, True)
    browser().post("/sign-up", data=FORM | {"team": str(team_id)})
    browser().post(way_in(outbox()[0]), data={"name": "Di"})
    made = person(database, COLLEAGUE)
    assert made is not None
    assert made.team_id == (team_id if is_taken else None)


@pytest.mark.usefixtures("open_to_us")
def test_teams_are_not_named_where_only_members_read(browser: Browser, database: Database) -> None:
    with database.begin() as session:
        make.team(session, "Secret Services")
    assert "Secret Services" in browser().get("/sign-up").text
    decide(database, readers="members")
    assert "Secret Services" not in browser().get("/sign-up").text


@pytest.mark.usefixtures("open_to_all")
def test_what_is_missing_is_said_and_what_was_typed_stays(browser: Browser) -> None:
    for missing in ("name", "email", "reason"):
        typed = FORM | {"email": STRANGER} | {missing: ""}
        answer = browser().post("/sign-up", data=typed)
        assert answer.status_code == 422
        assert f'href="#{missing}"' in answer.text
        kept = [value for value in typed.values() if value]
        assert all(value in answer.text for value in kept)
    assert browser().post("/sign-up", data=FORM | {"reason": ""}).status_code == 303


@pytest.mark.usefixtures("open_to_us")
def test_addresses_and_names_cannot_bring_in_headers(browser: Browser, outbox: Outbox) -> None:
    for field, value in (
        ("email", f"{COLLEAGUE}\r\nBcc: eve@example.org"),
        ("email", f"{COLLEAGUE}, eve@council.example"),
        ("name", "Di\r\nBcc: eve@example.org"),
    ):
        assert browser().post("/sign-up", data=FORM | {field: value}).status_code == 422
    assert outbox() == []


@pytest.mark.usefixtures("open_to_us")
def test_letters_to_one_address_are_limited(browser: Browser, database: Database) -> None:
    codes = [browser().post("/sign-up", data=FORM).status_code for _ in range(4)]
    assert codes == [303, 303, 303, 429]
    assert count_of(database, Attempt) == 6
    assert browser().post("/sign-in/link", data={"email": COLLEAGUE}).status_code == 429


@pytest.mark.usefixtures("open_to_us")
def test_addresses_of_those_who_never_came_are_forgotten(
    browser: Browser, database: Database
) -> None:
    browser().post("/sign-up", data=FORM)
    make_older(database, SignUp, expires_at=utc_now() - timedelta(days=91))
    browser().post("/sign-up", data=FORM | {"email": "new@council.example"})
    with database.reading() as session:
        assert session.scalars(sa.select(SignUp.email)).all() == ["new@council.example"]


def test_who_is_a_member_goes_on(signed_in: Callable[..., FlaskClient]) -> None:
    assert signed_in().get("/sign-up?next=/changes").location == "/changes"

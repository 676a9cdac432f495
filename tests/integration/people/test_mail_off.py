"""Administrators are told on their home page that no letter leaves, and how to go on."""

from collections.abc import Callable

import click
import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask.testing import FlaskClient

from tests.integration.people.ways import decide
from wiki.clock import utc_now
from wiki.mail.letters import Envelope, Letter, Words, queue
from wiki.storage.engine import Database
from wiki.transfer.commands.upkeep import drop_letters, send_letters

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def restored(database: Database) -> Database:
    """Return a wiki in which mail is off and three letters wait, two of them held."""
    with database.begin() as session:
        for key in "abcd":
            envelope = Envelope(key=key, kind="news", recipient="bo@example.org")
            queue(session, envelope, Words("News", "Some news\n"), now=utc_now())
        for state, keys in (("held", ("a", "b")), ("sent", ("d",))):
            letters = sa.update(Letter).where(Letter.key.in_(keys))
            session.execute(letters.values(state=state))
    decide(database, mail="off")
    return database


def test_an_administrator_reads_that_letters_wait_and_what_to_type(
    restored: Database, signed_in: SignIn
) -> None:
    admin = signed_in("admin")
    page = admin.get("/").text
    assert "E-mail is switched off" in page
    assert "3 letters are waiting." in page
    for command in ("wiki set mail on", "letters send", "letters drop"):
        assert f"<code>manyhands {command}</code>" in page
    decide(restored, mail="on")
    assert "E-mail is switched off" not in admin.get("/").text


@pytest.mark.parametrize(
    ("command", "said"), [(send_letters, "3 letters"), (drop_letters, "1 letter is waiting")]
)
def test_what_became_of_held_letters_is_seen_at_once(
    restored: Database, signed_in: SignIn, command: click.Command, said: str
) -> None:
    admin = signed_in("admin")
    assert "letters drop" in admin.get("/").text
    assert CliRunner().invoke(command, obj=restored).exit_code == 0
    page = admin.get("/").text
    assert said in page
    assert "letters drop" not in page


@pytest.mark.usefixtures("restored")
def test_nobody_else_is_told(signed_in: SignIn, client: FlaskClient) -> None:
    for browser in (client, signed_in("facilitator")):
        assert "E-mail is switched off" not in browser.get("/").text


def test_nothing_is_said_while_mail_is_on(signed_in: SignIn) -> None:
    assert "E-mail is switched off" not in signed_in("admin").get("/").text

"""Letters leave the outbox once, are tried again, and are given up in the end."""

import smtplib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
import sqlalchemy as sa

from tests import make
from wiki.mail import postman
from wiki.mail.deliver import WAITS, Delivery, deliver_due, is_due
from wiki.mail.letters import Envelope, Letter, Words, queue
from wiki.storage.engine import Database

NOW = make.NOON


def _queue(database: Database, key: str = "welcome:1", **facts: object) -> None:
    envelope = Envelope(key=key, kind="welcome", recipient="ana@example.org", **facts)  # type: ignore[arg-type]
    with database.begin() as session:
        queue(session, envelope, Words("Welcome", f"Hello {key}\n"), now=NOW)


def _letters(database: Database) -> list[Letter]:
    with database.reading() as session:
        return list(session.scalars(sa.select(Letter).order_by(Letter.id)))


def _at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def _fails(_message: EmailMessage) -> None:
    raise ConnectionRefusedError("nobody there")


def test_a_letter_is_sent_once_and_marked(database: Database) -> None:
    sent: list[EmailMessage] = []
    _queue(database)
    assert is_due(database, now=NOW)
    assert deliver_due(database, sent.append, clock=_at(NOW)) == Delivery(sent=1)
    assert deliver_due(database, sent.append, clock=_at(NOW)) == Delivery()
    (letter,) = _letters(database)
    assert (letter.state, letter.sent_at, letter.text) == ("sent", NOW, "Hello welcome:1\n")
    assert [message["To"] for message in sent] == ["ana@example.org"]
    assert not is_due(database, now=NOW + timedelta(days=9))


def test_one_occasion_makes_one_letter(database: Database) -> None:
    _queue(database)
    _queue(database)
    _queue(database, key="welcome:2")
    assert len(_letters(database)) == 2


def test_a_letter_waits_for_its_moment(database: Database) -> None:
    sent: list[EmailMessage] = []
    _queue(database, send_after=NOW + timedelta(hours=1))
    assert not is_due(database, now=NOW)
    assert deliver_due(database, sent.append, clock=_at(NOW)) == Delivery()
    later = NOW + timedelta(hours=1)
    assert deliver_due(database, sent.append, clock=_at(later)).sent == 1


def test_a_letter_that_does_not_leave_is_tried_six_times_with_growing_waits(
    database: Database,
) -> None:
    _queue(database)
    moment = NOW
    for wait in WAITS:
        assert deliver_due(database, _fails, clock=_at(moment)) == Delivery(delayed=1)
        assert not is_due(database, now=moment + wait - timedelta(seconds=1))
        moment += wait
        assert is_due(database, now=moment)
    assert deliver_due(database, _fails, clock=_at(moment)) == Delivery(failed=1)
    (letter,) = _letters(database)
    assert (letter.state, letter.tries) == ("failed", 6)
    assert "nobody there" in letter.trouble
    assert not is_due(database, now=moment + timedelta(days=9))


def test_an_address_that_is_refused_for_good_is_not_tried_again(database: Database) -> None:
    def refuse(_message: EmailMessage) -> None:
        raise smtplib.SMTPRecipientsRefused({"ana@example.org": (550, b"no such mailbox")})

    _queue(database)
    assert deliver_due(database, refuse, clock=_at(NOW)) == Delivery(failed=1)
    assert "no such mailbox" in _letters(database)[0].trouble


def test_an_address_that_is_refused_for_now_is_tried_again(database: Database) -> None:
    def refuse(_message: EmailMessage) -> None:
        raise smtplib.SMTPRecipientsRefused({"ana@example.org": (451, b"come back later")})

    _queue(database)
    assert deliver_due(database, refuse, clock=_at(NOW)) == Delivery(delayed=1)


def test_one_letter_in_trouble_does_not_hold_up_the_others(database: Database) -> None:
    sent: list[EmailMessage] = []

    def send(message: EmailMessage) -> None:
        if "welcome:1" in message.as_string():
            raise UnicodeError("cannot be written")
        sent.append(message)

    for number in range(1, 4):
        _queue(database, key=f"welcome:{number}")
    assert deliver_due(database, send, clock=_at(NOW)) == Delivery(sent=2, failed=1)
    assert len(sent) == 2


def test_a_letter_of_a_process_that_died_is_sent_when_its_claim_ends(database: Database) -> None:
    sent: list[EmailMessage] = []

    def die(_message: EmailMessage) -> None:
        raise KeyboardInterrupt

    _queue(database)
    with pytest.raises(KeyboardInterrupt):
        deliver_due(database, die, clock=_at(NOW))
    assert deliver_due(database, sent.append, clock=_at(NOW + timedelta(minutes=9))) == Delivery()
    late = NOW + timedelta(minutes=11)
    assert deliver_due(database, sent.append, clock=_at(late)) == Delivery(sent=1)


def test_a_letter_that_kills_every_process_is_given_up(database: Database) -> None:
    def die(_message: EmailMessage) -> None:
        raise KeyboardInterrupt

    _queue(database)
    moment = NOW
    for _ in range(6):
        with pytest.raises(KeyboardInterrupt):
            deliver_due(database, die, clock=_at(moment))
        moment += timedelta(minutes=11)
    assert deliver_due(database, die, clock=_at(moment)) == Delivery(failed=1)
    assert _letters(database)[0].state == "failed"


def test_a_secret_letter_is_forgotten_when_it_left(database: Database) -> None:
    _queue(database, is_secret=True)
    deliver_due(database, lambda _message: None, clock=_at(NOW))
    (letter,) = _letters(database)
    assert (letter.state, letter.text, letter.html) == ("sent", "", "")


def test_a_letter_that_became_useless_is_not_sent(database: Database) -> None:
    sent: list[EmailMessage] = []
    _queue(database, is_secret=True, send_before=NOW + timedelta(minutes=15))
    late = NOW + timedelta(minutes=15)
    assert deliver_due(database, sent.append, clock=_at(late)) == Delivery(failed=1)
    assert sent == []
    assert _letters(database)[0].text == ""


def test_many_postmen_never_send_a_letter_twice(database: Database) -> None:
    sent: list[str] = []
    for number in range(30):
        _queue(database, key=f"welcome:{number}")

    def send(message: EmailMessage) -> None:
        time.sleep(0.001)
        sent.append(str(message["Message-ID"]))

    with ThreadPoolExecutor(6) as pool:
        rounds = [
            pool.submit(deliver_due, database, send, clock=_at(NOW), at_most=30) for _ in range(6)
        ]
        assert sum(round_.result().sent for round_ in rounds) == 30
    assert len(sent) == len(set(sent)) == 30


def test_a_round_with_nothing_due_writes_nothing(database: Database) -> None:
    before = database.version()
    assert postman.deliver_round(database, lambda _message: None, "a") == 0
    if database.is_sqlite:
        assert database.version() == before
    with database.reading() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM lease")) == 0

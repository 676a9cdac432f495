"""What nobody needs any more goes by itself, in small quiet steps; all else stays."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import make
from wiki.background import tidy
from wiki.clock import utc_now
from wiki.mail.letters import Envelope, Letter, Words, queue
from wiki.pages.models import Editing
from wiki.people.models import Attempt, SignIn, SignInLink, SignUp
from wiki.storage import tidying
from wiki.storage.engine import Database

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _ways_in(session: Session, number: int, now: datetime) -> None:
    for age in (HOUR / 2, 2 * HOUR):
        session.add(Attempt(bucket=f"{age}", at=now - age))
    for left in (DAY, -HOUR):
        at = {"made_at": now, "seen_at": now, "expires_at": now + left}
        session.add(SignIn(token_hash=f"{left}", person_id=number, **at))
    for name, left, spent in (
        ("open", HOUR, None),
        ("just spent", HOUR, -HOUR),
        ("spent", HOUR, -2 * DAY),
        ("over", -2 * DAY, None),
    ):
        link = SignInLink(token_hash=name, person_id=number, made_at=now, expires_at=now + left)
        link.spent_at = None if spent is None else now + spent
        session.add(link)


def _sign_ups(session: Session, now: datetime) -> None:
    year = 366 * DAY
    for name, expires, proven, decided in (
        ("open", DAY, None, None),
        ("over", -DAY, None, None),
        ("long over", -year, None, None),
        ("waiting for long", -year, -year, None),
        ("decided", -DAY, -DAY, -DAY),
        ("long decided", -year, -year, -year),
    ):
        asked = SignUp(token_hash=name, email="a@example.org", made_at=now, name="", reason="")
        asked.expires_at = now + expires
        asked.proven_at = None if proven is None else now + proven
        asked.decided_at = None if decided is None else now + decided
        asked.outcome = "refused" if decided else ""
        session.add(asked)


def _letters(session: Session, now: datetime) -> None:
    for key, age, state in (
        ("fresh", DAY, "sent"),
        ("old", 366 * DAY, "sent"),
        ("old and failed", 366 * DAY, "failed"),
        ("old and held", 366 * DAY, "held"),
    ):
        envelope = Envelope(key=key, kind="news", recipient="a@example.org")
        queue(session, envelope, Words("News", "Some news\n", "<p>Some news</p>"), now=now - age)
        session.execute(sa.update(Letter).where(Letter.key == key).values(state=state))


def tidy_all(database: Database) -> int:
    """Tidy until nothing waits; return in how many steps."""
    steps = 1
    while tidy(database, "a"):
        steps += 1
    return steps


def told(database: Database, column: sa.orm.InstrumentedAttribute[str]) -> set[str]:
    with database.reading() as session:
        return set(session.scalars(sa.select(column)))


def test_what_is_over_goes_and_what_is_not_stays(database: Database) -> None:
    now = utc_now()
    with database.begin() as session:
        page, ana, ben = make.page(session), make.person(session), make.person(session)
        _ways_in(session, ana.id, now)
        _sign_ups(session, now)
        _letters(session, now)
        for who, age in ((ana, HOUR), (ben, 2 * DAY)):
            seen = {"opened_at": now - age, "seen_at": now - age}
            session.add(Editing(page_id=page.id, person_id=who.id, **seen))
        here = ana.id
    tidy_all(database)
    assert told(database, Attempt.bucket) == {f"{HOUR / 2}"}
    assert told(database, SignIn.token_hash) == {f"{DAY}"}
    assert told(database, SignInLink.token_hash) == {"open", "just spent"}
    assert told(database, SignUp.token_hash) == {"open", "over", "waiting for long", "decided"}
    with database.reading() as session:
        assert list(session.scalars(sa.select(Editing.person_id))) == [here]
        rows = session.execute(sa.select(Letter.key, Letter.text, Letter.html, Letter.recipient))
        letters = {row[0]: tuple(row[1:]) for row in rows}
    whole, empty = ("Some news\n", "<p>Some news</p>"), ("", "")
    assert letters == {
        "fresh": (*whole, "a@example.org"),
        "old": (*empty, "a@example.org"),
        "old and failed": (*empty, "a@example.org"),
        "old and held": (*whole, "a@example.org"),
    }


def test_many_rows_go_in_several_quiet_steps(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "AT_ONCE", 10)
    long_ago = utc_now() - 2 * DAY
    with database.begin() as session:
        session.add_all(Attempt(bucket=f"{number}", at=long_ago) for number in range(35))
    before = database.version()
    assert tidy_all(database) == 5
    assert told(database, Attempt.bucket) == set()
    assert database.version() == before


def test_looking_for_old_rows_writes_nothing_while_there_are_none(database: Database) -> None:
    with database.begin() as session:
        make.page(session)
    assert not tidy(database, "a")
    with database.reading() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM lease")) == 0

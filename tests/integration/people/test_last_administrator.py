"""However many administrators go in the same moment, one of them stays."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import make
from wiki.clock import utc_now
from wiki.errors import Invalid
from wiki.mail.letters import Words
from wiki.people import service
from wiki.people.models import Person
from wiki.storage.engine import Database

Go = Callable[[Session, int, datetime], object]


def _is_shut_out(session: Session, number: int, now: datetime) -> None:
    service.deactivate(session, number, now=now)


def _leaves(session: Session, number: int, now: datetime) -> None:
    service.leave_wiki(session, number, write=lambda *_, **__: Words("Bye", "Bye\n"), now=now)


def _steps_down(session: Session, number: int, now: datetime) -> None:
    service.change_member(
        session, number, name="Ada", role="member", team_id=None, now=now, actor_id=number
    )


def _is_made_a_member(session: Session, number: int, now: datetime) -> None:
    email = session.get_one(Person, number).email
    service.add(session, email, role="member", now=now)


WAYS = [_is_shut_out, _leaves, _steps_down, _is_made_a_member]


@pytest.mark.parametrize("second", WAYS)
@pytest.mark.parametrize("first", WAYS)
def test_of_two_administrators_who_go_at_once_one_stays(
    database: Database, first: Go, second: Go
) -> None:
    with database.begin() as session:
        ids = [make.person(session, role="admin").id for _ in range(2)]

    def go(way: Go, number: int) -> None:
        with database.begin() as session:
            way(session, number, utc_now())

    with ThreadPoolExecutor(1) as threads:
        with database.begin() as session:
            first(session, ids[0], utc_now())
            later = threads.submit(go, second, ids[1])
            wait([later], timeout=0.2)
        with pytest.raises(Invalid, match="only administrator"):
            later.result()
    with database.reading() as session:
        query = sa.select(Person.id).where(Person.role == "admin", Person.state == "active")
        assert list(session.scalars(query)) == [ids[1]]

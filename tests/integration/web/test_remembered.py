"""Values that are remembered until something changes, and those that never change."""

from collections.abc import Callable

import pytest
from flask import Flask

from wiki.app import create_app
from wiki.people.models import WikiSetting
from wiki.storage.engine import Database
from wiki.web.cache import FOR_GOOD_BYTES, kept_for_good, remembered

Maker = Callable[[], object]


@pytest.fixture
def counted() -> tuple[Maker, list[int]]:
    """Return a function whose calls are counted, and the count."""
    calls: list[int] = []

    def make() -> None:
        calls.append(1)

    return make, calls


def commit(database: Database) -> None:
    """Commit something of no importance."""
    with database.begin() as session:
        session.merge(WikiSetting(key="nothing", value="x"))


def test_a_value_is_made_once_also_when_it_is_nothing(
    app: Flask, counted: tuple[Maker, list[int]], database: Database
) -> None:
    make, calls = counted
    with app.app_context():
        assert [remembered("key", make) for _ in range(20)] == [None] * 20
    # On PostgreSQL others in the same server may end it; not each time.
    assert len(calls) == 1 if database.is_sqlite else len(calls) < 20


def test_each_key_has_a_value_of_its_own(app: Flask) -> None:
    with app.app_context():
        assert remembered(("a", 1), lambda: "first") == "first"
        assert remembered(("a", 2), lambda: "second") == "second"


def test_a_commit_ends_it(app: Flask, counted: tuple[Maker, list[int]], database: Database) -> None:
    make, calls = counted
    with app.app_context():
        remembered("key", make)
        commit(database)
        remembered("key", make)
    assert len(calls) == 2


def test_two_applications_remember_for_themselves(app: Flask, database: Database) -> None:
    other = create_app(database.settings, database)
    with app.app_context():
        remembered("key", lambda: "one")
    with other.app_context():
        assert remembered("key", lambda: "two") == "two"


def test_what_never_changes_outlives_commits(
    app: Flask, counted: tuple[Maker, list[int]], database: Database
) -> None:
    make, calls = counted
    with app.app_context():
        kept_for_good("key", make, weigh=lambda _: 10)
        commit(database)
        assert kept_for_good("key", make, weigh=lambda _: 10) is None
    assert len(calls) == 1


def test_of_what_never_changes_only_so_much_is_kept(app: Flask) -> None:
    made: list[int] = []
    room = 32  # so many values of this weight fit

    def get(number: int) -> None:
        kept_for_good(number, lambda: made.append(number), weigh=lambda _: FOR_GOOD_BYTES // room)

    with app.app_context():
        for number in range(2 * room):
            get(number)
            get(0)
        assert made == list(range(2 * room))
        get(1)
        get(2 * room - 1)
    assert made[2 * room :] == [1]

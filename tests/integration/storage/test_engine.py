"""Transactions and the version of a database, on both databases."""

import threading

import pytest
import sqlalchemy as sa

from wiki.errors import Misconfigured
from wiki.people.models import Team
from wiki.storage import migrations
from wiki.storage.dialect import insert_or_ignore, upsert
from wiki.storage.engine import Database, aloud


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(sa.select(Team.name).order_by(Team.name)))


def test_what_is_written_in_a_block_is_kept(database: Database) -> None:
    with database.begin() as session:
        session.add(Team(name="Housing"))
    assert names(database) == ["Housing"]


def test_a_block_that_raises_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.begin() as session:
            session.add(Team(name="Housing"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert names(database) == []


def test_the_version_stands_still_until_somebody_commits(database: Database) -> None:
    before = database.version()
    names(database)
    assert database.version() == before
    with database.begin() as session:
        session.add(Team(name="Housing"))
    assert database.version() != before


def test_the_version_stands_still_when_a_block_raises(database: Database) -> None:
    before = database.version()

    def fail() -> None:
        with database.begin() as session:
            session.add(Team(name="Housing"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert database.version() == before


def test_a_quiet_commit_leaves_the_version(database: Database) -> None:
    before = database.version()
    with database.begin(quiet=True) as session:
        session.add(Team(name="Housing"))
    assert names(database) == ["Housing"]
    assert database.version() == before
    with database.begin() as session:
        session.add(Team(name="Planning"))
    assert database.version() != before


def test_a_quiet_commit_that_turns_out_to_be_seen_counts(database: Database) -> None:
    before = database.version()
    with database.begin(quiet=True) as session:
        session.add(Team(name="Housing"))
        aloud(session)
    assert database.version() != before


def test_the_version_sees_what_another_process_committed(database: Database) -> None:
    other = Database(database.settings)
    before = database.version()
    with other.begin() as session:
        session.add(Team(name="Housing"))
    other.close()
    assert database.version() != before


def test_writers_that_read_first_never_lose_an_update(database: Database) -> None:
    with database.begin() as session:
        session.add(Team(id=1, name="0"))

    def count_up() -> None:
        for _ in range(10):
            with database.begin() as session:
                team = session.scalars(sa.select(Team).with_for_update()).one()
                team.name = str(int(team.name) + 1)

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names(database) == ["40"]


def test_rows_that_stand_already_are_ignored(database: Database) -> None:
    rows = [{"name": "Housing"}, {"name": "Planning"}]
    with database.begin() as session:
        insert_or_ignore(session, Team, rows[:1])
        insert_or_ignore(session, Team, [])
    with database.begin() as session:
        insert_or_ignore(session, Team, rows)
    assert names(database) == ["Housing", "Planning"]


def test_a_row_that_stands_already_is_set_anew(database: Database) -> None:
    with database.begin() as session:
        upsert(session, Team, ["id"], {"id": 7, "name": "Housing"})
        upsert(session, Team, ["id"], {"id": 7, "name": "Planning"})
    assert names(database) == ["Planning"]


def test_migrating_twice_does_nothing(database: Database) -> None:
    assert migrations.migrate(database) is False
    migrations.check_shape(database)


def test_a_newer_database_is_refused_politely(database: Database) -> None:
    set_number = sa.text("UPDATE alembic_version SET version_num = :number")
    with database.begin() as session:
        session.execute(set_number, {"number": "9999"})
    try:
        with pytest.raises(Misconfigured, match="newer Manyhands"):
            migrations.check_shape(database)
        with pytest.raises(Misconfigured, match="newer Manyhands"):
            migrations.migrate(database)
    finally:
        with database.begin() as session:
            session.execute(set_number, {"number": migrations.newest()})


def test_sqlite_runs_as_safely_as_promised(database: Database) -> None:
    if not database.is_sqlite:
        pytest.skip("the pragmas are SQLite's")
    with database.engine.connect() as connection:
        read = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert read == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
    }

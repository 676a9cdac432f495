"""Transactions and the version of a database, on both databases."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from wiki.errors import Busy, Misconfigured
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


def test_who_waits_for_a_lock_in_vain_is_told_that_the_wiki_is_busy(database: Database) -> None:
    with database.begin() as session:
        session.add(Team(id=1, name="Housing"))
    impatient = Database(database.settings)
    patience = "PRAGMA busy_timeout=50" if impatient.is_sqlite else "SET lock_timeout = 50"

    def hurry(connection: sqlite3.Connection, *_rest: object) -> None:
        connection.execute(patience)

    sa.event.listen(impatient.engine, "checkout", hurry)
    query = sa.select(Team).with_for_update()
    with database.begin() as holding:
        holding.scalars(query).one()
        with pytest.raises(Busy), impatient.begin() as waiting:
            waiting.scalars(query).one()
    impatient.close()


def test_a_full_disk_is_not_called_busy(database: Database) -> None:
    if not database.is_sqlite:
        pytest.skip("PostgreSQL has the disk to itself")
    full = sqlite3.OperationalError("database or disk is full, and the table is locked")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL

    def fill() -> None:
        with database.begin():
            raise sa.exc.OperationalError("INSERT", {}, full)

    with pytest.raises(sa.exc.OperationalError, match="disk is full"):
        fill()


def test_two_who_wait_for_each_other_are_told_that_the_wiki_is_busy(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("on SQLite there is one lock, so nobody waits for two")
    with database.begin() as session:
        session.add_all([Team(id=1, name="Housing"), Team(id=2, name="Planning")])
    gate = threading.Barrier(2)

    def take_both(*ids: int) -> str:
        try:
            with database.begin() as session:
                for number in ids:
                    session.scalars(sa.select(Team).filter_by(id=number).with_for_update()).one()
                    if number == ids[0]:
                        gate.wait(10)
        except Busy:
            return "busy"
        return "done"

    with ThreadPoolExecutor(2) as threads:
        one, other = threads.submit(take_both, 1, 2), threads.submit(take_both, 2, 1)
        assert {one.result(), other.result()} == {"busy", "done"}


def test_a_connection_that_the_server_ended_is_given_to_nobody(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite has no server")
    ended = sa.text(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    other = sa.create_engine(database.engine.url, poolclass=sa.NullPool)
    for _ in range(2):
        with database.begin() as session:
            assert session.scalar(sa.text("SELECT 1")) == 1
        with other.connect() as connection:
            assert any(connection.scalars(ended))
    with database.reading() as session:
        assert session.scalar(sa.text("SELECT 1")) == 1


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

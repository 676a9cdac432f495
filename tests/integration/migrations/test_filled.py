"""A full wiki goes from each shape of the tables to the next and back, and loses nothing."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.conftest import settings_for
from tests.integration.migrations.test_shape import numbers, shape
from tests.integration.upkeep.lived_in import LATER, live_in
from tests.postgres import fresh_database
from wiki.mail.letters import Letter
from wiki.pages.models import Revision
from wiki.pages.queries.texts import text_of
from wiki.people.models import Team
from wiki.search.service import rebuild
from wiki.storage import tables
from wiki.storage.engine import Database
from wiki.storage.migrations import check_shape, current, migrate
from wiki.transfer.service.checking import check
from wiki.transfer.service.everything import all_tables
from wiki.transfer.service.sample import load_sample

Open = Callable[[], Database]


@pytest.fixture
def another(database: Database, tmp_path: Path) -> Iterator[Open]:
    """Return a function that gives an empty database, of the kind of `database`."""
    made: list[Database] = []

    def another() -> Database:
        folder = tmp_path / f"another-{len(made)}"
        url = f"sqlite:///{folder}/wiki.db" if database.is_sqlite else fresh_database()
        made.append(Database(settings_for(url, folder)))
        return made[-1]

    yield another
    for one in made:
        one.close()


@pytest.fixture
def full(another: Open) -> Database:
    """Return a wiki with the sample in it, and something of everything besides."""
    database = another()
    migrate(database)
    load_sample(database, now=LATER - timedelta(days=1))
    with database.begin() as session:
        # Both have a team of this name.
        session.execute(sa.update(Team).where(Team.name == "Housing").values(name="Homes"))
    live_in(database)
    return database


def hashes(database: Database) -> list[tuple[int, bytes]]:
    with database.reading() as session:
        query = sa.select(Revision.id, Revision.text_sha).order_by(Revision.id)
        return [(row[0], row[1]) for row in session.execute(query)]


def as_it_was(full: Database, older: Database, number: str) -> None:
    """Fill `older` with what a program that knew the tables of this number would have kept."""
    migrate(older, number)
    inspector = sa.inspect(older.engine)
    known = {
        table: {column["name"] for column in inspector.get_columns(table)}
        for table in inspector.get_table_names()
    }
    with full.engine.connect() as source, older.begin(quiet=True) as session:
        kept = [table for table in all_tables(source) if table.name in known]
        for table in kept:
            columns = tables.columns_of(table)
            places = [n for n, (name, _) in enumerate(columns) if name in known[table.name]]
            rows = ([row[n] for n in places] for row in tables.rows_of(source, table))
            for _ in tables.put_rows(session, table.name, [columns[n] for n in places], rows):
                pass
        tables.set_sequences(session, [table.name for table in kept if "id" in table.columns])


def is_well(database: Database, *, now: datetime) -> bool:
    checked = check(database, now=now, is_deep=True, progress=lambda *_: None)
    # The settings are those of the test's server, and the letters are of long ago.
    return not {finding.kind for finding in checked.findings} - {"settings", "letters"}


@pytest.mark.parametrize("number", numbers()[:-1])
def test_a_wiki_of_an_older_program_has_every_text_after_the_upgrade(
    full: Database, another: Open, number: str
) -> None:
    older = another()
    as_it_was(full, older, number)
    migrate(older)
    check_shape(older)
    assert hashes(older) == hashes(full)
    with full.reading() as before, older.reading() as after:
        for _, sha in hashes(full):
            assert text_of(after, sha) == text_of(before, sha)
        query = sa.select(Letter.key, Letter.text).order_by(Letter.key)
        assert after.execute(query).all() == before.execute(query).all()
    rebuild(older, lambda *_: None)
    assert is_well(older, now=LATER)


def test_every_migration_of_a_full_wiki_can_be_taken_back_and_done_again(
    full: Database, another: Open
) -> None:
    there, known = shape(full), hashes(full)
    for number in reversed(numbers()[:-1]):
        fresh = another()
        migrate(fresh, number)
        migrate(full, number)
        assert shape(full) == shape(fresh), f"going back to {number}"
        with full.reading() as session:
            query = sa.text("SELECT id, text_sha FROM revision ORDER BY id")
            assert [(row[0], bytes(row[1])) for row in session.execute(query)] == known
    migrate(full)
    assert (shape(full), hashes(full)) == (there, known)
    assert is_well(full, now=LATER)
    migrate(full, "base")
    assert (shape(full), current(full)) == ({}, None)

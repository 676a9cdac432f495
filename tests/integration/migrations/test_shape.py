"""The migrations: they make what the models say, and every one of them can be taken back."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import cast

import alembic.migration
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.script import ScriptDirectory

import wiki
from tests.postgres import fresh_database
from wiki import places
from wiki.errors import Misconfigured
from wiki.settings import Settings
from wiki.storage.base import Base
from wiki.storage.engine import Database
from wiki.storage.migrations import check_shape, current, is_ours, migrate, newest


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Return a database without a single table."""
    kind = cast("str", request.param)
    url = f"sqlite:///{tmp_path / 'wiki.db'}" if kind == "sqlite" else fresh_database()
    settings = Settings(
        database_url=url, data_dir=tmp_path, secret_key="x" * 40, public_url="http://x.example.org"
    )
    database = Database(settings)
    yield database
    database.close()


def know_every_table() -> None:
    """Load whatever may hold a model, so that no forgotten import hides a table."""
    for module in pkgutil.walk_packages(wiki.__path__, "wiki."):
        import_module(module.name)


def numbers() -> list[str]:
    """Return the numbers of all migrations, first to last."""
    scripts = ScriptDirectory(str(places.folder("migrations")))
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]


def shape(database: Database) -> dict[str, list[str]]:
    """Return every table with what it consists of, as the database itself tells it."""
    inspector = sa.inspect(database.engine)
    return {
        table: sorted(
            [f"{column['name']} {column['type']}" for column in inspector.get_columns(table)]
            + [f"index {index['name']}" for index in inspector.get_indexes(table)]
        )
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def test_the_migrations_make_exactly_the_tables_of_the_models(empty: Database) -> None:
    know_every_table()
    migrate(empty)
    with empty.engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "include_name": is_ours}
        context = alembic.migration.MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_every_migration_can_be_taken_back_and_done_again(empty: Database) -> None:
    shapes = [shape(empty)]
    for number in numbers():
        migrate(empty, number)
        shapes.append(shape(empty))
    for number, before in reversed(list(zip(["base", *numbers()], shapes, strict=True))[:-1]):
        migrate(empty, number)
        assert shape(empty) == before, f"going back to {number}"
    migrate(empty)
    assert shape(empty) == shapes[-1]


def test_migrating_twice_does_nothing_the_second_time(empty: Database) -> None:
    assert migrate(empty)
    assert not migrate(empty)
    assert current(empty) == newest() == numbers()[-1]


def test_a_database_that_was_never_prepared_is_refused_with_the_command_to_type(
    empty: Database,
) -> None:
    with pytest.raises(Misconfigured, match="manyhands migrate"):
        check_shape(empty)


def test_a_database_of_a_newer_program_is_refused_and_left_alone(empty: Database) -> None:
    migrate(empty)
    with empty.engine.execution_options(writes=True).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Misconfigured, match="newer"):
        migrate(empty)
    assert current(empty) == "9999"

"""Bringing the tables to the shape that this program needs.

Alembic is loaded only when there is something to do: it takes longer than a whole start.
"""

from functools import cache

import sqlalchemy as sa

from wiki import places
from wiki.errors import Misconfigured
from wiki.storage.engine import Database

# The search tables are written by hand for each database; SQLAlchemy has no words for them.
_BY_HAND = "search_terms"
NOT_PREPARED = "The database needs to be prepared first. Run: manyhands migrate"


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Return whether Alembic should compare the table `name` with the models."""
    return kind != "table" or not (name or "").startswith(_BY_HAND)


@cache
def newest() -> str:
    """Return the number of the newest migration, like `0001`."""
    names = (file.name for file in (places.folder("migrations") / "versions").glob("[0-9]*.py"))
    return max(name.split("_", 1)[0] for name in names)


def current(database: Database) -> str | None:
    """Return the number of the last migration that ran here, or None in an empty database."""
    with database.engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        number: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        return number


def migrate(database: Database, target: str = "head") -> bool:
    """Run what is missing up to `target`; return whether anything was done.

    Each step is one transaction: after a crash the tables have the old shape or the new.
    Raises Misconfigured when the database is newer than this program.
    """
    before = current(database)
    if target == "head":
        _refuse_newer(before)
        if before == newest():
            return False
    _alembic(database, target)
    return current(database) != before


def check_shape(database: Database) -> None:
    """Raise Misconfigured unless the tables have the shape that this program needs."""
    number = current(database)
    _refuse_newer(number)
    if number != newest():
        raise Misconfigured(NOT_PREPARED)


def _refuse_newer(number: str | None) -> None:
    if number is not None and number > newest():
        raise Misconfigured(
            "The database was made by a newer Manyhands (its tables are at {number}, this "
            "program knows {newest}). Install the newer program again, or restore a backup.",
            number=number,
            newest=newest(),
        )


def _alembic(database: Database, target: str) -> None:
    from alembic import command  # noqa: PLC0415  # slow to load, seldom needed
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(places.folder("migrations")))
    before = current(database)
    down = target == "base" or (before is not None and target != "head" and target < before)
    with database.engine.execution_options(writes=True).connect() as connection:
        config.attributes["connection"] = connection
        (command.downgrade if down else command.upgrade)(config, target)
        connection.commit()

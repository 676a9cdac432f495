"""The PostgreSQL database of a test run, emptied before each test.

To truncate forty tables takes the server fifty to a hundred milliseconds, to delete the few rows of
a test takes five. Deleted rows leave their place behind, so now and then the tables are truncated.
"""

from functools import cache
from itertools import count

import sqlalchemy as sa

from wiki.storage.base import Base
from wiki.storage.engine import Database
from wiki.transfer.service import everything  # noqa: F401  brings in the tables of every feature

_TRUNCATED_EVERY = 100
_emptied = count()


def empty(database: Database) -> None:
    """Take every row out of every table, and let the numbers of new ones begin at 1 again."""
    is_truncated = next(_emptied) % _TRUNCATED_EVERY == 0
    with database.engine.begin() as connection:
        connection.exec_driver_sql(_truncating() if is_truncated else _deleting())


@cache
def _truncating() -> str:
    listed = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    return f"TRUNCATE {listed} RESTART IDENTITY CASCADE"


@cache
def _deleting() -> str:
    tables = Base.metadata.sorted_tables
    # Whoever refers to others goes before them.
    deletes = [f'DELETE FROM "{table.name}"' for table in reversed(tables)]  # noqa: S608  our own
    counters = [
        f"""SELECT setval(pg_get_serial_sequence('"{table.name}"', 'id'), 1, false)"""
        for table in tables
        if "id" in table.columns and isinstance(table.columns["id"].type, sa.Integer)
    ]
    return ";".join([*deletes, *counters])

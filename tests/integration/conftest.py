"""What every test against a real database may want to look at."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, TypeAlias

import pytest
import sqlalchemy as sa

from wiki.storage.engine import Database

_REMEMBERED = re.compile("^BEGIN|FROM wiki_setting|, page.position|FROM sign_in|FROM page_limit")
Recorder: TypeAlias = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def recorded(database: Database) -> Recorder:
    """Return a context manager that gives the SQL statements sent inside it.

    What is remembered until somebody commits is left out: on PostgreSQL a commit to another
    database of the same server is enough to ask for it again.
    """

    @contextmanager
    def record() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not _REMEMBERED.search(statement):
                statements.append(statement)

        sa.event.listen(database.engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            sa.event.remove(database.engine, "before_cursor_execute", note)

    return record

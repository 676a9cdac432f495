"""Empty places into which a backup can be restored."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import KINDS, settings_for
from tests.postgres import fresh_database
from wiki.storage.engine import Database

Place = Callable[[str], Database]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Return a function that gives a place of a kind in which no wiki was ever prepared."""
    made: list[Database] = []

    def place(kind: str) -> Database:
        folder = tmp_path / f"place-{len(made)}"
        url = f"sqlite:///{folder}/wiki.db" if kind == "sqlite" else fresh_database()
        made.append(Database(settings_for(url, folder)))
        return made[-1]

    yield place
    for database in made:
        database.close()


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, place: Place) -> Database:
    """Return such a place, once of each kind."""
    return place(str(request.param))

"""The application, for tests that look at it and ask it nothing."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.house.routes import an_app


@pytest.fixture(scope="module")
def the_app() -> Iterator[Flask]:
    """Return the application over an empty SQLite database."""
    with an_app() as app:
        yield app

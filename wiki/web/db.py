"""The database of the running application, for routes."""

from contextlib import AbstractContextManager
from typing import cast

from flask import current_app
from sqlalchemy.orm import Session

from wiki.settings import Settings
from wiki.storage.engine import Database


def database() -> Database:
    """Return the database of the application that answers this request."""
    return cast("Database", current_app.extensions["database"])


def settings() -> Settings:
    """Return what the program was told from outside."""
    return database().settings


def begin(*, quiet: bool = False) -> AbstractContextManager[Session]:
    """Give the session of a write transaction; see Database.begin."""
    return database().begin(quiet=quiet)


def reading() -> AbstractContextManager[Session]:
    """Give a session that only reads."""
    return database().reading()

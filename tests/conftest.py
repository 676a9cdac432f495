"""What tests stand on: a migrated database of each kind, the application, its browsers."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests import make
from tests.compiled import COMPILED
from tests.emptying import empty
from tests.postgres import postgres_url
from wiki.app import create_app
from wiki.mail.letters import Letter
from wiki.settings import Mail, Settings
from wiki.storage.engine import Database
from wiki.storage.migrations import migrate

SECRET = "only-for-tests-0123456789abcdef0123456789"
KINDS = ("sqlite", "postgresql")


def settings_for(url: str, folder: Path) -> Settings:
    """Return settings of a wiki that lives in `folder` and sends letters into it."""
    return Settings(
        database_url=url,
        data_dir=folder,
        secret_key=SECRET,
        public_url="http://wiki.example.org",
        mail=Mail(transport="file", sender="wiki@example.org"),
    )


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an SQLite file with every table and no rows, to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    file = folder / "wiki.db"
    database = Database(settings_for(f"sqlite:///{file}", folder))
    migrate(database)
    database.close()
    return file


@pytest.fixture(scope="session")
def migrated_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Return a PostgreSQL database with every table, emptied before each test."""
    database = Database(settings_for(postgres_url(), tmp_path_factory.mktemp("postgresql")))
    migrate(database)
    yield database
    database.close()


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Return a migrated, empty database, once of each kind."""
    if request.param == "postgresql":
        shared = cast("Database", request.getfixturevalue("migrated_postgresql"))
        empty(shared)
        yield shared
        return
    template = cast("Path", request.getfixturevalue("migrated_sqlite"))
    file = Path(shutil.copy(template, tmp_path / "wiki.db"))
    database = Database(settings_for(f"sqlite:///{file}", tmp_path))
    yield database
    database.close()


@pytest.fixture
def app(database: Database) -> Flask:
    """Return the application over `database`."""
    app = create_app(database.settings, database)
    app.jinja_env.bytecode_cache = COMPILED
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a browser without script in which nobody is signed in."""
    return app.test_client()


@pytest.fixture
def signed_in(app: Flask, database: Database) -> Callable[..., FlaskClient]:
    """Return a function that gives a browser in which a new member of a role is signed in."""

    def sign_in(role: str = "member", **facts: Any) -> FlaskClient:
        browser = app.test_client()
        with database.begin() as session:
            person = make.person(session, role=role, **facts)
            token = make.sign_in(session, person)
        with browser.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
        return browser

    return sign_in


@pytest.fixture
def outbox(database: Database) -> Callable[[], list[Letter]]:
    """Return a function that gives the letters written so far, oldest first."""

    def letters() -> list[Letter]:
        with database.reading() as session:
            return list(session.scalars(sa.select(Letter).order_by(Letter.id)))

    return letters

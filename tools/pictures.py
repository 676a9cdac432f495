"""`make pictures`: takes the pictures of the README anew, from the sample strategy."""

import http.client
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tools import environment
from tools.steps import ROOT, StepFailedError

PORT = 28900
URL = f"http://127.0.0.1:{PORT}"
PICTURES = {
    "home": "/",
    "page": "/pages/strategy",
    "history": "/pages/strategy/history",
    "compare": "/pages/strategy/compare/5..9",
}
SCRIPT = """
import os, shutil, sys
from pathlib import Path
from playwright.sync_api import sync_playwright

url, folder, *pairs = sys.argv[1:]
names = ("chromium", "chromium-browser", "google-chrome")
installed = next(filter(None, map(shutil.which, names)), None)
arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=installed, args=arguments)
    page = browser.new_page(viewport={"width": 1280, "height": 860})
    for pair in pairs:
        name, _, path = pair.partition("=")
        page.goto(url + path, wait_until="load")
        page.screenshot(path=Path(folder) / f"{name}.png")
    browser.close()
"""


def main() -> int:
    """Take every picture; return 1 with a sentence when that is impossible."""
    try:
        environment.prepare(with_dev=True)
        with serving():
            pairs = [f"{name}={path}" for name, path in PICTURES.items()]
            folder = str(ROOT / "docs/pictures")
            command = [str(environment.PYTHON), "-c", SCRIPT, URL, folder, *pairs]
            subprocess.run(command, check=True)
    except (StepFailedError, subprocess.CalledProcessError) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"docs/pictures holds {', '.join(PICTURES)}.")
    return 0


@contextmanager
def serving() -> Iterator[None]:
    """Serve the sample strategy from an empty folder for a while."""
    folder = tempfile.mkdtemp()
    program = str(environment.program("manyhands"))
    server = subprocess.Popen(
        [program, "start", "--port", str(PORT)], cwd=folder, stdout=subprocess.DEVNULL
    )
    try:
        wait_until_ready(server)
        yield
    finally:
        server.terminate()
        server.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def wait_until_ready(server: subprocess.Popen[bytes]) -> None:
    """Return when the wiki answers. Raises StepFailedError when it never does."""
    for _ in range(600):
        if server.poll() is not None:
            break
        try:
            asked = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            asked.request("GET", "/readyz")
            asked.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise StepFailedError("The wiki did not start, so no pictures could be taken.")


if __name__ == "__main__":
    raise SystemExit(main())

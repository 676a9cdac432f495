"""A real Chromium for the browser tests, wikis to visit, and pages that notice what goes wrong.

`page` is a window of 1280 by 900 with script; `new_page` makes others: `new_page(width=320)`,
`new_page(javascript=False)`. Both fail their test at its end when a script threw an error, the
content security policy stopped something or a part of a page was not there, so no journey needs
to look for that itself.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Response,
    expect,
    sync_playwright,
)

from tests.browser.hands import WAYS, Hand
from tests.browser.wikis import closed_wiki, empty_wiki, live_wiki, writing_wiki

__all__ = ["closed_wiki", "empty_wiki", "live_wiki", "writing_wiki"]

CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE_MS = 10_000
# A browser that leaves a page early makes the server of these tests drop the file in hand.
LEFT_EARLY = r"ignore:Exception ignored in. <_io\.FileIO:pytest.PytestUnraisableExceptionWarning"
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder, so that `-m "not browser"` leaves them out."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker("browser")
            item.add_marker(pytest.mark.filterwarnings(LEFT_EARLY))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Chromium: the system's own where there is one, else the one Playwright fetched."""
    installed = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    # Chromium's sandbox refuses root, and the pages that it opens here are our own.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=installed, args=[*QUIET, *sandbox], timeout=60_000
        )
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a window without cookies; see the top of this file."""
    problems: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(*, width: int = 1280, javascript: bool = True, **more: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
            **{"reduced_motion": "reduce", **more},
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(_said(error)))
        page.on("console", lambda message: problems.extend(_complaint(message)))
        page.on("response", lambda response: problems.extend(_missing(response)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not problems, "The browser complained:\n" + "\n".join(problems)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """Return a window of a usual size, with script."""
    return new_page()


@pytest.fixture(params=WAYS)
def hand(request: pytest.FixtureRequest, new_page: Callable[..., Page]) -> Hand:
    """Return a visitor with a window: with a mouse, a keyboard, without script, on a phone."""
    return WAYS[request.param](new_page)


def _said(error: Error) -> str:
    return f"{error.name}: {error.message}"


def _complaint(message: ConsoleMessage) -> list[str]:
    """Return the text of an error; that an answer had a bad status `_missing` tells better."""
    is_answer = message.text.startswith("Failed to load resource: the server responded")
    return [message.text] if message.type == "error" and not is_answer else []


def _missing(response: Response) -> list[str]:
    """Return what of ours a page asked for in vain; the wiki's people answer for their pictures."""
    is_ours = response.request.resource_type not in {"document", "image"}
    return [f"{response.status} {response.url}"] if is_ours and response.status >= 400 else []

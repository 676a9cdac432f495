"""Every kind of page, wide and narrow: what axe and the Nu checker find, and what sticks out."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.checks import axe, nu_check
from tests.browser.examples import Example, examples, without_example
from tests.browser.live import LiveWiki

NARROW, WIDE = 320, 1280
EXAMPLES = examples()
# What sticks out of the window although nothing cuts it off, innermost first.
STICKING_OUT = """() => [...document.querySelectorAll("body *")]
  .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
  .reverse().slice(0, 3).map(element => element.outerHTML.slice(0, 120))"""
# Complaints of the Nu checker that we answer for, by the beginning of what it says.
ANSWERED: tuple[str, ...] = ()


def test_every_kind_of_page_has_an_example(live_wiki: LiveWiki) -> None:
    assert not without_example(live_wiki.app)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_nothing_is_wrong_with_a_page(
    example: Example, new_page: Callable[..., Page], live_wiki: LiveWiki
) -> None:
    page = new_page()
    visit(page, live_wiki, example)
    _expect_structure(page)
    assert axe(page) == []
    page.set_viewport_size({"width": NARROW, "height": 800})
    assert not _overflow(page)
    assert axe(page) == []


@pytest.mark.parametrize("path", ["/", "/pages", "/changes", "/gaps", "/links", "/search?q=aims"])
def test_nothing_is_wrong_with_a_page_of_an_empty_wiki(
    path: str, page: Page, empty_wiki: LiveWiki
) -> None:
    visit(page, empty_wiki, Example(path))
    _expect_structure(page)
    assert axe(page) == []
    page.set_viewport_size({"width": NARROW, "height": 800})
    assert not _overflow(page)


def test_no_page_overflows_without_script(
    new_page: Callable[..., Page], live_wiki: LiveWiki
) -> None:
    page = new_page(width=NARROW, javascript=False)
    wrong = []
    for example in EXAMPLES:
        visit(page, live_wiki, example)
        wrong += [f"{example}: {line}" for line in _overflow(page)]
    assert not wrong, "\n".join(wrong)


def test_the_nu_checker_finds_nothing(
    new_page: Callable[..., Page], live_wiki: LiveWiki, empty_wiki: LiveWiki, tmp_path: Path
) -> None:
    context = new_page().context
    files = [
        _saved(context, live_wiki, example, tmp_path / f"{example}.html") for example in EXAMPLES
    ]
    for path in ("/", "/changes", "/gaps", "/links", "/pages"):
        file = tmp_path / f"empty-{path.strip('/') or 'home'}.html"
        files.append(_saved(context, empty_wiki, Example(path), file))
    complaints = [
        line for line in nu_check(files) if not line.split(": ", 1)[1].startswith(ANSWERED)
    ]
    assert not complaints, "\n".join(complaints)


def visit(page: Page, wiki: LiveWiki, example: Example) -> None:
    """Open the example, as an administrator where it says so."""
    _be(page.context, wiki, example)
    page.goto(wiki.url + example.address)


def _be(context: BrowserContext, wiki: LiveWiki, example: Example) -> None:
    context.clear_cookies()
    if example.is_member:
        cookie = wiki.cookie(wiki.join("Ada Lindqvist", role="admin"))
        context.add_cookies([{"name": "manyhands", "value": cookie, "url": wiki.url}])


def _saved(context: BrowserContext, wiki: LiveWiki, example: Example, file: Path) -> Path:
    _be(context, wiki, example)
    answer = context.request.get(wiki.url + example.address, fail_on_status_code=False)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    file.write_text(answer.text(), encoding="utf-8")
    return file


def _expect_structure(page: Page) -> None:
    """Each page says its language, has a title, one h1, one text and one band at the top."""
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.title()
    for part in ("h1", "main", "body > header"):
        expect(page.locator(part)).to_have_count(1)


def _overflow(page: Page) -> list[str]:
    """Return what makes the page wider than its window; nothing where one need not scroll."""
    is_wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    found: list[str] = page.evaluate(f"{is_wider} ? ({STICKING_OUT})() : []")
    return found

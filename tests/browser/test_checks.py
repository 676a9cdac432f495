"""The checkers themselves: a check that finds nothing anywhere would be worth nothing."""

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.checks import axe, nu_check

GOOD = """<!doctype html><html lang="en"><head><title>A page</title></head>
<body><main><h1>A page</h1><p>Words.</p></main></body></html>"""
BAD = """<!doctype html><html><head><title>A page</title></head>
<body><main><h1>A page</h1><img src="data:,"><b><p>Words.</b></main></body></html>"""


def test_axe_finds_a_picture_without_words(page: Page) -> None:
    page.set_content(BAD)
    assert any(line.startswith("image-alt (critical)") for line in axe(page))


def test_axe_finds_nothing_on_a_good_page(page: Page) -> None:
    page.set_content(GOOD)
    assert axe(page) == []


def test_the_nu_checker_tells_good_from_bad(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.html", tmp_path / "bad.html"
    good.write_text(GOOD, encoding="utf-8")
    bad.write_text(BAD, encoding="utf-8")
    complaints = nu_check([good, bad])
    assert complaints
    assert all(line.startswith("bad.html:") for line in complaints)

"""On paper, in the reader's own colours, without motion, and in the language of each page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.live import LiveWiki

AIMS = "/pages/strategy/aims"
WAY_FINDING = (".site-navigation", ".site-header form", ".site-footer", ".govuk-breadcrumbs")
COMPARISONS = ("", "?view=beside", "?text=written", "?text=written&view=beside")


def style(element: Locator, name: str) -> str:
    return str(element.evaluate(f"element => getComputedStyle(element)['{name}']"))


def test_a_printed_page_is_its_words_alone(page: Page, live_wiki: LiveWiki) -> None:
    page.goto(live_wiki.url + AIMS)
    page.emulate_media(media="print")
    for part in (*WAY_FINDING, ".page-tabs", ".side-nav", ".table-of-contents", ".permalink"):
        for element in page.locator(part).all():
            expect(element).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".page-text p").first).to_be_visible()
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("view", COMPARISONS)
def test_a_printed_comparison_tells_what_came_and_went_without_colour(
    view: str, page: Page, live_wiki: LiveWiki
) -> None:
    page.goto(f"{live_wiki.url}{AIMS}/compare/1..4{view}")
    page.emulate_media(media="print")
    for part in (*WAY_FINDING, ".view-switch", ".change-navigation", ".change-block__steps"):
        for element in page.locator(part).all():
            expect(element).to_be_hidden()
    came, went = page.locator("main ins").first, page.locator("main del").first
    expect(came).to_be_visible()
    assert "underline" in style(came, "textDecorationLine")
    assert "line-through" in style(went, "textDecorationLine")
    assert style(came, "color") == style(went, "color") == "rgb(0, 0, 0)"


def test_forced_colours_leave_focus_place_and_changes_to_be_seen(
    new_page: Callable[..., Page], live_wiki: LiveWiki
) -> None:
    page = new_page(forced_colors="active")
    page.goto(f"{live_wiki.url}{AIMS}/compare/1..4")
    assert "underline" in style(page.locator("main ins").first, "textDecorationLine")
    assert "line-through" in style(page.locator("main del").first, "textDecorationLine")
    here = page.locator(".view-switch__option--current").first
    assert style(here, "outlineStyle") == "solid"
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    assert style(skip, "outlineStyle") != "none"


def test_nothing_moves_for_those_who_asked_for_stillness(
    new_page: Callable[..., Page], live_wiki: LiveWiki
) -> None:
    page = new_page(reduced_motion="reduce")
    page.goto(f"{live_wiki.url}{AIMS}/compare/1..4")
    assert style(page.locator("html"), "scrollBehavior") == "auto"
    page.keyboard.press("n")
    expect(page.locator("#change-1")).to_be_focused()
    assert page.evaluate("document.getAnimations().length") == 0


def test_a_french_page_is_read_out_in_french(page: Page, live_wiki: LiveWiki) -> None:
    page.goto(f"{live_wiki.url}/pages/odd/ecouter")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    for part in ("h1", ".page-text", ".problem__text", ".table-of-contents__list"):
        expect(page.locator(part)).to_have_attribute("lang", "fr")


def test_words_from_right_to_left_begin_at_the_right(page: Page, live_wiki: LiveWiki) -> None:
    page.goto(f"{live_wiki.url}/pages/odd/wide")
    paragraph = page.locator(".page-text p", has_text="هذا")
    box = paragraph.bounding_box()
    assert box is not None
    first_letter = """element => {
      const range = document.createRange();
      range.setStart(element.firstChild, 0);
      range.setEnd(element.firstChild, 1);
      return range.getBoundingClientRect().right;
    }"""
    assert paragraph.evaluate(first_letter) > box["x"] + box["width"] - 3

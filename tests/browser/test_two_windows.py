"""Opening the form: where the keyboard is then, and what two windows of one draft keep."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk, box, desk_in, said
from tests.browser.live import LiveWiki

TEXT = "We answer every letter within ten days.\n"
OURS = "We answer every letter within five days.\n"
KEPT = re.compile(r"^Saved as draft \d\d:\d\d$")


@pytest.fixture
def desk(writing_wiki: LiveWiki) -> Desk:
    return desk_in(writing_wiki, TEXT)


def test_the_keyboard_is_where_somebody_goes_on(page: Page, desk: Desk) -> None:
    desk.sit_down(page)
    expect(box(page)).to_be_focused()
    page.keyboard.type("Dear all. ")
    expect(box(page)).to_have_value(f"Dear all. {TEXT}")
    expect(said(page)).to_have_text(KEPT)
    page.goto(f"{desk.url}/edit")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.get_by_role("link", name="Continue this draft").click()
    expect(box(page)).to_have_value(f"Dear all. {TEXT}")
    expect(box(page)).to_be_focused()
    desk.meanwhile(TEXT.replace("We answer", "Somebody answers"))
    box(page).fill(TEXT.replace("We answer", "Everybody answers"))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("changed the same words")
    expect(page.get_by_role("main")).to_be_focused()
    page.get_by_role("radio", name="Keep my words").check()
    page.get_by_role("button", name="Save the page like this").click()
    expect(page.locator(".govuk-notification-banner--success")).to_be_focused()


def test_two_windows_of_one_draft_keep_two(page: Page, desk: Desk) -> None:
    desk.sit_down(page)
    box(page).fill(OURS)
    expect(said(page)).to_have_text(KEPT)
    page.goto(f"{desk.url}/edit")
    page.get_by_role("link", name="Continue this draft").click()
    home = page.context.new_page()
    home.goto(page.url)
    for window, words in ((page, "Office."), (home, "Home."), (page, "Office again.")):
        box(window).fill(words)
        expect(said(window)).to_have_text("Not saved as a draft yet")
        expect(said(window)).to_have_text(KEPT)
    home.goto(f"{desk.url}/edit")
    expect(home.get_by_text("You have 2 unsaved drafts of this page")).to_be_visible()
    for words in ("Office again.", "Home."):
        home.goto(f"{desk.url}/edit")
        place = 0 if words == "Office again." else 1
        home.get_by_role("link", name="Continue this draft").nth(place).click()
        expect(box(home)).to_have_value(words)

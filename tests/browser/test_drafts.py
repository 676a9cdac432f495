"""Nothing typed is lost: drafts, a network gone, a sign-in that ended, a page left early."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from tests.browser.checks import axe
from tests.browser.desk import Desk, box, desk_in, expect_saved, said
from tests.browser.hands import Hand
from tests.browser.live import PASSWORD, LiveWiki

TEXT = "We answer every letter within ten days.\n"
OURS = "We answer every letter within five days.\n"
NOT_REACHED = re.compile(r"Not saved since \d\d:\d\d: the wiki cannot be reached")
SIGNED_OUT = re.compile(r"Not saved since \d\d:\d\d: you are signed out")
OVERFLOW = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
KEPT = re.compile(r"^Saved as draft \d\d:\d\d$")


@pytest.fixture
def desk(writing_wiki: LiveWiki) -> Desk:
    return desk_in(writing_wiki, TEXT)


@pytest.fixture
def train(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser that may lose the network, which it would otherwise complain about."""
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    yield context
    context.close()


def test_a_draft_is_kept_soon_and_found_again(page: Page, desk: Desk) -> None:
    desk.sit_down(page)
    box(page).fill(OURS)
    expect(said(page)).to_have_text("Not saved as a draft yet")
    expect(said(page)).to_have_text(KEPT)
    expect(page.locator("#writing").get_by_role("status")).to_have_text(KEPT)
    # What is kept needs no warning: an unhandled one would keep the page.
    page.goto(f"{desk.url}/edit")
    expect(box(page)).to_have_value(TEXT)
    page.get_by_role("link", name="See how it differs").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your draft of Letters")
    expect(page.locator(".change-block ins").first).to_contain_text("five")
    assert axe(page) == []
    page.get_by_role("link", name="Continue this draft").click()
    expect(box(page)).to_have_value(OURS)
    page.get_by_role("button", name="Save", exact=True).click()
    expect_saved(page, "five days")
    page.goto(f"{desk.wiki.url}/drafts")
    expect(page.get_by_role("heading", name="You have no drafts")).to_be_visible()
    assert axe(page) == []


def test_a_draft_can_be_thrown_away(hand: Hand, desk: Desk) -> None:
    page = hand.page
    desk.sit_down(page)
    desk.meanwhile(TEXT.replace("ten", "twenty"))
    hand.fill(box(page), OURS)
    hand.press("Save")
    hand.follow("Leave it for later")
    hand.follow("All your drafts")
    hand.arrive("Your drafts")
    expect(page.locator(".draft-row")).to_have_count(1)
    if hand.has_script:
        assert axe(page) == []
    hand.press("Throw away")
    hand.arrive("Your drafts")
    expect(page.get_by_role("heading", name="You have no drafts")).to_be_visible()
    assert desk.texts()[-1] == TEXT.replace("ten", "twenty")


def test_control_s_keeps_a_draft_at_once_and_says_so(page: Page, desk: Desk) -> None:
    desk.sit_down(page)
    box(page).fill(OURS)
    box(page).press("Control+s")
    expect(page.locator("#writing").get_by_role("status")).to_have_text(KEPT)
    assert desk.texts() == [TEXT]


def test_a_tunnel_takes_nothing(train: BrowserContext, desk: Desk) -> None:
    page = train.new_page()
    desk.sit_down(page)
    train.set_offline(offline=True)
    box(page).fill(OURS)
    expect(said(page)).to_have_text(NOT_REACHED)
    expect(page.locator("#writing").get_by_role("status")).to_have_text(NOT_REACHED)
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#look")).to_contain_text("Your text is still in the box.")
    train.set_offline(offline=False)
    expect(said(page)).to_have_text(KEPT)
    expect(page.locator("#writing").get_by_role("status")).to_contain_text("can be reached again")


def test_pressing_save_in_a_tunnel_stays_on_the_form(train: BrowserContext, desk: Desk) -> None:
    page = train.new_page()
    desk.sit_down(page)
    train.set_offline(offline=True)
    box(page).fill(OURS)
    page.get_by_role("button", name="Save", exact=True).click()
    trouble = page.get_by_role("alert").filter(has_text="Not saved: the wiki cannot be reached.")
    expect(trouble).to_be_visible()
    expect(box(page)).to_have_value(OURS)
    assert axe(page) == []
    train.set_offline(offline=False)
    expect(said(page)).to_have_text(KEPT)
    expect(trouble).to_be_hidden()
    page.wait_for_timeout(1_000)  # until then it would be one double click
    page.get_by_role("button", name="Save", exact=True).click()
    expect_saved(page, "five days")
    page.goto(f"{desk.wiki.url}/drafts")
    expect(page.locator(".kept-copies")).to_be_hidden()


@pytest.mark.parametrize("where", ["/drafts", "/"])
def test_what_this_browser_alone_kept_is_listed(
    train: BrowserContext, desk: Desk, where: str
) -> None:
    page = train.new_page()
    desk.sit_down(page)
    train.set_offline(offline=True)
    box(page).fill(OURS)
    expect(said(page)).to_have_text(NOT_REACHED)
    page.close()
    train.set_offline(offline=False)
    page = train.new_page()
    page.goto(f"{desk.wiki.url}{where}")
    kept = page.get_by_role("region", name="Only this browser has this text")
    expect(kept.get_by_role("listitem")).to_have_count(1)
    assert axe(page) == []
    kept.get_by_role("link", name="Letters").click()
    page.get_by_role("button", name="Put it in the box").click()
    expect(box(page)).to_have_value(OURS)
    expect(said(page)).to_have_text(KEPT)
    page.goto(f"{desk.wiki.url}{where}", wait_until="load")
    expect(kept).to_be_hidden()


def test_cancel_asks_about_words_typed_a_moment_ago(page: Page, desk: Desk) -> None:
    desk.sit_down(page)
    box(page).fill(OURS)
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep what you typed?")
    assert axe(page) == []
    page.get_by_role("button", name="Throw away what you typed").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Letters")
    page.goto(f"{desk.wiki.url}/drafts")
    expect(page.get_by_role("heading", name="You have no drafts")).to_be_visible()


def test_whoever_leaves_the_form_is_no_longer_said_to_be_editing(
    page: Page, new_page: Callable[..., Page], desk: Desk
) -> None:
    desk.sit_down(page)
    colleague = new_page()
    desk.wiki.enter(colleague, desk.wiki.join("Nia Hughes"))
    colleague.goto(f"{desk.url}/edit")
    expect(colleague.locator(".writing-others")).to_contain_text("is editing this page")
    page.goto(f"{desk.wiki.url}/about")
    page.wait_for_timeout(500)
    colleague.reload()
    expect(colleague.get_by_role("heading", level=1)).to_have_text("Edit Letters")
    expect(colleague.locator(".writing-others")).to_have_count(0)


def test_what_never_reached_the_wiki_is_offered_on_return(
    train: BrowserContext, desk: Desk
) -> None:
    page = train.new_page()
    desk.sit_down(page)
    train.set_offline(offline=True)
    box(page).fill(OURS)
    expect(said(page)).to_have_text(NOT_REACHED)
    page.close()
    train.set_offline(offline=False)
    desk.meanwhile(f"{TEXT}\nAnd every call.\n")
    page = train.new_page()
    page.goto(f"{desk.url}/edit")
    offer = page.get_by_role("region", name="This browser kept some text of yours")
    expect(offer).to_be_visible()
    assert axe(page) == []
    offer.get_by_role("button", name="Put it in the box").click()
    expect(offer).to_be_hidden()
    expect(box(page)).to_have_value(OURS)
    expect(box(page)).to_be_focused()
    expect(said(page)).to_have_text(KEPT)
    page.get_by_role("button", name="Save", exact=True).click()
    expect_saved(page, "five days")
    assert desk.texts()[-1] == f"{OURS}\nAnd every call.\n"
    page.goto(f"{desk.url}/edit")
    expect(offer).to_be_hidden()


def test_a_copy_is_offered_to_nobody_else(train: BrowserContext, desk: Desk) -> None:
    page = train.new_page()
    desk.sit_down(page)
    train.set_offline(offline=True)
    box(page).fill(OURS)
    expect(said(page)).to_have_text(NOT_REACHED)
    page.close()
    train.set_offline(offline=False)
    page = train.new_page()
    desk.wiki.enter(page, desk.wiki.join("Somebody Else"))
    page.goto(f"{desk.url}/edit")
    expect(box(page)).to_have_value(TEXT)
    expect(page.locator(".kept-copy")).to_be_hidden()


def test_signing_in_again_elsewhere_saves_the_draft(train: BrowserContext, desk: Desk) -> None:
    page = train.new_page()
    desk.sit_down(page)
    train.clear_cookies()
    box(page).fill(OURS)
    expect(said(page)).to_have_text(SIGNED_OUT)
    expect(page.get_by_role("link", name="Sign in (opens in a new tab)")).to_be_visible()
    desk.wiki.enter(page, desk.email)
    expect(said(page)).to_have_text(KEPT)
    page.get_by_role("button", name="Save", exact=True).click()
    expect_saved(page, "five days")


def test_a_sign_in_that_ended_brings_the_text_back(hand: Hand, desk: Desk) -> None:
    page = hand.page
    desk.sit_down(page)
    hand.fill(box(page), OURS)
    hand.fill(page.get_by_label("What did you change, and why?"), "Five is what we do")
    page.context.clear_cookies()
    hand.press("Save")
    hand.arrive("You have been signed out")
    expect(page.get_by_text("Your text is not saved yet. It is on this page only")).to_be_visible()
    expect(page.get_by_role("textbox", name="What you typed")).to_have_value(OURS)
    assert not page.evaluate(OVERFLOW)
    if hand.has_script:
        assert axe(page) == []
    hand.fill(page.get_by_label("E-mail address"), desk.email)
    hand.fill(page.get_by_label("Password", exact=True), PASSWORD)
    hand.press("Sign in and continue")
    hand.press("Send it again")
    hand.arrive("Letters")
    expect_saved(page, "five days")
    assert desk.texts() == [TEXT, OURS]


def test_only_words_that_stand_nowhere_else_keep_one_from_leaving(page: Page, desk: Desk) -> None:
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    desk.sit_down(page)
    page.goto(desk.url)
    assert asked == []
    page.goto(f"{desk.url}/edit")
    box(page).press_sequentially("Not kept yet. ")
    page.goto(desk.url)
    assert asked == ["beforeunload"]
    page.goto(f"{desk.url}/edit")
    box(page).press_sequentially("Kept. ")
    expect(said(page)).to_have_text(KEPT)
    page.goto(desk.url)
    assert asked == ["beforeunload"]

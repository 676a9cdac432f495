"""Two people, one page: sentences come together, the same words are decided place by place."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.checks import axe
from tests.browser.desk import Desk, box, desk_in, expect_saved
from tests.browser.hands import Hand
from tests.browser.live import LiveWiki

STANDING = "\n\n".join(f"Paragraph {number} stands as it is." for number in range(12))
TEXT = f"""# Letters

We answer every letter within ten days.

{STANDING}

Every call is written down.

Nobody has counted the postcards.
"""
THEIRS = TEXT.replace("ten days", "twenty days").replace("written down", "written on paper")
MINE = TEXT.replace("ten days", "five days").replace("written down", "written in the book")
SIDES = {"theirs": "Keep the words of Bo Olsen", "mine": "Keep my words", "own": "Write it myself"}


def test_changes_in_different_sentences_come_together(hand: Hand, writing_wiki: LiveWiki) -> None:
    desk = desk_in(writing_wiki, TEXT)
    desk.sit_down(hand.page)
    desk.meanwhile(TEXT.replace("postcards", "postcards yet"))
    hand.fill(box(hand.page), TEXT.replace("ten days", "five days"))
    hand.press("Save")
    expect_saved(hand.page, "within five days")
    expect(hand.page.get_by_role("alert")).to_contain_text("together with Bo Olsen")
    together = TEXT.replace("ten days", "five days").replace("postcards", "postcards yet")
    assert desk.texts()[-1] == together


def test_the_same_words_are_decided_place_by_place(hand: Hand, writing_wiki: LiveWiki) -> None:
    desk = desk_in(writing_wiki, TEXT)
    page = hand.page
    _clash(hand, desk)
    expect(page.get_by_text("Nothing is lost.")).to_be_visible()
    assert page.locator("main :checked").count() == 0
    hand.press("Save the page like this")
    _expect_told_what_is_missing(hand)
    hand.choose(_way(page, 1, "theirs"))
    hand.choose(_way(page, 2, "own"))
    words = page.get_by_label("Your own words for place 2 of 2")
    expect(words).to_have_value(re.compile("Every call is written in the book."))
    hand.fill(words, "Every call is written on paper, in the book.\n")
    hand.press("Save the page like this")
    hand.arrive("Letters")
    expect_saved(page, "within twenty days")
    decided = THEIRS.replace("written on paper", "written on paper, in the book")
    assert desk.texts() == [TEXT, THEIRS, decided]


def test_a_third_save_meanwhile_only_adds_places(hand: Hand, writing_wiki: LiveWiki) -> None:
    desk = desk_in(writing_wiki, TEXT)
    page = hand.page
    _clash(hand, desk)
    third = THEIRS.replace("twenty days", "thirty days").replace("the postcards", "the telegrams")
    desk.meanwhile(third, by="Ann Moss")
    for number in (1, 2):
        hand.choose(_way(page, number, "mine"))
    hand.press("Save the page like this")
    hand.arrive("Ann Moss changed the same words while you were writing")
    expect(page.locator(".clash-row")).to_have_count(1)
    expect(page.locator(".clash-row")).to_contain_text("thirty")
    hand.choose(page.get_by_role("radio", name="Keep my words"))
    hand.press("Save the page like this")
    expect_saved(page, "within five days")
    assert desk.texts()[-1] == MINE.replace("the postcards", "the telegrams")


def test_what_clashed_can_be_left_for_later(hand: Hand, writing_wiki: LiveWiki) -> None:
    desk = desk_in(writing_wiki, TEXT)
    page = hand.page
    _clash(hand, desk)
    hand.follow("Leave it for later")
    hand.arrive("Your draft of Letters")
    expect(page.get_by_role("textbox", name="The text of your draft")).to_have_value(MINE)
    hand.follow("Continue this draft")
    hand.arrive("Edit Letters")
    expect(box(page)).to_have_value(MINE)
    hand.press("Save")
    hand.arrive("Bo Olsen changed the same words while you were writing")


def test_a_clash_is_named_marked_and_folded_for_every_sense(
    page: Page, writing_wiki: LiveWiki
) -> None:
    _clash(Hand(page), desk_in(writing_wiki, TEXT))
    rows = page.get_by_role("group", name="Which words should be here?")
    expect(rows).to_have_count(2)
    theirs = rows.first.get_by_role("radio", name=SIDES["theirs"])
    expect(theirs).to_have_accessible_description(re.compile(r"\[added:\s+twenty\s+\]"))
    agreed = page.locator(".unchanged-text", has_text="Paragraph 6 stands")
    expect(agreed).to_be_hidden()
    page.get_by_text("Text you all agree on").click()
    expect(agreed).to_be_visible()
    page.get_by_role("link", name="2 of 2").click()
    expect(_way(page, 2, "theirs")).to_be_focused()
    expect(page.locator("#text")).to_be_hidden()
    page.get_by_text("Everything you typed", exact=True).click()
    expect(page.locator("#text")).to_have_value(MINE)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert axe(page) == []
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not page.evaluate(wide)


def test_whoever_writes_their_own_words_has_chosen_them(page: Page, writing_wiki: LiveWiki) -> None:
    _clash(Hand(page), desk_in(writing_wiki, TEXT))
    page.get_by_label("Your own words for place 1 of 2").press_sequentially("So: ")
    expect(_way(page, 1, "own")).to_be_checked()


def test_both_see_that_the_other_is_there(page: Page, writing_wiki: LiveWiki) -> None:
    desk = desk_in(writing_wiki, TEXT)
    colleague = writing_wiki.join("Wilma Early")
    writing_wiki.enter(page, colleague)
    page.goto(f"{desk.url}/edit")
    page.context.clear_cookies()
    desk.sit_down(page)
    expect(page.locator(".writing-others")).to_contain_text("Wilma Early is editing this page")
    page.goto(desk.url)
    expect(page.locator(".writing-others")).to_contain_text("Wilma Early is editing this page")


def _clash(hand: Hand, desk: Desk) -> None:
    """Write what clashes in two places with what a colleague saves meanwhile, and try to save."""
    desk.sit_down(hand.page)
    desk.meanwhile(THEIRS)
    hand.fill(box(hand.page), MINE)
    hand.press("Save")
    hand.arrive("Bo Olsen changed the same words while you were writing")


def _expect_told_what_is_missing(hand: Hand) -> None:
    page = hand.page
    expect(page).to_have_title(re.compile("^Error: "))
    summary = page.locator(".govuk-error-summary")
    links = summary.get_by_role("link")
    expect(links).to_have_count(2)
    if hand.has_script:
        expect(summary).to_be_focused()
        assert axe(page) == []
    hand.activate(links.last)
    expect(_way(page, 2, "theirs")).to_be_focused()


def _way(page: Page, number: int, way: str) -> Locator:
    row = page.locator(".clash-row").nth(number - 1)
    return row.get_by_role("radio", name=SIDES[way])

"""The newcomer: from the printed link to every corner of the reading wiki, and out again."""

import re
from itertools import count

from playwright.sync_api import Locator, expect

from tests.browser.hands import Hand, KeyboardHand
from tests.browser.live import LiveWiki

_numbers = count(1)


def test_a_newcomer_finds_the_way_through_the_wiki(hand: Hand, live_wiki: LiveWiki) -> None:
    _come_in(hand, live_wiki)
    hand.follow("Aims", within=hand.page.get_by_role("main"))
    hand.arrive("Aims")
    hand.follow("History")
    hand.arrive("History of Aims")
    _compare(hand, 2, 5)
    _walk_through_changes(hand)
    hand.go("Recent changes")
    hand.arrive("Recent changes")
    _find_accessibility(hand)
    hand.go("Sign out")
    hand.press("Sign out")
    hand.arrive("Digital engagement strategy")
    expect(hand.page.locator(".site-navigation").get_by_text("Sign in")).to_have_count(1)


def _come_in(hand: Hand, wiki: LiveWiki) -> None:
    link = wiki.link(wiki.join(f"Newcomer {next(_numbers)}"))
    hand.page.goto(link)
    hand.arrive("Sign in to Tarrowby engagement strategy")
    hand.press("Sign in")
    hand.arrive("Digital engagement strategy")
    assert hand.page.url == f"{wiki.url}/"


def _compare(hand: Hand, older: int, newer: int) -> None:
    for name, number in (("from", older), ("to", newer)):
        hand.choose(hand.page.locator(f"input[name='{name}'][value='{number}']"))
    hand.press("Compare the two chosen")
    hand.arrive("What changed")
    expect(hand.page).to_have_url(re.compile(rf"/compare/{older}\.\.{newer}$"))


def _walk_through_changes(hand: Hand) -> None:
    first, second = (hand.page.locator(f"#change-{number}") for number in (1, 2))
    hand.follow("Next change", within=first)
    _expect_at(hand, second)
    hand.follow("Previous change", within=second)
    _expect_at(hand, first)
    if not hand.has_script:
        return
    for key, change in (("n", second), ("p", first)):
        hand.page.keyboard.press(key)
        _expect_at(hand, change)
        expect(change).to_be_focused()
    bar = hand.page.locator(".change-navigation")
    hand.follow("Next", within=bar, exact=False)
    _expect_at(hand, second)
    expect(bar.get_by_role("status")).to_have_text(re.compile(r"Change 2 of \d+"))


def _expect_at(hand: Hand, change: Locator) -> None:
    """The heading of the change is seen, not covered by the bar that stays at the top."""
    expect(change.get_by_role("heading").first).to_be_in_viewport()
    top = change.bounding_box()
    bar = hand.page.locator(".change-navigation").bounding_box()
    assert top is not None
    assert bar is not None
    assert top["y"] >= bar["y"] + bar["height"] - 1


def _find_accessibility(hand: Hand) -> None:
    field = hand.page.locator("#site-search")
    hand.fill(field, "access")
    if not hand.has_script:
        field.press("Enter")
        hand.arrive("Search")
        hand.follow("Accessibility", within=hand.page.get_by_role("main"))
        hand.arrive("Accessibility")
        return
    option = hand.page.get_by_role("option", name="Accessibility")
    expect(option).to_be_visible()
    field.press("Escape")
    expect(option).to_be_hidden()
    expect(field).to_be_focused()
    field.press("Backspace")
    expect(option).to_be_visible()
    if isinstance(hand, KeyboardHand):
        field.press("ArrowDown")
        expect(option).to_have_attribute("aria-selected", "true")
        field.press("Enter")
    else:
        option.click()
    hand.arrive("Accessibility")

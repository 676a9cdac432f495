"""Who wrote how much: looked at by a facilitator, and by a member who sees only their own."""

import re

from playwright.sync_api import Page, expect

from tests.browser.checks import axe
from tests.browser.hands import Hand
from tests.browser.live import LiveWiki

AIMS = "/pages/strategy/aims"


def test_a_facilitator_looks_at_who_wrote_how_much(hand: Hand, live_wiki: LiveWiki) -> None:
    page = hand.page
    live_wiki.enter(page, live_wiki.join("Fay Facilitator", role="facilitator"))
    page.goto(live_wiki.url + AIMS)
    expect(page.locator(".whose-words")).to_have_text(re.compile(r"^\s*Words by \w+ \w+.*\(\d+%\)"))
    hand.follow("Who wrote how much")
    hand.arrive("Contributors to Aims")
    table = page.get_by_role("table", name="Contributors to this page")
    names = table.locator("tbody th").all_inner_texts()
    assert len(names) > 2
    hand.follow("Who", within=table)
    expect(table.get_by_role("columnheader", name="Who")).to_have_attribute(
        "aria-sort", "ascending"
    )
    assert table.locator("tbody th").all_inner_texts() == sorted(names, key=str.casefold)
    page.goto(f"{live_wiki.url}{AIMS}/contributors?sort=revisions")
    hand.arrive("Contributors to Aims")
    hand.follow(names[0], within=table)
    hand.arrive("History of Aims")
    expect(page).to_have_url(re.compile(r"author=\d+$"))


def test_a_facilitator_goes_back_to_an_earlier_revision(hand: Hand, live_wiki: LiveWiki) -> None:
    page = hand.page
    live_wiki.enter(page, live_wiki.join("Fred Facilitator", role="facilitator"))
    page.goto(f"{live_wiki.url}{AIMS}/contributors")
    fold = page.get_by_text("Another time")
    if fold.is_visible():
        hand.activate(fold)
    hand.fill(page.get_by_label("As it stood at revision"), "1")
    hand.press("Apply")
    expect(page.locator(".page-heading__lead")).to_have_text("As it stood at revision 1")
    rows = page.locator(".contributor-table tbody tr")
    expect(rows).to_have_count(1)
    hand.follow("The figures of today")
    expect(rows).not_to_have_count(1)


def test_a_member_sees_no_names_but_their_own(hand: Hand, live_wiki: LiveWiki) -> None:
    page = hand.page
    live_wiki.enter(page, live_wiki.join("Mo Member"))
    page.goto(live_wiki.url + AIMS)
    expect(page.locator(".whose-words")).to_have_text(re.compile(r"^\s*Words by \d+ people\s*$"))
    hand.follow("Contributors")
    hand.arrive("Contributors to Aims")
    assert not page.locator(".contributor-table tbody a").count()
    page.goto(f"{live_wiki.url}/account")
    hand.follow("What became of my words")
    expect(page.get_by_role("heading", name="What became of your words")).to_be_visible()
    page.goto(page.url.partition("#")[0])
    hand.follow("Write a few words there")
    expect(page).to_have_url(re.compile("/edit"))


def test_the_page_can_be_read_with_forced_colours_and_on_a_small_screen(
    page: Page, live_wiki: LiveWiki
) -> None:
    live_wiki.enter(page, live_wiki.join("Flo Facilitator", role="facilitator"))
    page.emulate_media(forced_colors="active")
    page.goto(f"{live_wiki.url}{AIMS}/contributors")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    region = page.get_by_role("region", name="Contributors to this page")
    region.focus()
    page.keyboard.press("ArrowRight")
    expect(region).to_be_focused()

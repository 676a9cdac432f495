"""An administrator at work: finding a member, changing them, taking a list, choosing a colour."""

import re
from itertools import count

from playwright.sync_api import expect

from tests.browser.checks import axe
from tests.browser.hands import Hand
from tests.browser.live import LiveWiki

_numbers = count(1)


def _administrator(hand: Hand, live_wiki: LiveWiki) -> None:
    email = live_wiki.join(f"Keeper {next(_numbers)}", role="admin")
    live_wiki.enter(hand.page, email)


def test_a_member_is_found_and_made_a_reviewer(hand: Hand, live_wiki: LiveWiki) -> None:
    name = f"Rowan Sought {next(_numbers)}"
    live_wiki.join(name)
    _administrator(hand, live_wiki)
    page = hand.page
    page.goto(live_wiki.url)
    hand.go("Members")
    if hand.is_narrow:
        hand.activate(page.locator(".filter-form__summary"))
    hand.fill(page.get_by_label("Name or e-mail address"), name)
    hand.press("Apply")
    hand.follow(f"Change {name}")
    hand.arrive(name)
    hand.choose(page.get_by_label("Reviewer"))
    hand.press("Save")
    hand.arrive("Members")
    expect(page.get_by_role("alert")).to_have_text(
        re.compile(f"The changes to {name} have been saved")
    )


def test_a_pasted_list_is_taken_and_what_was_not_is_said(hand: Hand, live_wiki: LiveWiki) -> None:
    _administrator(hand, live_wiki)
    page = hand.page
    page.goto(f"{live_wiki.url}/members")
    hand.follow("Add from a list")
    hand.arrive("Add members from a list")
    box = page.get_by_label("Or paste the lines here")
    number = next(_numbers)
    hand.fill(box, f"name,email\nIvy {number},ivy.{number}@example.org\nNo Address,nowhere")
    hand.press("See what will happen")
    expect(page.get_by_role("heading", name="What this list would do")).to_be_visible()
    if hand.has_script:
        assert axe(page) == []
    hand.press("Make these changes")
    expect(page.get_by_text("1 member was added.")).to_be_visible()
    expect(page.get_by_text("Line 3:")).to_be_visible()


def test_a_colour_that_cannot_be_read_on_is_refused(hand: Hand, live_wiki: LiveWiki) -> None:
    _administrator(hand, live_wiki)
    page = hand.page
    page.goto(f"{live_wiki.url}/settings")
    hand.fill(page.get_by_label("Another colour, as a code"), "#ffee00")
    hand.press("Save")
    expect(page).to_have_title(re.compile("^Error: Settings of the wiki"))
    expect(page.get_by_label("Another colour, as a code")).to_have_value("#ffee00")
    hand.fill(page.get_by_label("Another colour, as a code"), "")
    hand.press("Save")
    expect(page.get_by_role("alert")).to_have_text(re.compile("The settings have been saved"))

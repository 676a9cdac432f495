"""A comparison by several people: who made what, and the changes of one of them."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import make
from tests.browser.checks import axe
from tests.browser.hands import Hand
from tests.browser.live import LiveWiki

PATH = "whose-words"
FIRST = """# Whose words

## Who

We want to hear from everybody who lives here.

## How

By letter, by telephone and by going round to see people where they are.

## When

Once a year we ask everybody the same ten questions.
"""
SECOND = FIRST.replace("everybody who", "everybody under thirty who").replace("ten", "twelve")
THIRD = SECOND.replace("thirty who", "thirty in earnest who").replace("By letter, by", "By")


@pytest.fixture(scope="module")
def url(writing_wiki: LiveWiki) -> str:
    """Return the address of a comparison in which two people changed three places."""
    with writing_wiki.database.begin() as session:
        mary = make.person(session, name="Mary Obi")
        sven = make.person(session, name="Sven Holt")
        page = make.page(session, path=PATH, text=FIRST, author=mary)
        make.revision(session, page, SECOND, author=mary, note="Younger people")
        make.revision(session, page, THIRD, author=sven, note="Shorter")
    return f"{writing_wiki.url}/pages/{PATH}/compare/1..3"


def middle_of(run: Locator) -> tuple[float, float]:
    """Return a place on the first words of a run, which may be on several lines."""
    run.scroll_into_view_if_needed()
    widest = """element => [...element.getClientRects()]
        .sort((one, other) => other.width - one.width)
        .map(({x, y, width, height}) => [x + width / 2, y + height / 2])[0]"""
    x, y = run.evaluate(widest)
    return x, y


def test_a_reviewer_looks_at_the_changes_of_one_person(hand: Hand, url: str) -> None:
    page = hand.page
    page.goto(url)
    expect(page.locator(".change-block__byline").first).to_have_text("by Mary Obi and Sven Holt")
    hand.follow("Mary Obi 2")
    expect(page).to_have_url(re.compile(r"\?by=\d+$"))
    expect(page.get_by_text("Showing 2 of 3 changes: those by Mary Obi.")).to_be_visible()
    expect(page.locator("#change-2")).to_be_hidden()
    hand.follow("As written")
    expect(page).to_have_url(re.compile(r"text=written&by=\d+$"))
    hand.activate(page.get_by_text("1 change by others"))
    expect(page.locator("#change-2")).to_be_visible()
    hand.follow("All 3 changes")
    expect(page).to_have_url(re.compile(r"text=written$"))


def test_n_and_p_walk_through_the_changes_that_are_shown(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("link", name="Mary Obi 2").click()
    position = page.locator(".change-navigation__position")
    expect(position).to_have_text("Showing 2 of 3 changes")
    for key, change, said in (
        ("n", "change-1", "1 of 2 shown"),
        ("n", "change-3", "2 of 2 shown"),
        ("n", "change-1", "1 of 2 shown"),
        ("p", "change-3", "2 of 2 shown"),
    ):
        page.keyboard.press(key)
        expect(page.locator(f"#{change}")).to_be_focused()
        expect(position).to_have_text(said)


def test_a_run_says_whose_it_is_on_pointing_and_stops_on_escape(page: Page, url: str) -> None:
    page.goto(url)
    bubble = page.locator(".run-bubble")
    expect(bubble).to_be_hidden()
    page.mouse.move(*middle_of(page.locator("#change-1 ins.run").last))
    expect(bubble).to_contain_text(re.compile(r"Sven Holt, revision 3, .*: Shorter"))
    expect(page.locator("#change-1 .is-pointed-at")).to_have_count(2)
    bubble.hover()
    page.wait_for_timeout(400)
    expect(bubble).to_be_visible()
    page.keyboard.press("Escape")
    expect(bubble).to_be_hidden()
    expect(page.locator(".is-pointed-at")).to_have_count(0)


def test_a_run_says_whose_it_is_on_tapping(new_page: Callable[..., Page], url: str) -> None:
    page = new_page(width=320, has_touch=True)
    page.goto(url)
    page.touchscreen.tap(*middle_of(page.locator("#change-1 ins.run").first))
    bubble = page.locator(".run-bubble")
    expect(bubble).to_contain_text("Mary Obi, revision 2")
    box = bubble.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    page.locator("h1").tap()
    expect(bubble).to_be_hidden()


def test_the_words_of_a_note_are_shown_while_it_has_the_focus(page: Page, url: str) -> None:
    page.goto(url)
    page.locator("#change-1 .change-sources a").last.focus()
    expect(page.locator("#change-1 ins.is-pointed-at")).to_have_text(re.compile(r"in earnest"))
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#change-1 ins.is-pointed-at")).to_have_text(re.compile("under thirty"))


@pytest.mark.parametrize("view", ["", "?view=beside", "?text=written", "?text=written&view=beside"])
def test_machines_find_nothing_wrong_and_nothing_is_too_wide(
    new_page: Callable[..., Page], url: str, view: str
) -> None:
    for width in (1280, 320):
        page = new_page(width=width)
        page.goto(url + view)
        assert axe(page) == []
        page.mouse.move(*middle_of(page.locator("#change-1 ins.run").first))
        expect(page.locator(".run-bubble")).to_be_visible()
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper_the_numbers_and_notes_stand(page: Page, url: str) -> None:
    page.goto(url)
    page.emulate_media(media="print")
    expect(page.locator("#change-1 .change-sources")).to_be_visible()
    expect(page.locator("#change-1 .run__source").first).to_be_visible()
    expect(page.locator(".view-switch").first).to_be_hidden()

"""The officer: from a page to the editor, through preview and comparison, to a saved page."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.checks import axe
from tests.browser.desk import box, desk_in, expect_saved, said
from tests.browser.hands import Hand
from tests.browser.live import LiveWiki

TEXT = """# Letters

We answer every letter within ten days.

## Who answers

Whoever knows the street.

## How long it takes

Nobody has counted.
"""
OVERFLOW = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def test_an_officer_changes_a_page(hand: Hand, writing_wiki: LiveWiki) -> None:
    desk = desk_in(writing_wiki, TEXT)
    page = hand.page
    writing_wiki.enter(page, desk.email)
    page.goto(desk.url)
    hand.follow("Edit", within=page.get_by_role("navigation", name="This page"))
    hand.arrive("Edit Letters")
    expect(box(page)).to_have_value(TEXT)
    hand.fill(box(page), TEXT.replace("ten days", "five days"))
    hand.press("Preview")
    look = page.locator("#look")
    expect(look.locator(".page-text")).to_contain_text("within five days")
    hand.press("See what I changed")
    expect(look.locator("ins").first).to_contain_text("five")
    assert not page.evaluate(OVERFLOW)
    hand.fill(page.get_by_label("What did you change, and why?"), "Five is what we do")
    hand.tick(page.get_by_label("This is a minor change"))
    hand.press("Save")
    hand.arrive("Letters")
    expect_saved(page, "within five days")
    hand.follow("See what you changed")
    hand.arrive("What changed")
    expect(page.locator(".revision-pair__side--newer")).to_contain_text("Five is what we do")
    assert desk.texts() == [TEXT, TEXT.replace("ten days", "five days")]


def test_an_officer_changes_one_section_alone(hand: Hand, writing_wiki: LiveWiki) -> None:
    desk = desk_in(writing_wiki, TEXT)
    page = hand.page
    writing_wiki.enter(page, desk.email)
    page.goto(desk.url)
    contents = page.get_by_role("navigation", name="On this page")
    edit = contents.get_by_role("link", name="Edit section Who answers")
    if not edit.is_visible():
        hand.activate(contents.locator("summary"))
    hand.activate(edit)
    hand.arrive("Edit Who answers")
    expect(box(page)).to_have_value(re.compile("^## Who answers\n\nWhoever knows the street.\n*$"))
    hand.fill(box(page), "## Who answers\n\nWhoever knows the house.\n")
    hand.press("Save")
    expect_saved(page, "knows the house")
    assert desk.texts()[-1] == TEXT.replace("the street", "the house")


def test_a_page_that_is_not_there_yet_is_written(hand: Hand, writing_wiki: LiveWiki) -> None:
    desk = desk_in(writing_wiki, TEXT)
    page = hand.page
    writing_wiki.enter(page, desk.email)
    page.goto(f"{desk.url}/postcards/edit")
    hand.arrive("Write Postcards")
    hand.fill(box(page), "They need no stamp.")
    hand.press("Save")
    hand.arrive("Postcards")
    expect_saved(page, "They need no stamp.")


def test_whoever_is_not_signed_in_is_led_through_it_into_the_editor(
    page: Page, writing_wiki: LiveWiki
) -> None:
    desk = desk_in(writing_wiki, TEXT)
    page.goto(desk.url)
    page.get_by_role("link", name="Edit", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.goto(writing_wiki.link(desk.email))
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.goto(f"{desk.url}/edit")
    expect(box(page)).to_have_value(TEXT)


def test_nothing_is_wrong_with_the_editor_whatever_it_shows(
    new_page: Callable[..., Page], writing_wiki: LiveWiki
) -> None:
    desk = desk_in(writing_wiki, TEXT + "word " * 3000 + "x" * 400)
    page = new_page()
    desk.sit_down(page)
    desk.meanwhile(TEXT)
    box(page).press_sequentially("New words. ")
    expect(said(page)).to_contain_text("Saved as draft")
    for name in ("Preview", "See what I changed"):
        page.get_by_role("button", name=name).click()
        expect(page.locator("#look h2").first).to_be_visible()
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert axe(page) == []
            assert not page.evaluate(OVERFLOW)


def test_preview_leaves_the_text_and_the_place_in_it_alone(
    page: Page, writing_wiki: LiveWiki
) -> None:
    desk = desk_in(writing_wiki, TEXT)
    desk.sit_down(page)
    box(page).press("Control+Home")
    box(page).press_sequentially("At once: ")
    url = page.url
    page.get_by_role("button", name="Preview").click()
    look = page.locator("#look")
    expect(look.get_by_role("status")).to_have_text("Preview: shown below the form.")
    expect(look.get_by_role("heading", name="Preview")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Preview")).to_be_focused()
    assert page.url == url
    box(page).focus()
    page.keyboard.type("indeed ")
    expect(box(page)).to_have_value(f"At once: indeed {TEXT}")


def test_the_tools_write_the_signs_and_can_be_undone(page: Page, writing_wiki: LiveWiki) -> None:
    desk_in(writing_wiki, "one two three\n").sit_down(page)
    field = box(page)
    field.press("Control+Home")
    for _ in range(3):
        field.press("Shift+ArrowRight")
    tools = page.get_by_role("toolbar", name="Format the text")
    tools.get_by_role("button", name="Bold").click()
    expect(field).to_have_value("**one** two three\n")
    expect(field).to_be_focused()
    page.keyboard.press("Control+b")
    expect(field).to_have_value("one two three\n")
    page.keyboard.press("Control+k")
    page.keyboard.type("https://example.org")
    expect(field).to_have_value("[one](https://example.org) two three\n")
    tools.get_by_role("button", name="List", exact=True).click()
    expect(field).to_have_value("- [one](https://example.org) two three\n")
    tools.get_by_role("button", name="Numbered list").click()
    expect(field).to_have_value("1. [one](https://example.org) two three\n")
    tools.get_by_role("button", name="Heading").click()
    expect(field).to_have_value("## [one](https://example.org) two three\n")
    page.keyboard.press("Control+z")
    expect(field).to_have_value("1. [one](https://example.org) two three\n")


def test_a_link_is_made_of_one_line_however_many_are_selected(
    page: Page, writing_wiki: LiveWiki
) -> None:
    desk_in(writing_wiki, "- one\n- two\n").sit_down(page)
    field = box(page)
    field.press("Control+a")
    page.get_by_role("toolbar", name="Format the text").get_by_role("button", name="Link").click()
    expect(field).to_have_value("- [one](https://)\n- two\n")
    page.keyboard.type("https://example.org")
    expect(field).to_have_value("- [one](https://example.org)\n- two\n")


def test_enter_goes_on_with_a_list_until_an_item_has_no_words(
    page: Page, writing_wiki: LiveWiki
) -> None:
    desk_in(writing_wiki, "# Letters\n").sit_down(page)
    field = box(page)
    field.press("Control+a")
    for words in ("- the library", "the market", "", "1. ask", "listen", "", "That is all."):
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    lists = "- the library\n- the market\n1. ask\n2. listen\nThat is all.\n"
    expect(field).to_have_value(lists)


def test_the_tools_are_one_stop_and_the_text_is_no_trap(page: Page, writing_wiki: LiveWiki) -> None:
    desk_in(writing_wiki, TEXT).sit_down(page)
    tools = page.get_by_role("toolbar", name="Format the text")
    box(page).focus()
    page.keyboard.press("Shift+Tab")
    expect(tools.get_by_role("button", name="Bold")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(tools.get_by_role("button", name="Link")).to_be_focused()
    page.keyboard.press("Tab")
    expect(box(page)).to_be_focused()
    for place in ("What did you change, and why?", "This is a minor change"):
        page.keyboard.press("Tab")
        expect(page.get_by_label(place)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_focused()
    expect(box(page)).to_have_value(TEXT)


def test_two_presses_of_save_make_one_revision(page: Page, writing_wiki: LiveWiki) -> None:
    desk = desk_in(writing_wiki, TEXT)
    desk.sit_down(page)
    box(page).fill(TEXT.replace("ten", "nine"))
    page.get_by_role("button", name="Save", exact=True).dblclick()
    expect_saved(page, "nine days")
    assert len(desk.texts()) == 2


def test_a_long_word_as_a_title_widens_no_page(
    new_page: Callable[..., Page], writing_wiki: LiveWiki
) -> None:
    word = "x" * 300
    desk = desk_in(writing_wiki, f"# {word}\n\nWords.\n")
    page = new_page(width=320)
    desk.sit_down(page)
    box(page).fill(f"# {word}\n\nOther words.\n")
    expect(said(page)).to_contain_text("Saved as draft")
    wide: list[str] = []
    for address in ("", "/edit", "/history", "/move", "/copy"):
        page.goto(f"{desk.url}{address}")
        wide += [address] * page.evaluate(OVERFLOW)
    for address in (
        "/",
        "/pages",
        "/changes",
        "/drafts",
        "/drafts/1",
        "/search?q=words",
        "/pages/new",
    ):
        page.goto(f"{writing_wiki.url}{address}")
        wide += [address] * page.evaluate(OVERFLOW)
    assert wide == []

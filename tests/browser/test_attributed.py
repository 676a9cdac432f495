"""A page marked by who wrote it: by mouse, by keyboard, by touch, without script, on paper."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.attributed_page import ADDRESS, add_attributed
from tests.browser.checks import axe, nu_check
from tests.browser.live import LiveWiki, opened

VIEWS = ("", "?by=1", "?by=10", "?view=age", "?view=age&by=5")


@pytest.fixture(scope="module")
def address(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    wiki: LiveWiki
    with opened(migrated_sqlite, tmp_path_factory.mktemp("attributed")) as wiki:
        add_attributed(wiki.app)
        yield wiki.url + ADDRESS


@pytest.fixture
def text(page: Page, address: str) -> Page:
    page.goto(address)
    return page


def box(page: Page) -> str:
    return page.locator("[data-part='box']").inner_text()


def focused(page: Page) -> str:
    return page.locator(":focus").inner_text()


def test_the_whole_text_is_one_stop_and_arrows_go_from_passage_to_passage(text: Page) -> None:
    expect(text.locator(".by[tabindex]")).to_have_count(1)
    text.locator(".by").first.focus()
    assert "By Ana Whitfield, 10 March 2025, revision 1" in box(text)
    text.keyboard.press("ArrowRight")
    assert focused(text) == "some four hundred people"
    assert "By Børge" in box(text)
    expect(text.locator("[data-part='said']")).to_contain_text("9.1 By Børge")
    text.keyboard.press("p")
    assert focused(text) == "Why the towpaths matter"
    text.keyboard.press("End")
    assert focused(text) == "and by telephone."
    expect(text.locator(".by[tabindex]")).to_have_count(1)
    text.keyboard.press("n")
    assert focused(text) == "Why the towpaths matter"


def test_enter_leads_to_the_link_and_escape_back_and_out(text: Page) -> None:
    text.locator(".by").first.focus()
    text.keyboard.press("Enter")
    assert focused(text).startswith("See what changed")
    text.keyboard.press("Escape")
    assert focused(text) == "Why the towpaths matter"
    expect(text.locator("[data-part='box']")).to_be_hidden()


def test_leaving_the_text_by_tab_shuts_the_box(text: Page) -> None:
    text.locator(".by").first.focus()
    text.keyboard.press("Tab")
    text.keyboard.press("Tab")
    expect(text.locator("[data-part='box']")).to_be_hidden()


def test_pointing_shows_who_wrote_it_until_the_pointer_has_left_both(text: Page) -> None:
    piece = text.get_by_text("some four hundred people", exact=True)
    piece.hover()
    note = text.locator("[data-part='box']")
    expect(note).to_contain_text("19 March 2025, revision 2")
    expect(piece).to_have_class("by series-others by--shown")
    note.hover()
    text.wait_for_timeout(500)
    expect(note).to_be_visible()
    text.get_by_role("heading", level=1).hover()
    expect(note).to_be_hidden()
    piece.hover()
    expect(note).to_be_visible()
    text.keyboard.press("Escape")
    expect(note).to_be_hidden()


def test_a_click_keeps_the_box_until_a_click_elsewhere(text: Page) -> None:
    piece = text.get_by_text("which is a pity,", exact=True)
    piece.click()
    text.get_by_role("heading", level=1).hover()
    text.wait_for_timeout(500)
    assert "revision 14" in box(text)
    piece.click()
    expect(text.locator("[data-part='box']")).to_be_hidden()
    piece.click()
    text.get_by_role("heading", level=1).click()
    expect(text.locator("[data-part='box']")).to_be_hidden()


def test_on_a_phone_the_box_lies_inside_the_screen(
    new_page: Callable[..., Page], address: str
) -> None:
    page = new_page(width=320, has_touch=True)
    page.goto(address)
    page.get_by_text("5 km", exact=True).tap()
    frame = page.locator("[data-part='box']").bounding_box()
    assert frame is not None
    assert frame["x"] >= 0
    assert frame["x"] + frame["width"] <= 320
    assert frame["y"] + frame["height"] <= 900
    page.get_by_role("button", name="Next passage").tap()
    assert "By Gwen Ashworth" in box(page)
    page.get_by_role("button", name="Close").tap()
    expect(page.locator("[data-part='box']")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_near_the_right_and_lower_edge_the_box_stays_inside(
    new_page: Callable[..., Page], address: str
) -> None:
    page = new_page(width=700)
    page.goto(address)
    piece = page.get_by_text("and by telephone.", exact=True)
    piece.scroll_into_view_if_needed()
    piece.hover()
    expect(page.locator("[data-part='box']")).to_be_visible()
    frame = page.locator("[data-part='box']").bounding_box()
    assert frame is not None
    assert frame["x"] >= 0
    assert frame["x"] + frame["width"] <= 700
    assert frame["y"] + frame["height"] <= 900


def test_a_name_in_the_legend_lets_one_person_stand_out(text: Page) -> None:
    text.get_by_role("link", name="Chidi Okafor").click()
    assert text.url.endswith("?by=3")
    expect(text.locator("[data-part='said']")).to_have_text(
        "Passages that stand out, Chidi Okafor: 2"
    )
    faded = text.get_by_text("some four hundred people", exact=True)
    assert faded.evaluate("one => getComputedStyle(one).textDecorationLine") == "none"
    text.locator(".by").first.focus()
    text.keyboard.press("n")
    assert focused(text) == "Nobody asked for"
    text.keyboard.press("n")
    assert focused(text) == "and by telephone."
    text.get_by_role("link", name="Show all alike").click()
    assert text.url.endswith(ADDRESS)
    assert faded.evaluate("one => getComputedStyle(one).textDecorationLine") == "underline"


def test_numbers_come_when_asked_for_and_lead_there_and_back(text: Page) -> None:
    expect(text.locator(".by-number").first).to_be_hidden()
    text.get_by_role("button", name="Numbers in the text").click()
    text.locator(".by-number", has_text="7.1").click()
    assert text.url.endswith("#by-7-1")
    text.locator("#by-7-1 [data-part='label']").click()
    assert focused(text) == "Less than"
    assert "By Hari Pillai" in box(text)


def test_without_script_numbers_lead_to_the_notes(
    new_page: Callable[..., Page], address: str
) -> None:
    page = new_page(javascript=False)
    page.goto(address)
    number = page.locator(".by-number", has_text="7.1")
    number.click()
    assert page.url.endswith("#by-7-1")
    expect(page.locator("#by-7-1")).to_contain_text("By Hari Pillai, 17 June 2025, revision 12")
    page.locator("#by-7-1").get_by_role("link", name="7.1").click()
    assert page.locator(":target").inner_text() == "Less than"
    expect(page.locator("[data-part='box']")).to_be_hidden()
    page.get_by_role("link", name="Chidi Okafor").click()
    expect(page.locator(".by--chosen").first).to_have_text("Nobody asked for")


def test_marks_differ_without_colours_and_numbers_are_printed(
    new_page: Callable[..., Page], address: str
) -> None:
    page = new_page(forced_colors="active")
    page.goto(address)
    look = "one => { const s = getComputedStyle(one); return "
    look += "s.textDecorationStyle + s.textDecorationThickness + s.textDecorationLine }"
    keys = page.locator(".attributed-legend .attributed-key")
    looks = [keys.nth(index).evaluate(look) for index in range(9)]
    assert len(set(looks)) == 9
    page.emulate_media(media="print")
    expect(page.locator(".by-number").first).to_be_visible()


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(new_page: Callable[..., Page], address: str, width: int) -> None:
    page = new_page(width=width)
    for view in VIEWS:
        page.goto(address + view)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.locator(".by").first.focus()
    expect(page.locator("[data-part='box']")).to_be_visible()
    assert axe(page) == []


def test_the_nu_checker_finds_nothing(page: Page, address: str, tmp_path: Path) -> None:
    files = []
    for index, view in enumerate(VIEWS):
        answer = page.request.get(address + view)
        files.append(tmp_path / f"{index}.html")
        files[-1].write_bytes(answer.body())
    assert nu_check(files) == []

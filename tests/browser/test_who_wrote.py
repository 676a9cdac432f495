"""Asking who wrote words: selected in the text, by keyboard, typed, with and without script."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests import make
from tests.browser.checks import axe
from tests.browser.live import LiveWiki
from wiki.people.service import set_wiki

PATH = "/pages/lanterns"
TEXT = "# Lanterns\n\n## Light\n\nA lantern stands at *every corner* of the park.\n"
SELECT = """([from, to]) => {
  const elements = [...document.querySelectorAll(".page-text *")];
  const nodes = elements.flatMap((one) => [...one.childNodes]);
  const texts = nodes.filter((one) => one.nodeType === Node.TEXT_NODE);
  const start = texts.find((one) => one.data.includes(from));
  const end = texts.findLast((one) => one.data.includes(to));
  const [first, last] = [start.data.indexOf(from), end.data.indexOf(to) + to.length];
  getSelection().setBaseAndExtent(start, first, end, last);
}"""


@pytest.fixture(scope="module")
def wiki(writing_wiki: LiveWiki) -> Iterator[LiveWiki]:
    """Return a wiki in which every member is told who wrote what."""
    with writing_wiki.database.begin() as session:
        set_wiki(session, "figures", "members", now=make.NOON)
        ana, ben = make.person(session, name="Ana Lopez"), make.person(session, name="Ben Okafor")
        page = make.page(session, path="lanterns", text=TEXT, author=ana)
        make.revision(session, page, f"{TEXT}\nIt is lit at dusk.\n", author=ben, note="By night")
    yield writing_wiki
    with writing_wiki.database.begin() as session:
        set_wiki(session, "figures", "facilitators", now=make.NOON)


@pytest.fixture
def enter(wiki: LiveWiki, new_page: Callable[..., Page]) -> Callable[..., Page]:
    """Return a function that opens an address of the page as a member."""

    def entered(address: str = PATH, **window: object) -> Page:
        page = new_page(**window)
        wiki.enter(page, wiki.join("Cleo Park"))
        page.goto(wiki.url + address)
        return page

    return entered


def offer(page: Page) -> None:
    expect(page.get_by_role("link", name="Who wrote this?")).to_be_visible()


def test_selected_words_are_offered_to_be_asked_about(enter: Callable[..., Page]) -> None:
    page = enter()
    expect(page.locator(".ask-who__link")).to_be_hidden()
    page.get_by_text("It is lit at dusk.").dblclick(position={"x": 5, "y": 12})
    offer(page)
    page.evaluate(SELECT, ["stands at", "every"])
    offer(page)
    page.get_by_role("link", name="Who wrote this?").click()
    expect(page.get_by_role("heading", name="These words stand here once")).to_be_visible()
    expect(page.locator(".found")).to_contain_text("By Ana Lopez")
    expect(page.get_by_label("Who wrote these words?")).to_have_value("stands at every")


def test_a_whole_paragraph_across_headings_can_be_asked_about(enter: Callable[..., Page]) -> None:
    page = enter()
    page.evaluate(SELECT, ["Light", "dusk."])
    offer(page)
    page.locator(".ask-who__link").click()
    expect(page.locator(".found")).to_contain_text("By Ben Okafor")
    expect(page.locator(".found")).to_contain_text("revision 2: “By night”")
    expect(page.locator(".found-passages__words")).to_have_count(2)
    page.goto(page.url.partition("/authorship")[0])
    page.get_by_text("It is lit at dusk.").click(click_count=3)
    offer(page)
    page.locator(".ask-who__link").click()
    expect(page.get_by_label("Who wrote these words?")).to_have_value("It is lit at dusk.")


def test_the_keyboard_reaches_the_offer_and_escape_shuts_it(enter: Callable[..., Page]) -> None:
    page = enter()
    page.evaluate(SELECT, ["It is", "lit"])
    offer(page)
    expect(page.locator(".ask-who [role=status]")).to_have_text(
        "Press Tab to ask who wrote the selected words"
    )
    page.keyboard.press("Escape")
    expect(page.locator(".ask-who__link")).to_be_hidden()
    page.evaluate(SELECT, ["lit", "dusk"])
    offer(page)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Who wrote this?"
    page.keyboard.press("Enter")
    expect(page.locator(".found")).to_contain_text("By Ben Okafor")


def test_nothing_is_offered_for_what_is_not_of_the_text(enter: Callable[..., Page]) -> None:
    page = enter()
    page.evaluate(SELECT, ["It is", "lit"])
    offer(page)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    expect(page.locator(".ask-who__link")).to_be_hidden()
    page.evaluate("getSelection().selectAllChildren(document.body)")
    page.wait_for_timeout(400)
    expect(page.locator(".ask-who__link")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("address", [PATH, f"{PATH}/authorship"])
def test_the_offer_lies_inside_the_window(
    enter: Callable[..., Page], width: int, address: str
) -> None:
    page = enter(address, width=width)
    for words in (["A lantern", "A lantern"], ["A lantern", "park."], ["corner", "park."]):
        page.evaluate(SELECT, words)
        offer(page)
        frame = page.locator(".ask-who__link").bounding_box()
        assert frame is not None
        assert frame["x"] >= 0
        assert frame["x"] + frame["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert axe(page) == []


def test_words_are_typed_and_asked_about_without_script(enter: Callable[..., Page]) -> None:
    page = enter(f"{PATH}/authorship?view=age", javascript=False, width=320)
    page.get_by_text("Ask who wrote some words").click()
    page.get_by_label("Who wrote these words?").fill("EVERY corner")
    page.get_by_role("button", name="Ask").click()
    assert "view=age" in page.url
    expect(page.locator(".found")).to_contain_text("By Ana Lopez")
    page.get_by_role("link", name="to the note on these words").click()
    expect(page.locator(":target")).to_contain_text("By Ana Lopez")
    page.get_by_label("Who wrote these words?").fill(" ")
    page.get_by_role("button", name="Ask").click()
    page.get_by_role("link", name="Type the words that you want to ask about.").click()
    page.get_by_label("Who wrote these words?").fill("flying boats")
    page.get_by_role("button", name="Ask").click()
    page.get_by_role("link", name="Look in its history").click()
    assert page.url.endswith(f"{PATH}/history")


def test_an_earlier_revision_is_chosen_and_its_words_asked_about(
    enter: Callable[..., Page],
) -> None:
    page = enter(f"{PATH}/authorship")
    page.get_by_label("As it stood at revision").fill("1")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("As it stood at revision 1", exact=True)).to_be_visible()
    expect(page.locator(".attributed-legend")).not_to_contain_text("Ben Okafor")
    page.evaluate(SELECT, ["A lantern", "stands"])
    page.locator(".ask-who__link").click()
    assert "revision=1" in page.url
    expect(page.locator(".found")).to_contain_text("By Ana Lopez")
    page.get_by_role("link", name="Who wrote it as it is now").click()
    page.get_by_text("It is lit at dusk.", exact=True).hover()
    expect(page.locator("[data-part='box']")).to_contain_text("By Ben Okafor")

"""Charts in a browser: crowded ones, long ones, odd names; on a phone, on paper, in any colours."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import chart_page, payloads
from tests.browser.checks import axe, nu_check
from tests.browser.live import LiveWiki, opened
from tests.browser.test_payloads import ALIVE, TRAPS

# Letters of drawings that stand over others, or over the edge of the window.
CROWDED = """() => {
  const found = [];
  for (const drawing of document.querySelectorAll(".chart__plot")) {
    const letters = [...drawing.querySelectorAll("text")]
      .map(text => ({said: text.textContent, box: text.getBoundingClientRect()}))
      .filter(one => one.box.width);
    for (const [at, one] of letters.entries()) {
      const {left, right} = one.box;
      if (left < 0 || right > innerWidth + 0.5) found.push(`over the edge: ${one.said}`);
      for (const other of letters.slice(at + 1)) {
        const [a, b] = [one.box, other.box];
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        // Boxes are higher than letters.
        if (across > 0 && down > 5) found.push(`${one.said} over ${other.said}`);
      }
    }
  }
  return found;
}"""
WIDTHS = (1280, 768, 320)
OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def charts_url(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    wiki: LiveWiki
    with opened(migrated_sqlite, tmp_path_factory.mktemp("charts")) as wiki:
        chart_page.add_charts(wiki.app)
        yield wiki.url + chart_page.ADDRESS


def open_folds(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_and_no_letters_touch(
    width: int, new_page: OpenPage, charts_url: str
) -> None:
    page = new_page(width=width)
    page.goto(charts_url)
    assert page.locator(".chart svg[role=img]").count() == 9
    assert page.evaluate(CROWDED) == []
    open_folds(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page) == []


def test_the_broadest_name_makes_no_page_scroll(new_page: OpenPage, charts_url: str) -> None:
    page = new_page(width=320)
    page.goto(charts_url)
    page.locator(".chart__name--narrow").first.evaluate(
        "one => { one.textContent = 'W'.repeat(28); }"
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_letters_keep_their_size_on_a_phone(new_page: OpenPage, charts_url: str) -> None:
    heights = []
    for width in WIDTHS:
        page = new_page(width=width)
        page.goto(charts_url)
        box = page.locator(".chart__amount").first.bounding_box()
        assert box is not None
        heights.append(box["height"])
    assert len(set(heights)) == 1


def test_a_drawing_is_heard_by_its_name_and_finding(page: Page, charts_url: str) -> None:
    page.goto(charts_url)
    drawing = page.get_by_role("img", name="Words that stand Ana Whitfield wrote 41% of the words.")
    expect(drawing).to_have_count(1)
    fold = page.locator("#chart-standing details")
    fold.locator("summary").click()
    row = fold.get_by_role("row", name="Ana Whitfield 1,640 41%")
    expect(row).to_be_visible()


def test_the_html_of_charts_is_valid(page: Page, charts_url: str, tmp_path: Path) -> None:
    answer = page.goto(charts_url)
    assert answer is not None
    file = tmp_path / "charts.html"
    file.write_bytes(answer.body())
    assert nu_check([file]) == []


def test_own_colours_leave_patterns_and_numbers(new_page: OpenPage, charts_url: str) -> None:
    page = new_page(forced_colors="active")
    page.goto(charts_url)
    fills = page.locator(".chart__ground").evaluate_all(
        "all => [...new Set(all.map(one => getComputedStyle(one).fill))]"
    )
    text = page.locator("body").evaluate("body => getComputedStyle(body).color")
    # All grounds are of the colour of letters, but that of others, which is of the page's.
    assert len(fills) == 2
    assert text in fills


def test_a_printed_chart_has_its_drawing_and_no_shut_fold(page: Page, charts_url: str) -> None:
    page.goto(charts_url)
    page.emulate_media(media="print")
    expect(page.locator("#chart-months .chart__plot")).to_be_visible()
    expect(page.locator("#chart-months details")).to_be_hidden()
    assert page.evaluate("document.getAnimations().length") == 0


def test_no_attack_is_alive_in_a_chart(new_page: OpenPage, charts_url: str) -> None:
    page = new_page(bypass_csp=True)
    page.add_init_script(TRAPS)
    names = payloads.read_payloads()
    page.goto(charts_url + "/attacked")
    assert page.locator("#chart-standing .chart__row").count() == len(names)
    assert page.evaluate(ALIVE) == []

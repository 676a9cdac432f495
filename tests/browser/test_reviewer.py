"""The reviewer on Monday morning: what changed, sitting by sitting, looked at in every way."""

import re

from playwright.sync_api import expect

from tests.browser.hands import Hand
from tests.browser.live import LiveWiki

AUTHOR = "Ruth Adeyinka"


def test_a_reviewer_looks_through_what_changed(hand: Hand, live_wiki: LiveWiki) -> None:
    live_wiki.enter(hand.page, live_wiki.join("Rosa Reviewer", role="reviewer"))
    hand.page.goto(live_wiki.url)
    hand.go("Recent changes")
    hand.arrive("Recent changes")
    _show_only(hand, AUTHOR)
    _open_a_sitting(hand)
    _look_in_every_way(hand)
    _unfold(hand)
    _step_to_the_neighbour(hand)


def _show_only(hand: Hand, author: str) -> None:
    hand.page.wait_for_load_state()
    fold = hand.page.get_by_text("Show only some changes")
    if fold.is_visible():
        hand.activate(fold)
    hand.pick(hand.page.get_by_label("Author"), author)
    hand.press("Apply")
    expect(hand.page).to_have_url(re.compile(r"[?&]author=\d+"))
    rows = hand.page.locator(".change-row__who")
    expect(rows.first).to_contain_text(author)
    assert rows.count() > 3
    assert all(author in who for who in rows.all_text_contents())


def _open_a_sitting(hand: Hand) -> None:
    rows = hand.page.locator(".change-row", has=hand.page.locator("details"))
    row = rows.filter(has_text="See what changed").first
    saves = row.get_by_role("link", name=re.compile(r"Revision \d+"))
    expect(saves.first).to_be_hidden()
    hand.activate(row.locator("summary"))
    expect(saves.first).to_be_visible()
    assert saves.count() > 1
    hand.follow("See what changed", within=row, exact=False)
    hand.arrive("What changed")


def _look_in_every_way(hand: Hand) -> None:
    page = hand.page
    expect(page.locator(".page-heading__lead")).to_have_text(
        re.compile(rf"^\d+ changes? in \d+ sections? by {AUTHOR}$")
    )
    hand.follow("Side by side")
    expect(page).to_have_url(re.compile("view=beside"))
    expect(page.get_by_role("heading", name="Before").first).to_be_visible()
    hand.follow("As written")
    expect(page).to_have_url(re.compile("text=written"))
    expect(page.get_by_role("link", name="Side by side")).to_have_attribute("aria-current", "true")
    hand.follow("One column")
    expect(page.get_by_role("heading", name="Before")).to_have_count(0)
    marked = page.locator("main ins, main del")
    assert marked.count() > 0


def _unfold(hand: Hand) -> None:
    folds = hand.page.locator("details[data-fold]")
    text = folds.first.locator(".fold__content")
    expect(text).to_be_hidden()
    if not hand.has_script:
        hand.activate(folds.first.locator("summary"))
        expect(text).to_be_visible()
        return
    hand.press("Show unchanged text")
    assert all(fold.get_attribute("open") is not None for fold in folds.all())
    hide = hand.page.get_by_role("button", name="Hide unchanged text")
    expect(hide).to_be_focused()
    hand.activate(hide)
    expect(text).to_be_hidden()


def _step_to_the_neighbour(hand: Hand) -> None:
    older, newer = _pair(hand)
    before = hand.page.locator(".revision-pair__side--older")
    hand.follow("Earlier", within=before, exact=False)
    expect(hand.page).to_have_url(re.compile(rf"/compare/{older - 1}\.\.{newer}\?text=written$"))
    hand.follow("Later", within=hand.page.locator(".revision-pair__side--older"), exact=False)
    expect(hand.page).to_have_url(re.compile(rf"/compare/{older}\.\.{newer}\?text=written$"))


def _pair(hand: Hand) -> tuple[int, int]:
    found = re.search(r"/compare/(\d+)\.\.(\d+)", hand.page.url)
    assert found is not None
    return int(found[1]), int(found[2])

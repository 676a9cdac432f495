"""Acts on pages as people do them: moving, deleting, bringing back, undoing, copying."""

import re
from itertools import count

import pytest
from playwright.sync_api import Locator, expect

from tests import make
from tests.browser.checks import axe
from tests.browser.examples import DELETED
from tests.browser.hands import Hand, KeyboardHand
from tests.browser.live import LiveWiki
from wiki.search import service as search

_numbers = count(1)
TEXT = "# {title}\n\nWe listen to everybody.\n\nWe answer within ten days.\n"


@pytest.fixture
def place(live_wiki: LiveWiki) -> str:
    """Return the path of a page of this test alone: three revisions, one page links to it."""
    path = f"acts/page-{next(_numbers)}"
    title = f"Page {path.rpartition('-')[2]}"
    first = TEXT.format(title=title)
    with live_wiki.database.begin() as session:
        page = make.page(session, path=path, text=first)
        second = first.replace("listen to", "shout at").replace("ten", "five")
        make.revision(session, page, second)
        make.revision(session, page, f"{second}\nAnd we say thank you.\n")
        other = make.page(session, path=f"{path}-friend", text=f"See [it](/pages/{path}).\n")
        search.index_pages(session, [page.id, other.id])
    return path


def _enter(hand: Hand, wiki: LiveWiki, path: str) -> None:
    wiki.enter(hand.page, wiki.join("Fay Facilitator", role="facilitator"))
    hand.page.goto(f"{wiki.url}/pages/{path}")


def _more(hand: Hand, way: str) -> None:
    """Unfold what else can be done with the page, and choose one."""
    hand.activate(hand.page.locator(".page-acts summary"))
    hand.follow(way, within=hand.page.locator(".page-acts"))


def _untick(hand: Hand, box: Locator) -> None:
    if isinstance(hand, KeyboardHand):
        hand.reach(box)
        hand.page.keyboard.press("Space")
    else:
        box.uncheck()
    expect(box).not_to_be_checked()


def _is_well_made(hand: Hand) -> None:
    """Let axe look; it is a script itself."""
    assert not hand.has_script or axe(hand.page) == []


def _is_said(hand: Hand, words: str) -> None:
    expect(hand.page.locator(".notice")).to_contain_text(words)
    _is_well_made(hand)


def test_a_page_is_moved_and_its_links_follow(hand: Hand, live_wiki: LiveWiki, place: str) -> None:
    _enter(hand, live_wiki, place)
    _more(hand, "Move or rename")
    hand.fill(hand.page.get_by_label("Title"), "Ends and means")
    hand.fill(hand.page.get_by_label("Last part of the address"), f"{place[5:]}-ends")
    hand.press("See what will happen")
    main = hand.page.get_by_role("main")
    expect(main).to_contain_text("will be called “Ends and means”")
    expect(main).to_contain_text(f"[it](/pages/{place}-ends)")
    _is_well_made(hand)
    hand.press("Move the page")
    hand.arrive("Ends and means")
    _is_said(hand, "Its old address leads here. Links on 1 other page follow.")
    hand.page.goto(f"{live_wiki.url}/pages/{place}")
    expect(hand.page).to_have_url(f"{live_wiki.url}/pages/{place}-ends")
    hand.page.goto(f"{live_wiki.url}/pages/{place}-friend/history")
    expect(hand.page.get_by_role("main")).to_contain_text("Links follow “Ends and means”")


def test_a_page_is_deleted_and_brought_back(hand: Hand, live_wiki: LiveWiki, place: str) -> None:
    _enter(hand, live_wiki, place)
    _more(hand, "Delete")
    hand.press("Delete this page")
    expect(hand.page.get_by_role("alert")).to_contain_text("Say in a few words why.")
    _is_well_made(hand)
    hand.fill(hand.page.get_by_label("Why?"), "Nobody reads it")
    hand.press("Delete this page")
    _is_said(hand, "has been deleted.")
    hand.follow("Bring it back", within=hand.page.locator(".notice"))
    expect(hand.page.get_by_role("main")).to_contain_text("Why: Nobody reads it")
    hand.press("Bring it back")
    _is_said(hand, "The page is back.")
    expect(hand.page).to_have_url(f"{live_wiki.url}/pages/{place}")


def test_one_change_of_two_is_undone(hand: Hand, live_wiki: LiveWiki, place: str) -> None:
    _enter(hand, live_wiki, place)
    hand.follow("History")
    hand.follow("Undo Revision 2", within=hand.page.get_by_role("main"))
    hand.arrive("Undo changes of revision 2")
    _untick(hand, hand.page.get_by_role("checkbox", name="Change 2 of 2"))
    hand.press("See the result")
    result = hand.page.locator("#result")
    expect(result).to_contain_text("listen to")
    expect(result).not_to_contain_text("within ten days")
    _is_well_made(hand)
    hand.fill(hand.page.get_by_label("Why?"), "We do listen")
    hand.press("Undo what is ticked")
    _is_said(hand, "1 change has been undone.")
    text = hand.page.locator(".page-text")
    expect(text).to_contain_text("We listen to everybody.")
    expect(text).to_contain_text("within five days")
    expect(text).to_contain_text("And we say thank you.")


def test_an_old_text_is_restored(hand: Hand, live_wiki: LiveWiki, place: str) -> None:
    _enter(hand, live_wiki, place)
    hand.page.goto(f"{live_wiki.url}/pages/{place}/revisions/1")
    hand.follow("Restore this text")
    hand.arrive("Restore revision 1")
    expect(hand.page.get_by_role("main")).to_contain_text("And we say thank you.")
    hand.press("Restore this text")
    _is_said(hand, "what it said in revision 1. This is revision 4.")


def test_a_page_is_copied(hand: Hand, live_wiki: LiveWiki, place: str) -> None:
    _enter(hand, live_wiki, place)
    _more(hand, "Copy")
    title = f"Copy of {place}"
    hand.fill(hand.page.get_by_label("Title"), title)
    hand.press("Copy this page")
    hand.arrive(title)
    _is_said(hand, "This is the copy.")


def test_a_new_page_is_begun_from_the_list_of_pages(hand: Hand, live_wiki: LiveWiki) -> None:
    _enter(hand, live_wiki, "strategy")
    hand.go("Pages")
    hand.follow("Write a new page")
    hand.fill(hand.page.get_by_label("Title"), "What we owe")
    hand.press("Start writing")
    hand.arrive("Write What we owe")
    expect(hand.page.get_by_label("Text of the page")).to_have_value(re.compile("# What we owe"))


def test_a_page_nobody_wrote_leads_into_the_editor(hand: Hand, live_wiki: LiveWiki) -> None:
    _enter(hand, live_wiki, "strategy/nobody-wrote-this")
    hand.follow("Write this page")
    hand.arrive("Write Nobody wrote this")


def test_the_example_of_a_deleted_page_is_one(live_wiki: LiveWiki) -> None:
    browser = live_wiki.app.test_client()
    browser.set_cookie("manyhands", live_wiki.cookie(live_wiki.join("Ada Lindqvist", role="admin")))
    assert "Bring back Gone" in browser.get(DELETED).text

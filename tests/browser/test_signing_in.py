"""Coming in: by password, after a wrong one, by letter, and on the way to a page for members."""

import re
from itertools import count

from playwright.sync_api import expect

from tests.browser.checks import axe
from tests.browser.hands import Hand
from tests.browser.live import PASSWORD, LiveWiki

_numbers = count(1)


def test_a_wrong_password_is_explained_and_the_right_one_leads_in(
    hand: Hand, live_wiki: LiveWiki
) -> None:
    page = hand.page
    email = live_wiki.join(f"Passer By {next(_numbers)}", password=PASSWORD)
    page.goto(f"{live_wiki.url}/sign-in?next=/changes")
    _fill_in(hand, email, "not the password 12")
    hand.press("Sign in")
    expect(page).to_have_title(re.compile("^Error: Sign in"))
    summary = page.locator(".govuk-error-summary")
    if hand.has_script:
        expect(summary).to_be_focused()
        assert axe(page) == []
    hand.follow("The e-mail address or the password is not right.", within=summary)
    expect(page.get_by_label("E-mail address")).to_be_focused()
    expect(page.get_by_label("E-mail address")).to_have_value(email)
    _fill_in(hand, email, PASSWORD)
    hand.press("Sign in")
    hand.arrive("Recent changes")


def test_a_letter_leads_in(hand: Hand, live_wiki: LiveWiki) -> None:
    email = live_wiki.join(f"Letter Reader {next(_numbers)}")
    hand.page.goto(live_wiki.url)
    hand.go("Sign in")
    hand.fill(hand.page.get_by_label("E-mail address"), email)
    hand.press("E-mail me a link")
    hand.arrive("Check your e-mail")
    link = live_wiki.newest_link()
    hand.page.goto(link)
    hand.press("Sign in")
    hand.arrive("Digital engagement strategy")
    # Whoever follows it again is where it leads; to anybody else it is over.
    hand.page.goto(link)
    hand.arrive("Digital engagement strategy")
    hand.page.context.clear_cookies()
    hand.page.goto(link)
    hand.arrive("This link no longer works")


def test_a_wiki_for_members_leads_by_signing_in_to_the_page_asked_for(
    hand: Hand, closed_wiki: LiveWiki
) -> None:
    email = closed_wiki.join(f"Member {next(_numbers)}", password=PASSWORD)
    hand.page.goto(f"{closed_wiki.url}/pages/strategy/aims?from=a-letter")
    hand.arrive("Sign in")
    expect(hand.page.get_by_role("status")).to_have_text(re.compile("Sign in to read this wiki"))
    expect(hand.page.get_by_role("link", name="Recent changes")).to_have_count(0)
    expect(hand.page.get_by_role("search")).to_have_count(0)
    _fill_in(hand, email, PASSWORD)
    hand.press("Sign in")
    hand.arrive("Aims")
    expect(hand.page).to_have_url(f"{closed_wiki.url}/pages/strategy/aims?from=a-letter")


def test_signing_out_everywhere_ends_other_browsers(hand: Hand, live_wiki: LiveWiki) -> None:
    email = live_wiki.join(f"Loser Of Telephones {next(_numbers)}")
    live_wiki.enter(hand.page, email)
    elsewhere = live_wiki.cookie(email)
    hand.page.goto(f"{live_wiki.url}/account")
    hand.press("Sign out everywhere")
    hand.arrive("Sign in")
    expect(hand.page.get_by_role("alert")).to_have_text(
        re.compile("You have been signed out everywhere.")
    )
    hand.page.context.add_cookies([{"name": "manyhands", "value": elsewhere, "url": live_wiki.url}])
    hand.page.goto(f"{live_wiki.url}/account")
    hand.arrive("Sign in")


def _fill_in(hand: Hand, email: str, password: str) -> None:
    hand.fill(hand.page.get_by_label("E-mail address"), email)
    hand.fill(hand.page.get_by_label("Password", exact=True), password)

"""Joining, by oneself and by invitation, and looking after one's own account."""

import mailbox
import re
from itertools import count

from playwright.sync_api import Page, expect

from tests.browser.checks import axe
from tests.browser.hands import Hand
from tests.browser.live import PASSWORD, LiveWiki
from wiki.clock import utc_now
from wiki.mail.deliver import deliver_due
from wiki.mail.letters import Words
from wiki.mail.transport import transport_for
from wiki.people import queries, service

NEW_PASSWORD = "marble otter window"
HOME = "Digital engagement strategy"
_numbers = count(1)


def link_in_letter(wiki: LiveWiki, email: str, subject: str) -> str:
    """Send the letters that wait, and return the one link in the one of this subject."""
    settings = wiki.database.settings
    deliver_due(wiki.database, transport_for(settings.mail, settings.data_dir), clock=utc_now)
    box = mailbox.Maildir(settings.data_dir / "mail")
    letters = [one for one in box.values() if (one["To"], one["Subject"]) == (email, subject)]
    (letter,) = letters
    (text,) = (part for part in letter.walk() if part.get_content_type() == "text/plain")
    payload = text.get_payload(decode=True)
    assert isinstance(payload, bytes)
    (link,) = re.findall(r"http://\S+", payload.decode())
    return str(link)


def expect_no_trouble(hand: Hand) -> None:
    if hand.has_script:
        assert axe(hand.page) == []
    width = hand.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0, "The page is wider than the window."


def of_wiki(words: str) -> str:
    return f"{words} Tarrowby engagement strategy"


def expect_notice(page: Page, words: str) -> None:
    expect(page.locator(".notice__text").first).to_contain_text(words)


def test_a_colleague_joins_and_is_shown_a_first_step(hand: Hand, live_wiki: LiveWiki) -> None:
    number = next(_numbers)
    email = f"colleague-{number}@council.example"
    page = hand.page
    page.goto(f"{live_wiki.url}/sign-in")
    hand.follow("Join the wiki")
    hand.arrive(of_wiki("Join"))
    expect_no_trouble(hand)
    hand.fill(page.get_by_label("Your name"), f"Colleague {number}")
    hand.fill(page.get_by_label("E-mail address"), email)
    hand.press("Send me the e-mail")
    hand.arrive("Check your e-mail")
    expect_no_trouble(hand)
    link = link_in_letter(live_wiki, email, of_wiki("Join"))
    page.goto(link)
    hand.arrive(of_wiki("Join"))
    expect(page.get_by_label("Your name")).to_have_value(f"Colleague {number}")
    expect_no_trouble(hand)
    hand.press("Join")
    hand.arrive(HOME)
    expect(page.get_by_role("alert")).to_have_text(re.compile(f"Welcome, Colleague {number}"))
    expect(page.get_by_role("heading", name="Where words are needed")).to_be_visible()
    expect_no_trouble(hand)
    page.goto(link)
    hand.arrive(HOME)


def test_what_is_missing_is_said_beside_its_field(hand: Hand, live_wiki: LiveWiki) -> None:
    page = hand.page
    page.goto(f"{live_wiki.url}/sign-up")
    hand.press("Send me the e-mail")
    expect(page).to_have_title(re.compile("^Error: "))
    expect_no_trouble(hand)
    hand.follow("Enter a name.", within=page.locator(".govuk-error-summary"))
    expect(page.get_by_label("Your name")).to_be_focused()
    fill_in(hand, "Some Stranger", "stranger@elsewhere.example")
    hand.press("Send me the e-mail")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_have_text(re.compile("Say in a sentence who you are"))


def fill_in(hand: Hand, name: str, email: str) -> None:
    hand.fill(hand.page.get_by_label("Your name"), name)
    hand.fill(hand.page.get_by_label("E-mail address"), email)


def test_a_stranger_waits_for_an_administrator(hand: Hand, live_wiki: LiveWiki) -> None:
    number = next(_numbers)
    email = f"stranger-{number}@elsewhere.example"
    page = hand.page
    page.goto(f"{live_wiki.url}/sign-up")
    fill_in(hand, f"Stranger {number}", email)
    reason = page.get_by_label("Who are you, and what brings you here?")
    hand.fill(reason, "I plan the parks.")
    hand.press("Send me the e-mail")
    hand.arrive("Check your e-mail")
    page.goto(link_in_letter(live_wiki, email, of_wiki("Join")))
    hand.press("Join")
    hand.arrive("Thank you")
    expect_no_trouble(hand)
    page.goto(approve(live_wiki, email))
    hand.press("Sign in")
    hand.arrive(HOME)
    hand.go(f"Stranger {number}")
    hand.arrive("Your account")


def approve(wiki: LiveWiki, email: str) -> str:
    """Let somebody in who waits, and return the link in their letter."""
    kept = []

    def write(template: str, path: str = "", target: str = "/", **_values: object) -> Words:
        kept.append(path)
        return Words(template, target)

    with wiki.database.begin() as session:
        (row,) = (one for one in queries.waiting(session) if one.email == email)
        admin = queries.active_admins(session)[0]
        service.approve(
            session, row.id, team_id=None, actor_id=admin.id, write=write, now=utc_now()
        )
    return wiki.url + kept[0]


def test_a_facilitator_invites_and_takes_back(hand: Hand, live_wiki: LiveWiki) -> None:
    name = f"Flo {next(_numbers)}"
    wanted, other = (f"{word}-{next(_numbers)}@elsewhere.example" for word in ("wanted", "other"))
    live_wiki.enter(hand.page, live_wiki.join(name, role="facilitator"))
    page = hand.page
    page.goto(f"{live_wiki.url}/account")
    hand.follow("Invite people")
    hand.arrive("Invite people")
    expect_no_trouble(hand)
    hand.fill(page.get_by_label("E-mail addresses, one on each line"), f"{wanted}, {other}")
    hand.fill(page.get_by_label("A message from you"), "You know the parks.")
    hand.press("Send the invitations")
    expect_notice(page, "2 invitations are on their way.")
    expect(page.get_by_role("cell").filter(has_text=wanted).first).to_be_visible()
    expect_no_trouble(hand)
    hand.press(f"Take back {other}")
    expect_notice(page, f"The invitation to {other} no longer works.")
    letter = of_wiki(f"{name} has invited you to")
    good, over = (link_in_letter(live_wiki, email, letter) for email in (wanted, other))
    page.context.clear_cookies()
    page.goto(over)
    hand.arrive("This link no longer works")
    come_in(hand, good)


def come_in(hand: Hand, link: str) -> None:
    hand.page.goto(link)
    expect_no_trouble(hand)
    hand.fill(hand.page.get_by_label("Your name"), f"Somebody Invited {next(_numbers)}")
    hand.press("Join")
    hand.arrive(HOME)


def test_a_forgotten_password_is_chosen_anew(hand: Hand, live_wiki: LiveWiki) -> None:
    email = live_wiki.join(f"Forgetter {next(_numbers)}", password=PASSWORD)
    page = hand.page
    page.goto(f"{live_wiki.url}/sign-in")
    hand.follow("Forgotten your password?")
    hand.arrive("Choose a new password")
    expect_no_trouble(hand)
    hand.fill(page.get_by_label("E-mail address"), email)
    hand.press("Send me the e-mail")
    hand.arrive("Check your e-mail")
    page.goto(link_in_letter(live_wiki, email, of_wiki("Choose a new password for")))
    hand.fill(page.get_by_label("New password"), "password")
    hand.press("Save")
    expect(page.locator(".govuk-error-summary")).to_have_text(re.compile("Choose a longer"))
    expect_no_trouble(hand)
    hand.fill(page.get_by_label("New password"), NEW_PASSWORD)
    hand.press("Save")
    hand.arrive(HOME)
    expect_notice(page, "Your new password has been saved")


def test_members_say_who_they_are(hand: Hand, live_wiki: LiveWiki) -> None:
    name = f"Keeper {next(_numbers)}"
    page = hand.page
    live_wiki.enter(page, live_wiki.join(name))
    page.goto(f"{live_wiki.url}/account")
    expect_no_trouble(hand)
    hand.follow("Change (Name)")
    hand.arrive("Your profile")
    hand.fill(page.get_by_label("Your name"), f"{name} Roe")
    hand.fill(page.get_by_label("About you"), "I keep the parks.")
    expect_no_trouble(hand)
    hand.press("Save")
    hand.arrive("Your account")
    hand.follow("How others see you")
    hand.arrive(f"{name} Roe")
    expect(page.get_by_text("I keep the parks.")).to_be_visible()
    expect_no_trouble(hand)


def test_password_and_address_are_changed(hand: Hand, live_wiki: LiveWiki) -> None:
    number = next(_numbers)
    new_email = f"moved-{number}@example.org"
    page = hand.page
    live_wiki.enter(page, live_wiki.join(f"Mover {number}", password=PASSWORD))
    page.goto(f"{live_wiki.url}/account")
    hand.follow("Change (Password)")
    hand.arrive("Change your password")
    expect_no_trouble(hand)
    hand.fill(page.get_by_label("Your current password"), PASSWORD)
    hand.fill(page.get_by_label("New password"), NEW_PASSWORD)
    hand.press("Save")
    hand.arrive("Your account")
    hand.follow("Change (E-mail address)")
    hand.arrive("Change your e-mail address")
    expect_no_trouble(hand)
    hand.fill(page.get_by_label("New e-mail address"), new_email)
    hand.fill(page.get_by_label("Password", exact=True), NEW_PASSWORD)
    hand.press("Send the e-mail")
    expect_notice(page, "An e-mail is on its way")
    page.goto(link_in_letter(live_wiki, new_email, of_wiki("Confirm your new address for")))
    expect_no_trouble(hand)
    hand.press("Use this address")
    hand.arrive("Your account")
    expect_notice(page, f"Your address is now {new_email}.")


def test_a_member_leaves(hand: Hand, live_wiki: LiveWiki) -> None:
    page = hand.page
    email = live_wiki.join(f"Leaver {next(_numbers)}", password=PASSWORD)
    live_wiki.enter(page, email)
    page.goto(f"{live_wiki.url}/account")
    hand.follow("Leave the wiki")
    hand.arrive("Leave the wiki")
    expect_no_trouble(hand)
    hand.fill(page.get_by_label("Password", exact=True), "not the password 12")
    hand.press("Leave the wiki")
    expect(page).to_have_title(re.compile("^Error: "))
    expect_no_trouble(hand)
    hand.fill(page.get_by_label("Password", exact=True), PASSWORD)
    hand.press("Leave the wiki")
    hand.arrive(HOME)
    expect_notice(page, "You have left the wiki.")


def test_who_was_invited_only_is_told_how_to_join(hand: Hand, closed_wiki: LiveWiki) -> None:
    hand.page.goto(f"{closed_wiki.url}/sign-up")
    hand.arrive(of_wiki("Join"))
    expect(hand.page.get_by_text("You can join this wiki by invitation.")).to_be_visible()
    expect_no_trouble(hand)
    hand.follow("Sign in", within=hand.page.get_by_role("main"))
    hand.arrive("Sign in")

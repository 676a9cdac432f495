"""A page as a reader sees it."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask.testing import FlaskClient

from tests import make
from tests.integration.conftest import Recorder
from tests.integration.pages.conftest import See, Write
from wiki.people.models import Person
from wiki.storage.engine import Database

RICH = """---
title: How we reach people
problem: Nobody answers the phone.
tags: [channels, homes and gardens]
owner: owner@example.org
---
# How we reach people

We write, we call, we visit.

## By letter

Short ones.

## By telephone

### In the evening

When people are in.
"""


def main_words(see: See, address: str) -> str:
    found = see(address).select_one("main")
    assert found is not None
    return " ".join(found.get_text(" ").split())


def test_the_title_is_the_one_heading_of_the_first_level(write: Write, see: See) -> None:
    write("channels", RICH)
    page = see("/pages/channels")
    assert [heading.get_text(strip=True) for heading in page.select("h1")] == [
        "How we reach people"
    ]
    assert page.title is not None
    assert page.title.get_text() == "How we reach people - Manyhands"


def test_the_problem_stands_under_the_title(write: Write, see: See) -> None:
    write("channels", RICH)
    assert "Nobody answers the phone." in main_words(see, "/pages/channels").split("We write")[0]


def test_a_page_without_a_problem_says_nothing_of_one(write: Write, see: See) -> None:
    write("aims")
    assert "problem we are trying" not in main_words(see, "/pages/aims")


def test_tags_lead_to_the_pages_that_have_them(write: Write, see: See) -> None:
    write("channels", RICH)
    links = {link.get_text(): link["href"] for link in see("/pages/channels").select("footer a")}
    assert links["channels"] == "/tags/channels"
    there = see(str(links["homes and gardens"]))
    assert [link["href"] for link in there.select("main .page-card a")] == ["/pages/channels"]


def test_the_owner_is_called_by_name(write: Write, see: See, database: Database) -> None:
    with database.begin() as session:
        make.person(session, name="Olive Owner", email="owner@example.org")
    write("channels", RICH)
    words = main_words(see, "/pages/channels")
    assert "Looked after by Olive Owner" in words
    assert "owner@example.org" not in words


def test_the_page_says_who_edited_it_last_and_when(
    write: Write, see: See, add: Callable[..., int], ben: Person
) -> None:
    page = write("aims")
    when = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    add(page, "# Aims\n\nMore.\n", author=ben, made_at=when)
    words = main_words(see, "/pages/aims")
    assert "Revision 2 , last edited by Ben Okafor , 1 July 2026, 23:30 ." in words


def test_moments_are_told_in_the_zone_of_the_reader(
    write: Write, see: See, signed_in: Callable[..., FlaskClient]
) -> None:
    write("aims", made_at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
    browser = signed_in(time_zone="Asia/Tokyo")
    assert "2 July 2026, 07:30" in see("/pages/aims", browser).get_text()


def test_headings_are_listed_with_their_anchors(write: Write, see: See) -> None:
    write("channels", RICH)
    page = see("/pages/channels")
    listed = [(link.get_text(), link["href"]) for link in page.select(".table-of-contents a")]
    assert listed == [
        ("By letter", "#s-by-letter"),
        ("By telephone", "#s-by-telephone"),
        ("In the evening", "#s-in-the-evening"),
    ]
    assert [heading["id"] for heading in page.select(".page-text h2, .page-text h3")] == [
        "s-by-letter",
        "s-by-telephone",
        "s-in-the-evening",
    ]


def test_a_page_with_one_heading_has_no_table_of_contents(write: Write, see: See) -> None:
    write("aims", "# Aims\n\n## Only one\n\nWords.\n")
    assert not see("/pages/aims").select(".table-of-contents")


def test_a_page_without_words_says_so(write: Write, see: See) -> None:
    write("aims", "# Aims\n")
    assert "Nothing written here yet" in main_words(see, "/pages/aims")


def test_text_over_a_limit_is_shown_as_typed_with_the_reason(write: Write, see: See) -> None:
    write("wide", "# Wide\n\n" + "|a" * 3000 + "|\n" + "|-" * 3000 + "|\n")
    page = see("/pages/wide")
    notes = [note.get_text(strip=True) for note in page.select("main .govuk-inset-text")]
    assert len(notes) == 1
    assert notes[0].endswith(".")
    assert "|a|a|a" in page.get_text()


def test_the_language_of_a_page_is_said(write: Write, see: See) -> None:
    write("fr/buts", "# Buts\n\nNous voulons que les gens nous parlent.\n")
    assert see("/pages/fr/buts").select(".page-text")[0]["lang"] == "fr"


def test_markup_in_names_notes_and_titles_stays_text(
    write: Write, see: See, database: Database
) -> None:
    with database.begin() as session:
        odd = make.person(session, name="<script>alert(1)</script>", email="odd@example.org")
    text = "---\ntitle: '<b>Bold</b>'\nproblem: <i>x</i>\ntags: ['<u>t</u>']\n---\nWords.\n"
    write("odd", text, author=odd, note="<script>alert(2)</script>")
    for address in ("/pages/odd", "/pages/odd/history", "/changes", "/", "/pages"):
        page = see(address)
        assert not page.select("script:not([src]), main b, main i, main u")
    assert "<b>Bold</b>" in see("/pages/odd").get_text()
    assert "<script>alert(2)</script>" in see("/pages/odd/history").get_text()


def test_the_page_names_its_feed(write: Write, see: See) -> None:
    write("aims")
    feed = see("/pages/aims").select("link[type='application/atom+xml']")
    assert [link["href"] for link in feed] == ["/pages/aims/feed"]


def test_nobody_is_asked_for_a_text_that_is_rendered_already(
    write: Write, see: See, recorded: Recorder
) -> None:
    write("aims")
    see("/pages/aims")  # who wrote its words is followed when a page is first looked at
    with recorded() as statements:
        see("/pages/aims?again")
    assert not [one for one in statements if "text_blob" in one]

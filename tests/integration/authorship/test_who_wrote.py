"""Asking who wrote some words of a page."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests import make
from tests.integration.authorship.conftest import Decide, See
from tests.integration.authorship.marks import AIMS, ANA, BEN, answers, heading, runs
from wiki.people.models import Person
from wiki.storage.engine import Database

SignIn = Callable[..., FlaskClient]


def test_asked_words_are_found_however_they_are_marked_up(
    database: Database, see: See, signed_in: SignIn, ana: Person, ben: Person
) -> None:
    text = "Gravel for *old* paths.\n\nGravel for **old paths**."
    with database.begin() as session:
        page = make.page(session, path="aims", text=text, author=ana)
        make.revision(session, page, f"{text} New   lamps.", author=ben, note="Light")
    browser = signed_in("facilitator")
    seen = see(f"{AIMS}?words=gravel+FOR+old", browser)
    assert heading(seen) == "These words stand here 2 times"
    assert [one.split(" By ")[1] for one in answers(seen)] == [
        f"{ANA}, revision 1. Read this revision (revision 1)"
    ] * 2
    both = see(f"{AIMS}?words=old+paths.+New+lamps", browser)
    assert [one.split(" By ")[1] for one in answers(both)][1] == (
        f"{BEN}, revision 2: “Light”. See what changed (revision 2)"
    )
    assert [str(one["href"]) for one in both.select(".found-passages .attributed-key")] == [
        *("#by-1-1", "#by-2-1")
    ]
    none = see(f"{AIMS}?words=flying+boats", browser)
    assert heading(none) == "These words do not stand on this page now"
    assert none.select(".found a[href='/pages/aims/history']")


def test_of_words_said_often_the_first_places_are_shown(
    database: Database, see: See, signed_in: SignIn
) -> None:
    with database.begin() as session:
        make.page(session, path="aims", text="trees and lamps\n\n" * 70)
    browser = signed_in("facilitator")
    seen = see(f"{AIMS}?words=trees", browser)
    assert heading(seen) == "These words stand here 50 times or more"
    assert [one.get_text() for one in seen.select(".found-passages__places")] == ["In 50 places"]
    with database.begin() as session:
        page = make.page(session, path="trees", text="trees")
        for number in range(1, 13):
            make.revision(session, page, "\n\n".join(["trees"] * (number + 1)))
    many = see("/pages/trees/authorship?words=trees", browser)
    assert heading(many) == "These words stand here 13 times"
    assert len(answers(many)) == 10
    assert "Here are the first 10 passages" in many.get_text()


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("words", ["", "+", "%20%0A", "!?+…", "%00", "x" * 1001, "%1f" * 9])
def test_what_nobody_can_look_for_is_said_so(see: See, signed_in: SignIn, words: str) -> None:
    seen = see(f"{AIMS}?words={words}", signed_in("facilitator"), status=422)
    said = seen.select_one(".govuk-error-summary a[href='#words']")
    assert said is not None
    assert said.get_text().startswith(("Type the words", "Ask about fewer words"))
    assert not heading(seen)
    assert runs(seen)


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "a\0b\x1fc",
        "%_'; DROP TABLE page; --",
        "{{ 7 * 7 }}",
        "\u202egnihtemos\u2066",
        "ﷺ" * 900,
        "((((a+)+)+)+)$" * 60,
        "\ud83d\ude00 a".encode("utf-16", "surrogatepass").decode("utf-16"),
    ],
)
def test_hostile_words_are_only_words(see: See, signed_in: SignIn, words: str) -> None:
    seen = see(f"{AIMS}?words={quote(words)}", signed_in("facilitator"))
    assert heading(seen).startswith("These words ")
    assert not seen.select("main script, main img, [onerror]")
    field = seen.select_one("#words")
    assert field is not None
    assert "\0" not in str(field["value"])


def test_who_is_not_signed_in_cannot_ask_for_addresses_in_the_fields(
    database: Database, see: See, client: FlaskClient, signed_in: SignIn
) -> None:
    with database.begin() as session:
        text = "---\ntitle: Aims\nowner: secret.person@example.org\n---\nWords to read.\n"
        make.page(session, path="aims", text=text)
    for words in ("secret", "person@example", "secr"):
        seen = see(f"{AIMS}?words={words}", client)
        assert heading(seen) == "These words do not stand on this page now"
    assert heading(see(f"{AIMS}?words=words+to", client)) == "These words stand here once"
    asked = see(f"{AIMS}?words=secret", signed_in("facilitator"))
    assert heading(asked) == "These words stand here once"


@pytest.mark.usefixtures("page")
def test_readers_of_a_page_find_the_way_where_there_is_something_to_see(
    see: See, signed_in: SignIn, client: FlaskClient, decide: Decide
) -> None:
    read = see("/pages/aims", client)
    assert read.select(f".page-tabs a[href='{AIMS}']")
    assert [one["data-url"] for one in read.select("[data-behaviour='ask-who']")] == [AIMS]
    earlier = see("/pages/aims/revisions/2", client)
    assert [one["data-url"] for one in earlier.select("[data-behaviour='ask-who']")] == [
        f"{AIMS}?revision=2"
    ]
    decide(figures="off")
    shut = see("/pages/aims", client)
    assert not shut.select(f"[data-behaviour='ask-who'], .page-tabs a[href='{AIMS}']")
    assert see("/pages/aims", signed_in()).select(f".page-tabs a[href='{AIMS}']")
    assert "It is not shown here who wrote what" in see(AIMS, client).get_text()

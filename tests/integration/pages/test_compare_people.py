"""Who made each change of a comparison over several revisions, and the changes of one person."""

import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from tests import make
from tests.integration.conftest import Recorder
from tests.integration.pages.conftest import See, Write
from wiki.pages.models import Page
from wiki.people.models import Person
from wiki.storage.engine import Database

FIRST = """# Aims

## Who

We want to hear from everybody who lives here.

## How

By letter, by telephone and by going round to see people where they are.

## When

Once a year we ask everybody the same ten questions.
"""
SECOND = FIRST.replace("everybody who", "everybody under thirty who").replace("ten", "twelve")
THIRD = SECOND.replace("thirty who", "thirty in earnest who").replace("By letter, by", "By")
VIEWS = ["", "text=written", "view=beside", "text=written&view=beside"]


@pytest.fixture
def page(write: Write, add: Callable[..., int], ana: Person, ben: Person) -> Page:
    """Return a page of three revisions: Ana wrote it, Ana changed it, Ben changed it."""
    page = write("aims", FIRST)
    add(page, SECOND, author=ana, note="Younger people")
    add(page, THIRD, author=ben, note="Shorter & <b>better</b>")
    return page


def words(element: Tag | BeautifulSoup, chosen: str) -> list[str]:
    """Return what the chosen elements say, blanks single."""
    return [" ".join(one.get_text().split()) for one in element.select(chosen)]


@pytest.mark.parametrize("view", VIEWS)
def test_each_change_names_its_people_and_each_run_its_own(page: Page, see: See, view: str) -> None:
    shown = see(f"/pages/{page.path}/compare/1..3?{view}")
    assert words(shown, ".change-block__byline") == [
        "by Ana Lopez and Ben Okafor",
        "by Ben Okafor",
        "by Ana Lopez",
    ]
    first, second, third = shown.select(".change-block")
    # As read, blanks after the last word are outside the marks.
    assert [said.replace(" ]", "]") for said in words(first, "ins.run")] == [
        "[added by Ana Lopez in revision 2: under thirty]1",
        "[added by Ben Okafor in revision 3: in earnest]2",
    ]
    assert [run["data-source"] for run in first.select("ins.run")] == ["1", "2"]
    # Where one person made a change in one revision, the words need not repeat it.
    assert not second.select(".run__source")
    assert words(third, "ins.run")[0].startswith("[added: twelve")


@pytest.mark.parametrize("view", VIEWS)
def test_notes_under_a_change_say_when_and_why_and_lead_there(
    page: Page, see: See, view: str
) -> None:
    first, second, _ = see(f"/pages/{page.path}/compare/1..3?{view}").select(".change-block")
    notes = words(first, ".change-sources__note")
    assert re.fullmatch(r"1 Ana Lopez, revision 2, \d+ \w+ \d{4}: Younger people", notes[0])
    assert re.fullmatch(
        r"2 Ben Okafor, revision 3, \d+ \w+ \d{4}: Shorter & <b>better</b>", notes[1]
    )
    assert words(second, ".change-sources__number") == []
    link = second.select_one(".change-sources a")
    assert link is not None
    assert link["href"] == f"/pages/aims/compare/2..3{'?' if view else ''}{view}"
    see(str(link["href"]))


def test_neighbours_are_credited_as_ever_without_notes(page: Page, see: See) -> None:
    shown = see(f"/pages/{page.path}/compare/2..3")
    assert set(words(shown, ".change-block__byline")) == {"by Ben Okafor"}
    assert not shown.select(".change-sources, .run__source, .change-makers, [data-source]")


def test_the_list_of_sentences_names_who(page: Page, see: See) -> None:
    listed = words(see(f"/pages/{page.path}/compare/1..3"), ".change-list__item")
    assert listed[0].startswith("In Who, 4 words added, by Ana Lopez and Ben Okafor")
    assert listed[1].startswith("In How, 2 words taken out, by Ben Okafor")


def test_the_changes_of_one_person_are_offered_with_their_number(
    page: Page, see: See, ben: Person
) -> None:
    shown = see(f"/pages/{page.path}/compare/1..3?text=written")
    group = shown.select_one("[aria-label='Changes by']")
    assert group is not None
    offered = {link.get_text(strip=True): link for link in group.select("a")}
    assert list(offered) == ["All 3 changes", "Ana Lopez 2", "Ben Okafor 2"]
    assert offered["All 3 changes"]["aria-current"] == "true"
    assert offered["Ben Okafor 2"]["href"] == f"/pages/aims/compare/1..3?text=written&by={ben.id}"


@pytest.mark.parametrize("view", VIEWS)
def test_what_others_changed_is_folded_and_the_rest_can_be_walked(
    page: Page, see: See, ana: Person, view: str
) -> None:
    shown = see(f"/pages/{page.path}/compare/1..3?{view}&by={ana.id}")
    text = " ".join(shown.get_text().split())
    assert "Showing 2 of 3 changes: those by Ana Lopez." in text
    assert words(shown, ".change-others > summary") == ["1 change by others"]
    inside = shown.select_one(".change-others .change-block")
    assert inside is not None
    assert inside["id"] == "change-2"
    assert not inside.has_attr("tabindex")
    assert not inside.select(".change-block__steps a")
    steps = [link["href"] for link in shown.select(".change-block__steps a")]
    assert steps == ["#change-3", "#change-1"]
    assert len(shown.select(".change-list__item")) == 2
    bar = shown.select_one(".change-navigation")
    assert bar is not None
    assert [link["href"] for link in bar.select("a")] == ["#change-3", "#change-1"]


def test_the_person_is_kept_on_the_way_to_other_views_and_neighbours(
    page: Page, see: See, client: FlaskClient, ana: Person
) -> None:
    asked = f"by={ana.id}"
    shown = see(f"/pages/{page.path}/compare/1..3?{asked}")
    for link in shown.select(".view-switch a, .revision-pair__steps a"):
        if "Ben" not in link.get_text() and "All" not in link.get_text():
            assert asked in str(link["href"])
    answer = client.get(f"/pages/{page.path}/compare/3..1?{asked}")
    assert answer.location == f"/pages/aims/compare/1..3?{asked}"


def test_somebody_who_changed_nothing_is_said_to_have(page: Page, see: See) -> None:
    shown = see(f"/pages/{page.path}/compare/1..3?by=987654")
    said = " ".join(shown.get_text().split())
    assert "None of these changes is by this person, so all of them are shown." in said
    assert "Showing 0" not in said
    assert not shown.select(".change-others")
    assert len(shown.select(".change-list__item")) == 3
    (current,) = shown.select("[aria-label='Changes by'] [aria-current]")
    assert current.get_text(strip=True) == "All 3 changes"


@pytest.mark.parametrize("by", ["0", "-1", "x", "1x", "9" * 40, "٣", ""])
def test_odd_people_in_the_address_narrow_nothing(page: Page, see: See, by: str) -> None:
    shown = see(f"/pages/{page.path}/compare/1..3?by={by}")
    assert not shown.select(".change-others")
    assert len(shown.select(".change-list__item")) == 3


def test_many_people_are_folded_and_opened_where_one_was_chosen(
    write: Write, see: See, add: Callable[..., int], database: Database
) -> None:
    paragraphs = [f"This is paragraph number {n} of a page by many." for n in range(7)]
    page = write("aims", "\n\n".join(paragraphs))
    author = None
    for n in range(7):
        with database.begin() as session:
            author = make.person(session, name=f"Person {n}")
        paragraphs[n] = paragraphs[n].replace("many", f"hand{n}")
        add(page, "\n\n".join(paragraphs), author=author)
    assert author is not None
    fold = see("/pages/aims/compare/1..8").select_one(".change-makers")
    assert fold is not None
    assert not fold.has_attr("open")
    assert words(fold, "li")[:2] == ["All 7 changes", "Person 0 1"]
    fold = see(f"/pages/aims/compare/1..8?by={author.id}").select_one(".change-makers")
    assert fold is not None
    assert fold.has_attr("open")
    assert words(fold, "[aria-current]") == ["Person 6 1"]


def test_a_moved_paragraph_and_mere_marks_have_their_people(
    page: Page, see: See, add: Callable[..., int], ana: Person
) -> None:
    add(page, THIRD.replace("going round", "**going round**"), author=ana)
    shown = see("/pages/aims/compare/1..4")
    assert words(shown, ".change-block__byline")[1] == "by Ben Okafor and Ana Lopez"
    notes = words(shown.select(".change-block")[1], ".change-sources__note")
    assert notes[-1].endswith("(only marks of the text)")
    written = see("/pages/aims/compare/1..4?text=written")
    assert "only marks" not in written.get_text()


def test_a_new_name_is_said_at_once(page: Page, see: See, database: Database, ben: Person) -> None:
    assert "by Ben Okafor" in see(f"/pages/{page.path}/compare/1..3").get_text()
    with database.begin() as session:
        stored = session.get(Person, ben.id)
        assert stored is not None
        stored.name = "Benedikt <i>Okafor</i>"
    shown = see("/pages/aims/compare/1..3")
    assert "Ben Okafor" not in shown.select("main")[0].get_text()
    assert not shown.select("main i")
    assert "[added by Benedikt <i>Okafor</i> in revision 3: " in shown.get_text()


def test_many_revisions_cost_a_few_queries_and_are_read_once(
    write: Write, see: See, signed_in: Callable[..., FlaskClient], recorded: Recorder
) -> None:
    texts = [FIRST.replace("ten", f"{n} or {n + 1}") for n in range(60)]
    write("aims", *texts)
    see("/pages/aims/compare/1..2", signed_in())
    browser = signed_in()
    with recorded() as statements:
        see("/pages/aims/compare/1..60", browser)
    assert len(statements) < 25
    with recorded() as statements:
        see("/pages/aims/compare/1..60?by=7", browser)
    assert not [one for one in statements if "text_blob.data" in one]


def test_two_pages_of_the_same_texts_name_their_own_people(
    page: Page, write: Write, see: See, add: Callable[..., int], ana: Person, ben: Person
) -> None:
    other = write("goals", FIRST, author=ben)
    add(other, SECOND, author=ben)
    add(other, THIRD, author=ana)
    for path, name in ((page.path, "Ben Okafor"), (other.path, "Ana Lopez")):
        shown = see(f"/pages/{path}/compare/1..3")
        assert words(shown, ".change-block__byline")[1] == f"by {name}"


def test_addresses_in_fields_stay_short_for_whoever_is_not_signed_in(
    write: Write, see: See
) -> None:
    fields = "---\nowner: {}@example.org\n---\nText that stays.\n"
    write("aims", fields.format("ana"), fields.format("ben"), fields.format("cy"))
    assert "@example.org" not in see("/pages/aims/compare/1..3?text=written").get_text()


@pytest.mark.parametrize(
    "texts",
    [
        ("x" * 100_000, "y" * 100_000, "x" * 50_000 + "y" + "x" * 49_999),
        ("a " * 50_000, "b " * 50_000, "a " * 25_000 + "b " * 25_000),
        ("\n".join(map(str, range(20_000))), "", "\n".join(map(str, range(0, 40_000, 2)))),
        ("same\n" * 20_000, "other\n" * 20_000, "same\nother\n" * 10_000),
    ],
    ids=["letters", "words", "lines", "equal lines"],
)
def test_long_texts_are_followed_before_the_time_limit_of_a_test(
    write: Write, client: FlaskClient, texts: tuple[str, ...]
) -> None:
    write("aims", *texts)
    for view in ("", "?text=written"):
        assert client.get(f"/pages/aims/compare/1..3{view}").status_code == 200

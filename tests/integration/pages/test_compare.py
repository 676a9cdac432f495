# ruff: noqa: RUF001 - letters of several scripts are what is compared
"""Two revisions of a page beside each other, by address."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests import make
from tests.integration.conftest import Recorder
from tests.integration.pages.conftest import See, Write
from wiki.people.models import Person
from wiki.storage.engine import Database

OLD = """# Aims

## Who

We want to hear from everybody who lives here, and from those who work here.

## How

By letter, by telephone and by going round to see people where they are.

Once a year we ask everybody the same ten questions and print what they said.
"""


def steps(page: BeautifulSoup, side: str) -> list[str]:
    links = page.select(f".revision-pair__side--{side} .revision-pair__steps a")
    return [str(link["href"]) for link in links]


def lead(page: BeautifulSoup) -> str:
    """Return the summary that stands under the heading."""
    found = page.select_one("main h1")
    assert found is not None
    parent = found.find_parent("main")
    assert parent is not None
    return " ".join(parent.get_text(" ").split())


def test_the_words_that_came_and_went_are_marked_and_spoken(write: Write, see: See) -> None:
    write("aims", OLD, OLD.replace("by telephone", "by text message"))
    page = see("/pages/aims/compare/1..2")
    assert "text message" in page.select(".change-block ins")[0].get_text()
    assert page.select(".change-block ins")[0].get_text().startswith("[added: ")
    assert page.select(".change-block del")[0].get_text().startswith("[taken out: ")
    assert "telephone" in page.select(".change-block del")[0].get_text()
    assert "The two texts are the same" not in page.get_text()


def test_the_summary_counts_changes_and_sections_and_names_the_people(
    write: Write, see: See, add: Callable[..., int], ben: Person
) -> None:
    page = write("aims", OLD, OLD.replace("everybody who lives", "all who live"))
    second = OLD.replace("everybody who lives", "all who live").replace("ten", "twelve")
    add(page, second, author=ben)
    assert "1 change in 1 section by Ana Lopez" in lead(see("/pages/aims/compare/1..2"))
    both = lead(see("/pages/aims/compare/1..3"))
    assert "2 changes in 2 sections by Ana Lopez and Ben Okafor" in both
    assert "1 change in 1 section by Ben Okafor" in lead(see("/pages/aims/compare/2..3"))


def test_of_many_people_only_their_number_is_said(
    write: Write, see: See, add: Callable[..., int], database: Database
) -> None:
    page = write("aims", "nothing yet")
    for number in range(4):
        with database.begin() as session:
            author = make.person(session)
        add(page, f"something else {number}", author=author)
    assert "by 4 people" in lead(see("/pages/aims/compare/1..5"))


def test_changes_are_numbered_and_listed_with_their_sections(write: Write, see: See) -> None:
    write("aims", OLD, OLD.replace("lives", "dwells").replace("ten", "twelve"))
    page = see("/pages/aims/compare/1..2")
    titles = [" ".join(one.get_text().split()) for one in page.select(".change-block__title")]
    assert titles == ["Change 1 of 2 in Who", "Change 2 of 2 in How"]
    assert [block["id"] for block in page.select(".change-block")] == ["change-1", "change-2"]


def test_a_reversed_pair_leads_to_the_right_way_round(write: Write, client: FlaskClient) -> None:
    write("aims", "one", "two")
    answer = client.get("/pages/aims/compare/2..1")
    assert (answer.status_code, answer.location) == (302, "/pages/aims/compare/1..2")


def test_a_reversed_pair_keeps_its_view(write: Write, client: FlaskClient) -> None:
    write("aims", "one", "two")
    answer = client.get("/pages/aims/compare/2..1?text=written&view=beside&x=y")
    assert answer.location == "/pages/aims/compare/1..2?text=written&view=beside"


def test_a_revision_beside_itself_is_the_same(write: Write, see: See) -> None:
    write("aims", "one", "two")
    page = see("/pages/aims/compare/2..2")
    assert "The two texts are the same" in page.get_text()
    assert not page.select(".change-block")
    assert page.select(".empty-state a[href='/pages/aims/history']")


@pytest.mark.parametrize(
    "pair", ["1..3", "3..4", "0..1", "999999999..1", "1..", "..", "a..b", "1-2", "1...2", "-1..2"]
)
def test_what_cannot_be_compared_is_not_found(write: Write, client: FlaskClient, pair: str) -> None:
    write("aims", "one", "two")
    answer = client.get(f"/pages/aims/compare/{pair}", follow_redirects=True)
    assert answer.status_code == 404
    assert "has no revision" in answer.text or "There is no comparison at" in answer.text


@pytest.mark.parametrize("pair", ["1..1٣", "9" * 5000 + "..1", "1.." + "9" * 5000, "%00..1"])
def test_odd_numbers_are_not_found(write: Write, client: FlaskClient, pair: str) -> None:
    write("aims", "one", "two")
    assert client.get(f"/pages/aims/compare/{pair}").status_code == 404


def test_each_side_leads_to_its_neighbours_in_the_same_view(write: Write, see: See) -> None:
    write("aims", "one", "two", "three", "four")
    page = see("/pages/aims/compare/2..3?text=written")
    asked = "?text=written"
    assert steps(page, "older") == [f"/pages/aims/compare/1..3{asked}"]
    assert steps(page, "newer") == [f"/pages/aims/compare/2..4{asked}"]
    page = see("/pages/aims/compare/1..4")
    assert steps(page, "older") == ["/pages/aims/compare/2..4"]
    assert steps(page, "newer") == ["/pages/aims/compare/1..3"]
    for address in steps(page, "older") + steps(page, "newer"):
        see(address)


@pytest.mark.parametrize(
    "query",
    [
        "path=x",
        "pair=1..1",
        "_external=1",
        "_scheme=javascript",
        "_anchor=x",
        "_method=POST",
        "endpoint=x",
        "view=x",
        "text=",
    ],
)
def test_nothing_that_is_asked_beside_changes_the_addresses(
    write: Write, see: See, query: str
) -> None:
    write("aims", "one", "two", "three")
    page = see(f"/pages/aims/compare/1..2?{query}")
    assert steps(page, "newer") == ["/pages/aims/compare/1..3"]


def test_the_text_can_be_seen_as_it_was_written(write: Write, see: See) -> None:
    write("aims", "Some **bold** words.", "Some **bold** new words.")
    page = see("/pages/aims/compare/1..2")
    assert page.select(".change-block strong")
    page = see("/pages/aims/compare/1..2?text=written")
    assert not page.select(".change-block strong")
    assert "**bold**" in page.select(".change-block")[0].get_text()


def test_the_two_can_be_seen_side_by_side(write: Write, see: See) -> None:
    write("aims", "Some old words stay.", "Some new words stay.")
    for text in ("read", "written"):
        page = see(f"/pages/aims/compare/1..2?view=beside&text={text}")
        block = page.select(".change-block__body")[0]
        sides = [one for one in block.find_all(recursive=False) if one.get_text(strip=True)]
        before, after = sides[0], sides[-1]
        if len(sides) == 1:
            before, after = sides[0].find_all(recursive=False)
        assert "old" in before.get_text()
        assert "new" not in before.get_text()
        assert "new" in after.get_text()
        assert "old" not in after.get_text()


def test_the_view_in_use_is_marked_and_the_others_are_offered(write: Write, see: See) -> None:
    write("aims", "one", "two")
    page = see("/pages/aims/compare/1..2?text=written&view=beside")
    options = {link.get_text(strip=True): link for link in page.select(".view-switch a")}
    current = [words for words, link in options.items() if link.get("aria-current")]
    assert current == ["As written", "Side by side"]
    assert options["As read"]["href"] == "/pages/aims/compare/1..2?view=beside"
    assert options["One column"]["href"] == "/pages/aims/compare/1..2?text=written"


def test_a_moved_paragraph_is_said_to_be_moved(write: Write, see: See) -> None:
    paragraph = "Once a year we ask everybody the same ten questions and print what they said.\n\n"
    moved = OLD.replace(paragraph.rstrip() + "\n", "").replace(
        "## Who\n\n", f"## Who\n\n{paragraph}"
    )
    write("aims", OLD, moved)
    words = see("/pages/aims/compare/1..2").get_text()
    assert "Moved here from How." in words


def test_a_change_of_marks_only_is_said_to_be_one(write: Write, see: See) -> None:
    write("aims", OLD, OLD.replace("going round", "**going round**"))
    page = see("/pages/aims/compare/1..2")
    assert page.select(".change-block--formatting")
    assert "Only the marks of the text changed" in page.get_text()


def test_a_difference_in_empty_lines_only_is_said_to_be_one(write: Write, see: See) -> None:
    write("aims", OLD, OLD.replace("\n\n## How", "\n\n\n\n## How"))
    assert "Only spaces or empty lines differ" in see("/pages/aims/compare/1..2").get_text()


def test_unchanged_text_is_folded_and_can_be_opened(write: Write, see: See) -> None:
    old = "# Aims\n\n" + "\n\n".join(f"Paragraph number {n} of many." for n in range(40))
    write("aims", old, old.replace("number 20 of", "number twenty of"))
    page = see("/pages/aims/compare/1..2")
    folded = " ".join(fold.get_text() for fold in page.select("main details.fold"))
    assert "Paragraph number 3 of many." in folded
    assert "unchanged paragraphs" in folded
    assert "twenty" not in folded


def test_a_comparison_made_once_is_not_made_again(
    write: Write, see: See, signed_in: Callable[..., FlaskClient], recorded: Recorder
) -> None:
    write("aims", OLD, OLD.replace("lives", "dwells"))
    see("/pages/aims/compare/1..2", signed_in())
    with recorded() as statements:
        see("/pages/aims/compare/1..2", signed_in())
    assert not [one for one in statements if "text_blob" in one]


def test_a_page_can_be_compared_across_its_rename_and_deletion(
    write: Write, see: See, add: Callable[..., int]
) -> None:
    page = write("aims", OLD, OLD.replace("lives", "dwells"))
    add(page, kind="rename", path="goals")
    assert "The two texts are the same" in see("/pages/goals/compare/2..3").get_text()
    assert see("/pages/goals/compare/1..3").select(".change-block")
    add(page, kind="delete")
    assert see("/pages/goals/compare/1..4").select(".change-block")


def test_markup_in_a_text_stays_text(write: Write, see: See) -> None:
    write("aims", "A <script>alert(1)</script> b", "A <img src=x onerror=alert(2)> c")
    for view in ("", "?text=written", "?view=beside", "?text=written&view=beside"):
        page = see(f"/pages/aims/compare/1..2{view}")
        assert not page.select("main script, main [onerror]")
    written = see("/pages/aims/compare/1..2?text=written").select(".change-block")[0].get_text()
    assert "onerror" in written


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Hello 👩‍👩‍👧 and 👍🏽", "Hello 👩‍👩‍👦 and 👍"),
        ("שלום לכולם כאן", "שלום לכל מי שכאן"),
        ("نريد أن نسمع", "نريد أن نسمع من الجميع"),
        ("𝒜𝒷 words 数字战略", "𝒜𝒸 words 数字策略"),
        ("", "Something."),
        ("Something.", ""),
        ("---\ntitle: A\n---\nx", "---\ntitle: B\n---\nx"),
        ("a\r\nb\r\n", "a\nc\n"),
    ],
)
def test_letters_of_all_kinds_are_compared(write: Write, see: See, old: str, new: str) -> None:
    write("aims", old, new)
    for view in ("", "?text=written", "?view=beside"):
        page = see(f"/pages/aims/compare/1..2{view}")
        assert page.select(".change-block")
    runs = see("/pages/aims/compare/1..2?text=written").select(".change-block [dir=auto]")
    assert runs


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("x" * 200_000, "x" * 100_000 + "y" + "x" * 99_999),
        ("word " * 40_000, "word " * 20_000 + "other " + "word " * 20_000),
        ("a " * 100_000, "b " * 100_000),
        ("🙂" * 50_000, "🙃" * 50_000),
        (
            "\n".join(f"line {n}" for n in range(20_000)),
            "\n".join(f"line {n * 2}" for n in range(20_000)),
        ),
    ],
    ids=["letters", "words", "all new", "emoji", "lines"],
)
def test_long_texts_are_compared_before_the_time_limit_of_a_test(
    write: Write, client: FlaskClient, old: str, new: str
) -> None:
    write("aims", old, new)
    for view in ("", "?text=written"):
        assert client.get(f"/pages/aims/compare/1..2{view}").status_code == 200

"""The front of the wiki."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from tests import make
from tests.integration.pages.conftest import See, Write
from wiki.clock import utc_now
from wiki.people.models import WikiSetting
from wiki.storage.engine import Database

NOON = make.NOON


def cards(page: Tag) -> list[str]:
    return [str(link["href"]) for link in page.select(".page-card a")]


def heading(page: BeautifulSoup) -> str:
    return page.select("h1")[0].get_text(strip=True)


def test_an_empty_wiki_says_how_to_begin(see: See) -> None:
    page = see("/")
    assert "This wiki is empty" in page.get_text()
    assert heading(page) == "Manyhands"
    assert not page.select(".page-card, .change-row, .gap-row")


@pytest.mark.parametrize(
    ("paths", "front"),
    [
        (["a", "strategy", "home"], "home"),
        (["a", "strategy", "overview"], "strategy"),
        (["zebra", "en/overview", "apple"], "en/overview"),
        (["zebra", "apple", "ape/deep"], "apple"),
        (["m/first", "m/second"], None),
    ],
)
def test_the_page_that_says_what_the_strategy_is_comes_first(
    write: Write, see: See, paths: list[str], front: str | None
) -> None:
    for path in paths:
        write(path, f"# The page {path}\n\nIn short: {path}.\n")
    page = see("/")
    assert heading(page) == (f"The page {front}" if front else "Manyhands")
    if front:
        assert f"In short: {front}." in page.get_text()
        assert f"/pages/{front}" not in cards(page)
    assert set(cards(page)) == {f"/pages/{path}" for path in paths if path != front}


def test_cards_show_the_first_two_levels_with_bare_names_as_parts_after_them(
    write: Write, see: See
) -> None:
    for path in ("home", "b", "b/one", "b/one/deep", "a/10", "a/9"):
        write(path, f"# {path}\n\nAll about {path}.\n")
    page = see("/")
    parts = [
        (section.select("h2")[0].get_text(), cards(section))
        for section in page.select("section[aria-labelledby^=part]")
    ]
    assert parts == [
        ("The strategy, page by page", ["/pages/b", "/pages/b/one"]),
        ("A", ["/pages/a/9", "/pages/a/10"]),
    ]
    first = page.select(".page-card")[0].get_text(" ")
    assert "All about b." in first
    assert "words" in first


def test_cards_end_somewhere_and_the_list_of_all_pages_is_linked(write: Write, see: See) -> None:
    for number in range(30):
        write(f"p{number}", "x")
    page = see("/")
    assert len(cards(page)) == 24
    link = page.select("main a[href='/pages']")[0]
    assert link.get_text() == "All 30 pages as a list"


def test_the_latest_six_changes_are_shown_with_their_days(write: Write, see: See) -> None:
    for number in range(8):
        write(f"p{number}", f"# Page {number}\n\nx\n", made_at=NOON + timedelta(days=number))
    page = see("/")
    rows = page.select(".change-row")
    assert [row.select("h3 a")[0].get_text() for row in rows] == [
        f"Page {number}" for number in range(7, 1, -1)
    ]
    assert "9 March 2026" in rows[0].get_text()


def test_five_sections_that_need_words_are_shown_and_all_are_counted(
    write: Write, see: See
) -> None:
    write("aims", "# Aims\n\n" + "".join(f"## Part {n}\n\nTODO\n\n" for n in range(7)))
    page = see("/")
    assert len(page.select(".gap-row")) == 5
    link = page.select(".gap-row a")[0]
    assert link["href"] == "/pages/aims#s-part-0"
    assert "All 7 sections that need words" in page.get_text()


def test_a_deleted_page_needs_no_words(write: Write, see: See, add: Callable[..., int]) -> None:
    page = write("aims", "# Aims\n\n## Part\n\nTODO\n")
    add(page, kind="delete")
    seen = see("/")
    assert not seen.select(".gap-row")
    assert "/pages/aims" not in cards(seen)


def test_only_administrators_see_how_many_wrote(
    write: Write, see: See, signed_in: Callable[..., FlaskClient], database: Database
) -> None:
    with database.begin() as session:
        make.person(session, state="imported")
        make.person(session, state="deactivated")
    write("aims")
    for role in ("member", "reviewer", "facilitator"):
        assert "have written something" not in see("/", signed_in(role)).get_text()
    assert "have written something" not in see("/").get_text()
    # Ana, the three above and the administrator; only Ana wrote.
    words = see("/", signed_in("admin")).get_text()
    assert "5 members, of whom 1 have written something." in words


def test_the_name_of_the_wiki_is_its_title(see: See, database: Database, write: Write) -> None:
    with database.begin() as session:
        session.merge(WikiSetting(key="name", value="Our <strategy>"))
    write("aims")
    page = see("/")
    assert page.title is not None
    assert page.title.get_text() == "Our <strategy>"


@contextmanager
def meanwhile(database: Database, event: str, action: Callable[[], object]) -> Iterator[None]:
    """Do something once, before or after the front asks what there is to say of each page."""
    done: list[str] = []

    def act(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "page_section" in statement and not done:
            done.append(statement)
            action()

    sa.event.listen(database.engine, event, act)
    try:
        yield
    finally:
        sa.event.remove(database.engine, event, act)
    assert done


@pytest.mark.parametrize("address", ["/", "/pages"])
def test_a_page_that_goes_while_the_list_is_made_is_no_error(
    write: Write, client: FlaskClient, add: Callable[..., int], database: Database, address: str
) -> None:
    write("stays")
    page = write("strategy")
    with meanwhile(database, "before_cursor_execute", lambda: add(page, kind="delete")):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/", "/pages"])
def test_a_page_that_comes_while_the_list_is_made_is_no_error(
    write: Write, client: FlaskClient, database: Database, address: str
) -> None:
    write("stays")
    with meanwhile(database, "after_cursor_execute", lambda: write("strategy")):
        assert client.get(address).status_code == 200


def test_a_member_sees_which_pages_changed_since_the_last_working_day_largest_first(
    signed_in: Callable[..., FlaskClient], client: FlaskClient, database: Database
) -> None:
    now = utc_now()
    with database.begin() as session:
        old = make.page(session, path="old", text="# Old\n\nStill.\n")
        small = make.page(session, path="small", text="# Small\n\nOne.\n")
        large = make.page(session, path="large", text="# Large\n\nOne.\n")
        make.revision(session, small, "# Small\n\nOne two.\n", made_at=now)
        make.revision(session, large, "# Large\n\nOne two three.\n", made_at=now)
        make.revision(session, large, "# Large\n\nOne two three four.\n", made_at=now)
        gone = make.page(session, path="gone", made_at=now)
        make.revision(session, gone, "# Gone\n", kind="delete", made_at=now)
        assert old.head_number == 1
    page = BeautifulSoup(signed_in().get("/").text, "html.parser")
    assert [str(link["href"]) for link in page.select(".digest a")] == [
        "/pages/large/compare/1..3",
        "/pages/small/compare/1..2",
    ]
    assert "2 pages changed since" in page.get_text()
    assert "by 2 people" in page.select(".digest li")[0].get_text()
    assert "digest" not in client.get("/").text

"""Where a page stands among the others: crumbs, the list beside it, the pages under it."""

from bs4 import BeautifulSoup

from tests.integration.pages.conftest import See, Write
from wiki.pages.routes.places import NEIGHBOURS


def beside(page: BeautifulSoup) -> list[str]:
    return [str(link["href"]) for link in page.select(".side-nav a")]


def ordered(number: int, title: str) -> str:
    return f"---\norder: {number}\ntitle: {title}\n---\nWords.\n"


def test_crumbs_lead_down_to_the_page(write: Write, see: See) -> None:
    write("strategy", "# The strategy\n\nx\n")
    write("strategy/aims/first", "# First\n\nx\n")
    crumbs = see("/pages/strategy/aims/first").select(".govuk-breadcrumbs li")
    assert [" ".join(crumb.get_text().split()) for crumb in crumbs] == [
        "Pages",
        "The strategy",
        "Aims",
        "First",
    ]
    assert [link["href"] for crumb in crumbs for link in crumb.select("a")] == [
        "/pages",
        "/pages/strategy",
        "/pages/strategy/aims",
    ]


def test_pages_stand_by_their_position_then_in_natural_order(write: Write, see: See) -> None:
    write("s/10-later", "x")
    write("s/9-sooner", "x")
    write("s/zebra", ordered(1, "Zebra"))
    write("s/apple", ordered(2, "Apple"))
    write("s/page", "x")
    expected = ["s/zebra", "s/apple", "s/9-sooner", "s/10-later", "s/page"]
    listed = [str(link["href"]) for link in see("/pages").select("main tbody a")]
    assert listed == ["/pages/s", *(f"/pages/{path}" for path in expected)]
    assert beside(see("/pages/s/page")) == listed
    children = see("/pages/s").select("main li a")
    assert [link["href"] for link in children] == listed[1:]


def test_only_the_way_to_the_page_is_open(write: Write, see: See) -> None:
    for path in ("a", "a/one", "a/one/deep", "a/two", "b", "b/hidden", "ab", "ab/hidden"):
        write(path, "x")
    seen = see("/pages/a/one")
    assert beside(seen) == [
        f"/pages/{path}" for path in ("a", "a/one", "a/one/deep", "a/two", "ab", "b")
    ]
    current = seen.select(".side-nav [aria-current=page]")
    assert [link["href"] for link in current] == ["/pages/a/one"]


def test_a_long_level_shows_only_the_neighbours(write: Write, see: See) -> None:
    for number in range(60):
        write(f"m/{number}", "x")

    def shown(path: str) -> list[int]:
        return [int(href.rpartition("/")[2]) for href in beside(see(f"/pages/{path}"))[1:]]

    assert NEIGHBOURS == 25
    assert shown("m/30") == list(range(18, 43))
    assert shown("m/0") == list(range(25))
    assert shown("m/59") == list(range(35, 60))
    assert shown("m") == list(range(25))


def test_a_folder_without_a_page_lists_what_stands_under_it(write: Write, see: See) -> None:
    write("notes/first", "# First\n\nx\n")
    write("notes/second", "# Second\n\nx\n")
    seen = see("/pages/notes")
    assert seen.select("h1")[0].get_text(strip=True) == "Notes"
    assert "There is no page here" in seen.get_text()
    links = [link["href"] for link in seen.select("main li a")]
    assert links == ["/pages/notes/first", "/pages/notes/second"]


def test_a_folder_has_no_history_and_no_text(write: Write, see: See) -> None:
    write("notes/first", "x")
    for door in ("/history", "/raw", "/revisions/1", "/feed", "/links"):
        see(f"/pages/notes{door}", status=404)


def test_a_page_lists_the_pages_under_it(write: Write, see: See) -> None:
    write("aims", "# Aims\n\nx\n")
    write("aims/first", "# The first aim\n\nx\n")
    write("aims/first/detail", "# A detail\n\nx\n")
    children = see("/pages/aims").select(".page-children a")
    assert [(link.get_text(), link["href"]) for link in children] == [
        ("The first aim", "/pages/aims/first")
    ]
    assert not see("/pages/aims/first/detail").select(".page-children")


def test_the_list_of_pages_says_how_each_stands(write: Write, see: See) -> None:
    text = "# Aims\n\nWe want this.\n\n## Who\n\nTODO\n\n## When\n\n"
    write("aims", text)
    row = see("/pages").select("main tbody tr")[0].get_text(" ")
    words = " ".join(row.split())
    assert "Aims" in words
    assert "2 March 2026" in words
    assert "Ana Lopez" in words
    assert "2 sections" in words


def test_a_folder_named_by_a_language_is_called_by_its_name(write: Write, see: See) -> None:
    write("fr/buts", "# Buts\n\nx\n")
    assert see("/pages/fr").select("h1")[0].get_text(strip=True) == "Français"

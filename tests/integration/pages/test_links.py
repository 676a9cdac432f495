"""Links between pages: by path, by title, to pages that nobody wrote yet."""

from collections.abc import Callable

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.integration.pages.conftest import See, Write


def links(page: BeautifulSoup) -> dict[str, tuple[str, bool]]:
    """Return where each link of the text leads and whether it is marked as missing, by words."""
    return {
        str(link.find(string=True)): (str(link["href"]), "missing" in (link.get("class") or ""))
        for link in page.select(".page-text a.internal")
    }


def test_a_title_leads_to_its_page_wherever_that_stands(write: Write, see: See) -> None:
    write("strategy/2026/who", "# Who we want to hear from\n\nx\n")
    write("start", "See [[Who we want to hear from]] and [[who we want to hear from#Young|them]].")
    assert links(see("/pages/start")) == {
        "Who we want to hear from": ("/pages/strategy/2026/who", False),
        "them": ("/pages/strategy/2026/who#s-young", False),
    }


def test_a_title_in_other_letters_leads_to_its_page(write: Write, see: See) -> None:
    write("fr/evaluer", "# Évaluation à mi-parcours\n\nx\n")
    write("start", "Voir [[Évaluation à mi-parcours]].")
    found = links(see("/pages/start"))
    assert found == {"Évaluation à mi-parcours": ("/pages/fr/evaluer", False)}


def test_a_page_at_that_path_goes_before_one_of_that_title(write: Write, see: See) -> None:
    write("aims", "# Something else\n\nx\n")
    write("other", "# Aims\n\nx\n")
    write("start", "See [[Aims]].")
    assert links(see("/pages/start")) == {"Aims": ("/pages/aims", False)}
    assert "No other page links here" in see("/pages/other/links").get_text()


def test_of_two_pages_with_one_title_the_first_by_path_is_meant(write: Write, see: See) -> None:
    write("b", "# The plan\n\nx\n")
    write("a", "# The plan\n\nx\n")
    write("start", "See [[The plan]].")
    assert links(see("/pages/start")) == {"The plan": ("/pages/a", False)}
    assert "No other page links here" in see("/pages/b/links").get_text()
    assert "No other page links here" not in see("/pages/a/links").get_text()
    orphans = see("/links").select("main ul")[-1].select("a")
    assert {link["href"] for link in orphans} == {"/pages/b", "/pages/start"}


def test_a_page_that_nobody_wrote_is_marked(write: Write, see: See) -> None:
    write("start", "See [[Not written]] and [this](/pages/nor-this) and [[start]].")
    assert links(see("/pages/start")) == {
        "Not written": ("/pages/not-written", True),
        "this": ("/pages/nor-this", True),
        "start": ("/pages/start", False),
    }


def test_the_mark_goes_when_the_page_is_written(write: Write, see: See) -> None:
    write("start", "See [[Not written]].")
    assert links(see("/pages/start"))["Not written"] == ("/pages/not-written", True)
    write("deep/down", "# Not written\n\nNow it is.\n")
    assert links(see("/pages/start"))["Not written"] == ("/pages/deep/down", False)


def test_the_mark_comes_back_when_the_page_is_deleted(
    write: Write, see: See, add: Callable[..., int]
) -> None:
    page = write("aims")
    write("start", "See [[Aims]].")
    add(page, kind="delete")
    assert links(see("/pages/start")) == {"Aims": ("/pages/aims", True)}


def test_a_link_follows_a_rename(
    write: Write, see: See, add: Callable[..., int], client: FlaskClient
) -> None:
    page = write("aims", "# What we want\n\nx\n")
    write("start", "[By path](/pages/aims), [[aims]], [[What we want]].")
    add(page, kind="rename", path="strategy/goals")
    found = links(see("/pages/start"))
    assert not any(is_missing for _, is_missing in found.values())
    for href, _ in found.values():
        assert client.get(href, follow_redirects=True).request.path == "/pages/strategy/goals"


def test_a_renamed_page_is_still_linked_to(write: Write, see: See, add: Callable[..., int]) -> None:
    page = write("aims")
    write("start", "# Start\n\n[By path](/pages/aims).")
    add(page, kind="rename", path="strategy/goals")
    links_here = see("/pages/strategy/goals/links").select("main li a")
    assert [link["href"] for link in links_here if "start" in str(link["href"])] == ["/pages/start"]
    orphans = see("/links").get_text()
    assert "Aims" not in orphans


def test_a_link_to_a_renamed_page_that_was_then_deleted_is_marked(
    write: Write, see: See, add: Callable[..., int]
) -> None:
    page = write("aims")
    write("start", "[By path](/pages/aims).")
    add(page, kind="rename", path="goals")
    add(page, kind="delete")
    assert links(see("/pages/start")) == {"By path": ("/pages/aims", True)}
    assert "By path" in see("/links").get_text()


def test_what_a_text_quotes_is_not_changed(write: Write, see: See) -> None:
    write("strategy/plan", "# Our plan\n\nx\n")
    write(
        "start", '[[Our plan]] is written `<a href="/pages/our-plan">`, or href="/pages/our-plan".'
    )
    page = see("/pages/start")
    assert links(page) == {"Our plan": ("/pages/strategy/plan", False)}
    text = page.select(".page-text")[0].get_text()
    assert text.count('href="/pages/our-plan"') == 2


def test_the_page_says_how_many_pages_link_to_it(write: Write, see: See) -> None:
    write("aims", "# Aims\n\nSee [[aims]].")
    write("start", "See [[aims]], [again](/pages/aims#x).")
    assert "What links here (1)" in see("/pages/aims").get_text()


def broken(page: BeautifulSoup) -> str:
    """Return what the list of links says in its part on links that lead nowhere."""
    return page.select("main")[0].get_text()


def test_a_link_to_a_place_named_by_a_tag_is_whole(write: Write, see: See) -> None:
    write("schema", 'Go to [the field](#accessLevel).\n\n<a name="accessLevel"></a>Words.')
    write("start", "See [that field](/pages/schema#accessLevel), [no field](/pages/schema#none).")
    said = broken(see("/links"))
    assert "the field" not in said
    assert "that field" not in said
    assert "no field" in said


def test_a_link_to_a_place_that_was_taken_out_is_broken(
    write: Write, see: See, add: Callable[..., int]
) -> None:
    page = write("schema", "Words <a name='field'></a>.")
    write("start", "See [that field](/pages/schema#field).")
    add(page, text="Words.")
    assert "that field" in broken(see("/links"))


def test_a_link_to_the_top_of_the_page_is_whole(write: Write, see: See) -> None:
    write("start", "Back [upwards](#), [by path](/pages/start#), [by file](start.md#).")
    said = broken(see("/links"))
    assert not any(words in said for words in ("upwards", "by path", "by file"))

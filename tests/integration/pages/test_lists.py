"""Lists over the whole wiki: where words are needed, links to mend, tags."""

from collections.abc import Callable

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.integration.pages.conftest import See, Write


def under(page: BeautifulSoup, heading: str) -> str:
    """Return what stands between the heading and the next one."""
    found = next(one for one in page.select("main h2") if one.get_text().startswith(heading))
    words = []
    for part in found.find_next_siblings():
        if part.name == "h2":
            break
        words.append(part.get_text(" "))
    return " ".join(" ".join(words).split())


LINKS = "Links that lead nowhere"
WANTED = "Pages asked for"
ORPHANS = "Pages that no other page links to"


def test_sections_that_need_words_are_listed_by_what_they_need(write: Write, see: See) -> None:
    words = "Twenty-five words are enough, so here they are: " + "one two three four five " * 5
    write(
        "aims",
        f"# Aims\n\n{words}\n\n## To write\n\nTODO\n\n## Bare\n\n## Short\n\nOnly this.\n\n"
        f"## Done\n\n{words}\n",
    )
    page = see("/gaps")
    found = {
        section["aria-labelledby"]: [
            (link.get_text(), link["href"]) for link in section.select(".gap-row__link")
        ]
        for section in page.select("section")
    }
    assert found == {
        "need-placeholder": [("To write", "/pages/aims#s-to-write")],
        "need-empty": [("Bare", "/pages/aims#s-bare")],
        "need-stub": [("Short", "/pages/aims#s-short")],
    }
    assert "Only 2 words so far" in page.get_text()


def test_a_section_leaves_the_list_when_it_is_written(
    write: Write, see: See, add: Callable[..., int]
) -> None:
    page = write("aims", "# Aims\n\n## Part\n\nTODO\n")
    assert see("/gaps").select(".gap-row")
    add(page, "# Aims\n\n## Part\n\n" + "Now there is enough to read here. " * 6)
    assert "Every section has words" in see("/gaps").get_text()


def test_pages_asked_for_are_listed_with_who_asks(write: Write, see: See) -> None:
    write("one", "# One\n\n[[Not written]] and [[Three]].")
    write("two", "# Two\n\n[[not written]], [plain](/pages/plain).")
    write("deep/three", "# Three\n\nx")
    words = " ".join(see("/gaps").get_text(" ").split())
    assert "Not written , asked for by One , Two" in words
    assert "Three , asked for" not in words
    assert "plain , asked for" not in words


def test_needs_words_and_links_to_mend_lead_to_each_other(see: See) -> None:
    assert see("/gaps").select("main a[href='/links']")
    assert see("/links").select("main a[href='/gaps']")


def test_links_to_no_page_are_broken(write: Write, see: See) -> None:
    write(
        "one",
        "# One\n\n[Old words](/pages/gone), [[Asked for]], [good](/pages/two), [out](https://x.example).",
    )
    write("two", "# Two\n\n[[one]]")
    broken = under(see("/links"), LINKS)
    assert broken == "One : Old words gone"


def test_links_to_no_section_are_broken(write: Write, see: See) -> None:
    write(
        "one",
        "# One\n\n## Here\n\n[a](/pages/two#there), [b](/pages/two#missing), [c](#here), "
        "[d](#nowhere), [[Two#there]], [[Two#gone|e]].",
    )
    write("two", "# Two\n\n## There\n\nx [[one]]\n")
    broken = under(see("/links"), LINKS)
    assert "One : b two#s-missing" in broken
    assert "One : d one#s-nowhere" in broken
    assert "One : e two#s-gone" in broken
    assert broken.count("One :") == 3


def test_a_link_of_a_deleted_page_counts_no_more(
    write: Write, see: See, add: Callable[..., int]
) -> None:
    page = write("one", "# One\n\n[x](/pages/gone), [[Asked for]], [[Two]].")
    write("two", "# Two\n\nx")
    add(page, kind="delete")
    seen = see("/links")
    assert under(seen, LINKS) == "None: every link leads somewhere."
    assert WANTED not in see("/gaps").get_text()
    assert under(seen, ORPHANS) == "Two"


def test_pages_that_only_they_themselves_link_to_are_orphans(write: Write, see: See) -> None:
    write("one", "# One\n\n[[One]] [[Two]]")
    write("two", "# Two\n\nx")
    write("three", "# Three\n\n[one](/pages/one)")
    assert under(see("/links"), ORPHANS) == "Three"


def test_what_links_here_lists_each_page_once(write: Write, see: See) -> None:
    write("goal", "# The goal\n\n[[the goal]]\n")
    write("b", "# B page\n\n[[The goal]], [[goal|again]] and [once more](../pages/goal#x).")
    write("a", "# A page\n\n[x](/pages/goal)")
    write("c", "# C page\n\n[[Something else]]")
    links = see("/pages/goal/links").select("main li a")
    listed = [
        (one.get_text(), one["href"]) for one in links if str(one["href"])[7:] in {"a", "b", "c"}
    ]
    assert listed == [("A page", "/pages/a"), ("B page", "/pages/b")]
    assert "What links to The goal" in see("/pages/goal/links").get_text()


def test_a_page_to_which_nothing_links_says_so(write: Write, see: See) -> None:
    write("aims")
    assert "No other page links here" in see("/pages/aims/links").get_text()


def test_a_tag_lists_its_living_pages_by_title(
    write: Write, see: See, add: Callable[..., int]
) -> None:
    tagged = "---\ntags: [homes]\n---\n"
    write("b", f"{tagged}# Zebra\n\nx")
    write("a", f"{tagged}# Apple\n\nIn short.\n")
    gone = write("gone", f"{tagged}# Gone\n\nx")
    write("c", "# Other\n\nx")
    add(gone, kind="delete")
    page = see("/tags/homes")
    assert [link.get_text() for link in page.select(".page-card a")] == ["Apple", "Zebra"]
    assert "In short." in page.get_text()


def test_a_tag_may_hold_any_sign(write: Write, see: See) -> None:
    tags = ["homes/gardens", "50 % done?", "à bientôt", "a#b", "<b>"]
    write("a", f"---\ntags: {tags}\n---\n# Apple\n\nx")
    links = [str(link["href"]) for link in see("/pages/a").select("a[href^='/tags/']")]
    assert len(links) == len(tags)
    for link in links:
        assert see(link).select(".page-card a")[0].get_text() == "Apple"


def test_a_tag_that_no_page_has_is_not_found(client: FlaskClient) -> None:
    answer = client.get("/tags/nothing")
    assert answer.status_code == 404
    assert "No page has the tag nothing." in answer.text


def test_the_lists_of_an_empty_wiki_say_so(see: See) -> None:
    assert "Every section has words" in see("/gaps").get_text()
    assert "None: every link leads somewhere." in see("/links").get_text()
    assert "There are no pages yet" in see("/pages").get_text()

"""Pages made of Markdown: titles, headings, tables, tasks, notes, and links between pages."""

import pytest

from wiki.text.markdown import Heading, PageLink, Rendered, mark_missing, render


def page(text: str, path: str = "strategy/aims", title: str | None = None) -> Rendered:
    return render(text, path=path, title=title)


def test_a_heading_that_opens_the_page_is_its_title_and_leaves_the_text() -> None:
    rendered = page("# Our aims\n\nWords.\n")
    assert rendered.title == "Our aims"
    assert rendered.html == "<p>Words.</p>\n"


def test_a_first_heading_with_other_words_than_the_title_stays() -> None:
    rendered = page("---\ntitle: Aims\n---\n# Why we do this\n\nWords.\n")
    assert rendered.title is None
    assert '<h2 id="s-why-we-do-this">' in rendered.html


def test_a_first_heading_that_repeats_the_known_title_is_left_out() -> None:
    assert page("## our  Aims\n\nWords.", title="Our aims").html == "<p>Words.</p>\n"


def test_headings_begin_at_two_and_skip_no_level() -> None:
    levels = [heading.level for heading in page("x\n\n### a\n\n##### b\n\n# c\n\n## d\n").headings]
    assert levels == [2, 3, 2, 3]


def test_headings_keep_their_levels_when_asked() -> None:
    assert render("x\n\n#### a", path="a", heading_shift=False).headings[0].level == 4


def test_each_heading_has_a_link_of_its_own_with_a_name() -> None:
    html = page("x\n\n## Aims & *hopes*\n\n## Aims hopes\n").html
    assert '<h2 id="s-aims-hopes">Aims &amp; <em>hopes</em></h2>' in html
    assert 'href="#s-aims-hopes-2" aria-label="Link to this section: Aims hopes"' in html


def test_anchors_keep_letters_of_every_script() -> None:
    headings = page("x\n\n## À compléter\n\n## Наши цели\n\n## 我们 的\n").headings
    assert [heading.anchor for heading in headings] == ["s-à-compléter", "s-наши-цели", "s-我们-的"]


def test_headings_for_the_table_of_contents_are_plain_words() -> None:
    assert page("x\n\n## A [link](b) `code`").headings == (
        Heading(2, "A link code", "s-a-link-code"),
    )


def test_a_heading_in_a_quotation_is_no_section() -> None:
    assert page("x\n\n> ## Said\n").headings == ()


def test_tables_can_be_scrolled_by_keyboard_and_name_their_columns() -> None:
    html = page("|a||\n|-|-:|\n|1|2|\n").html
    assert '<div class="table-scroll" tabindex="0" role="region" aria-label="Table 1">' in html
    assert '<th scope="col">a</th>\n<td class="align-right"></td>' in html
    assert "style" not in html


def test_tasks_say_whether_they_are_done() -> None:
    html = page("- [ ] a\n- [x] b\n").html
    assert '<input disabled="" type="checkbox" aria-label="Not done"> a' in html
    assert '<input checked="" disabled="" type="checkbox" aria-label="Done"> b' in html


def test_notes_lead_there_and_back_with_names() -> None:
    html = page("a[^x] b[^x]\n\n[^x]: Words.\n").html
    assert '<a href="#fn1" id="fnref1-2" aria-label="Note 1">1</a>' in html
    assert (
        'href="#fnref1-2" class="footnote-backref" aria-label="Back to note 1 in the text' in html
    )


def test_a_picture_from_elsewhere_without_a_scheme_is_only_its_words() -> None:
    rendered = page("![A chart](//example.org/a.png)")
    assert (rendered.html, rendered.external) == ("<p>A chart</p>\n", 0)


def test_a_picture_from_elsewhere_is_a_link_so_that_nothing_is_asked_of_that_place() -> None:
    rendered = page("![A chart](https://example.org/a.png)")
    assert rendered.html == (
        '<p><a href="https://example.org/a.png" rel="noopener nofollow ugc">A chart</a></p>\n'
    )
    assert rendered.external == 1


def test_a_picture_from_elsewhere_in_a_link_is_the_words_of_that_link() -> None:
    html = page("[![A chart](https://example.org/a.png)](/pages/aims)").html
    assert "<img" not in html
    assert html.count("<a ") == 1
    assert ">A chart</a>" in html


def test_a_picture_from_an_unsafe_place_gives_way_to_its_words() -> None:
    assert page("![Our plan](http://example.org/a.png)").html == "<p>Our plan</p>\n"


def test_a_link_without_words_shows_its_address() -> None:
    assert ">https://example.org</a>" in page("[](https://example.org)").html


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("../en/overview.md", "/pages/en/overview"),
        ("../en/Overview.md#Our-Part", "/pages/en/overview#s-our-part"),
        ("other.md", "/pages/strategy/other"),
        ("../../../../top.md", "/pages/top"),
        ("/strategy/hopes", "/pages/strategy/hopes"),
        ("/pages/strategy/hopes#part", "/pages/strategy/hopes#s-part"),
        ("/v1.1/schema/", "/pages/v1.1/schema"),
        ("plan.html", "/pages/strategy/plan"),
        ("/na%C3%AFve", "/pages/na%C3%AFve"),
    ],
)
def test_addresses_of_pages_are_resolved(written: str, href: str) -> None:
    assert f'<a href="{href}" class="internal">' in page(f"[a]({written})").html


@pytest.mark.parametrize(
    "written",
    [
        "data.json",
        "/files/plan.pdf",
        "/search?q=a",
        "?page=2",
        "/changes",
        "aims/history",
        "//a.org/b",
    ],
)
def test_addresses_of_other_things_stay(written: str) -> None:
    rendered = page(f"[a]({written})")
    assert f'href="{written}"' in rendered.html
    assert rendered.links == ()


def test_a_link_to_a_section_of_the_same_page_finds_our_anchor() -> None:
    rendered = page("[a](#The-Plan)\n\n## The plan\n")
    assert '<a href="#s-the-plan">' in rendered.html
    assert rendered.links == (PageLink("strategy/aims", "s-the-plan", "a", is_wiki_link=False),)


@pytest.mark.parametrize(
    ("written", "href", "words"),
    [
        ("[[Our Aims]]", "/pages/our-aims", "Our Aims"),
        ("[[strategy/Aims|what we want]]", "/pages/strategy/aims", "what we want"),
        ("[[Aims#The Plan|the plan]]", "/pages/aims#s-the-plan", "the plan"),
        ("[[#The Plan]]", "#s-the-plan", "The Plan"),
    ],
)
def test_pages_are_linked_by_name(written: str, href: str, words: str) -> None:
    html = page(f"see {written}").html
    assert f'href="{href}"' in html
    assert f">{words}</a>" in html


def test_pages_are_linked_by_name_from_a_table_but_not_from_code() -> None:
    assert 'href="/pages/aims"' in page("|a|\n|-|\n|[[Aims\\|us]]|").html
    assert "<a" not in page("`[[Aims]]`").html


def test_links_are_told_with_their_words() -> None:
    rendered = page("[[Aims]] and [the **plan**](plan.md#x) and https://example.org")
    assert rendered.links == (
        PageLink("aims", "", "Aims", is_wiki_link=True),
        PageLink("strategy/plan", "s-x", "the plan", is_wiki_link=False),
    )
    assert rendered.external == 1


def test_links_to_pages_not_written_yet_are_marked_for_eye_and_ear() -> None:
    html = page("[[Aims]] [[Naïve hopes|hopes]] [[Plan]]").html
    marked = mark_missing(html, {"aims", "naïve-hopes"})
    assert marked.count('class="internal missing"') == 2
    assert 'Aims<span class="visually-hidden"> (page not written yet)</span></a>' in marked
    assert 'class="internal">Plan</a>' in marked


def test_words_that_look_like_our_links_are_never_marked() -> None:
    html = page('`<a href="/pages/aims" class="internal">x</a>` !["<a class=internal>](a.png)').html
    assert mark_missing(html, {"aims"}) == html

"""Places that writers named by HTML tags: links lead there, and nothing else of the tag is kept."""

import re

import pytest

from wiki.text.markdown import fragment, render


def ids(html: str) -> list[str]:
    return re.findall(r' id="([^"]*)"', html)


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ('Words <a id="note-1"></a>here.', "s-note-1"),
        ("Words <a name=accessLevel>here</a>.", "s-accesslevel"),
        ('<a name="alone"></a>\n\nWords.', "s-alone"),
        ('<sup><a id="note-2">2</a></sup> Words.', "s-note-2"),
        ('### <a name="money">About costs</a>', "s-money"),
        ('<h3 id="À propos">Head</h3>', "s-à-propos"),
        ('<div class="wide" id="main">\n\nWords.\n\n</div>', "s-main"),
        ('# <a name="top"></a>The title\n\nWords.', "s-top"),
        ('| a | b |\n|---|---|\n| **<a name="field">x</a>** | y |', "s-field"),
        ('- <a id="item"></a>\n- Words', "s-item"),
        ('[<a name="inside"></a>Words](/pages/aims)', "s-inside"),
        ('Words <a id="s-prefixed"></a>.', "s-prefixed"),
        ('Words.[^1]\n\n[^1]: <a id="in-note"></a>A note.', "s-in-note"),
    ],
)
def test_a_named_place_keeps_its_name(text: str, anchor: str) -> None:
    page = render(text, path="a")
    assert page.anchors == (anchor,)
    assert page.html.count(f'<span id="{anchor}"></span>') == 1


@pytest.mark.parametrize("name", ["footnote-1", "accessLevel", "À propos", "s-aims", "a_b.c", "É"])
def test_a_link_leads_to_the_place_of_that_name(name: str) -> None:
    page = render(f'[There](<#{name}>)\n\n<a name="{name}"></a>', path="a")
    assert page.anchors == (page.links[0].fragment,)


def test_a_heading_goes_before_a_place_of_its_name() -> None:
    page = render('<a name="costs"></a>\n\n## Costs\n\n## Costs', path="a")
    assert [heading.anchor for heading in page.headings] == ["s-costs", "s-costs-2"]
    assert page.anchors == ()
    assert ids(page.html) == ["s-costs", "s-costs-2"]


def test_of_two_places_of_one_name_the_first_has_it() -> None:
    page = render('<a id="x" name="X">One</a>\n\n<a id="x">Two</a>', path="a")
    assert page.html == '<p><span id="s-x"></span>One</p>\n<p>Two</p>\n'


def test_nothing_else_of_the_tag_is_kept() -> None:
    text = '<a name="x" onclick="y()" style="top:0" class="internal" data-z="1">Words</a>'
    assert render(text, path="a").html == '<p><span id="s-x"></span>Words</p>\n'


@pytest.mark.parametrize(
    "text",
    [
        '<a id="">Words</a>',
        '<a name="-.-">Words</a>',
        "`<a id='x'>` Words",
        "```\n<a id='x'></a>\n```",
        "<!-- <a id='x'> --> Words",
        "<!-- <div id='x'> -->\n\nWords",
        "<script id='x'>y</script> Words",
        "<div name='x'>\n\nWords",
        "<your id='x'> Words",
        "![<a id='x'>](/files/x.png) Words",
    ],
)
def test_what_names_no_place_makes_none(text: str) -> None:
    page = render(text, path="a")
    assert page.anchors == ()
    assert ids(page.html) == []


def test_a_name_can_only_become_letters_digits_and_hyphens() -> None:
    page = render("<a id='\"&quot; &gt;&lt;script&gt; onload=1 ./'>Words</a>", path="a")
    assert page.anchors == ("s-script-onload-1",)
    assert "<script" not in page.html


def test_names_of_ours_are_out_of_reach() -> None:
    page = render("<a id='fn1'></a><a id='main'></a><a id='search'></a>", path="a")
    assert page.anchors == ("s-fn1", "s-main", "s-search")


def test_a_place_before_the_title_leaves_it_the_title() -> None:
    page = render('<a id="start"></a>\n\n# The title\n\nWords.', path="a")
    assert (page.title, page.anchors) == ("The title", ("s-start",))


def test_parts_of_pages_have_no_places() -> None:
    assert ids(fragment('<a id="x"></a>Words\n\n<div id="y">', path="a")) == []


def test_a_page_of_nothing_but_places_is_soon_made() -> None:
    page = render("<p id=a><h3>" * 12_000, path="a")
    assert page.trouble is None or "too long" in page.trouble

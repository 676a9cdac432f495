"""What other programs left in a text does not stand in the way of reading it."""

import pytest

from wiki.text.markdown import render


def shown(text: str) -> str:
    return render(text, path="a").html


@pytest.mark.parametrize(
    "text",
    [
        '<div class="intro">\n\nWords.\n\n</div>',
        "<section>\nWords.\n</section>",
        "<!-- markdownlint-disable -->\nWords.",
        "Words.\n\n<!-- a comment\n\nof several lines -->",
        "Words.<!-- inside -->",
        "{% include views.html lang=page.lang %}\n\nWords.",
        "{: .bgbox.warning}\nWords.",
        "Words.\n{: .lead}",
        "Words.{: #aims .lead}",
        "{{ site.title }}Words.",
        "<script>\nalert(1)\n\nalert(2)\n</script>\n\nWords.",
        '<a target="top"></a>Words.',
        '<h3 class="gone"></h3>\n\nWords.',
    ],
)
def test_only_the_words_are_shown(text: str) -> None:
    assert shown(text) == "<p>Words.</p>\n"


def test_a_list_that_stood_for_a_table_of_contents_is_left_out() -> None:
    assert shown("- TOC\n{:toc}\n\nWords.") == "<p>Words.</p>\n"


def test_markdown_between_tags_is_read() -> None:
    assert shown("<div>\n**Words**\n\n- one\n</div>") == (
        "<p><strong>Words</strong></p>\n<ul>\n<li>one</li>\n</ul>\n"
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>\n"),
        ("<kbd onclick=x>Ctrl</kbd>", "<p><kbd>Ctrl</kbd></p>\n"),
        ('<abbr title="a&quot;b" style=x>c</abbr>', '<p><abbr title="a&quot;b">c</abbr></p>\n'),
        ("a<br/>b", "<p>a<br>\nb</p>\n"),
        ("a <b>never closed", "<p>a never closed</p>\n"),
        ("a</b> c", "<p>a c</p>\n"),
        ("**a <sub>b** c</sub>", "<p><strong>a b</strong> c</p>\n"),
        ("<summary>Words</summary>", "<p><strong>Words</strong></p>\n"),
        ("<ul><li>one</li><li>two</li></ul>", "<p>one<br>\ntwo</p>\n"),
        ("<font color=red>Words</font>", "<p>Words</p>\n"),
    ],
)
def test_tags_in_a_line_become_ours_or_give_way(text: str, html: str) -> None:
    assert shown(text) == html


def test_written_links_and_pictures_obey_the_same_rules_as_ours() -> None:
    assert shown('<a href="b.md" onclick="x">c</a>') == (
        '<p><a href="/pages/b" class="internal">c</a></p>\n'
    )
    assert shown('<a href="javascript:x">c</a>') == "<p>c</p>\n"
    assert shown('<img src="/files/a.png" alt="b" onerror=x>') == (
        '<p><img src="/files/a.png" alt="b"></p>\n'
    )


def test_a_frame_becomes_a_link_to_what_it_showed() -> None:
    html = shown('<iframe src="https://example.org/film" width=1></iframe>')
    assert ">https://example.org/film</a>" in html
    assert "iframe" not in html


@pytest.mark.parametrize("word", ["your team", "address", "title", "name here"])
def test_words_in_brackets_are_words(word: str) -> None:
    assert shown(f"Dear <{word}>,") == f"<p>Dear &lt;{word}&gt;,</p>\n"


@pytest.mark.parametrize(
    "text",
    ["```\n<div>\n{% if a %}\n```", "`<div> {% a %} {: .b}`", "    <div>\n    {% a %}"],
)
def test_code_keeps_every_tag(text: str) -> None:
    html = shown(text)
    assert "&lt;div&gt;" in html
    assert "{% " in html


def test_a_comment_that_never_ends_hides_nothing() -> None:
    assert "Words." in shown("<!-- begins\n\nWords.")


def test_names_between_braces_for_people_stay() -> None:
    assert shown("Dear {{ name }} {team}") == "<p>Dear {{ name }} {team}</p>\n"

"""The plain door from Markdown to HTML, and what it promises about the specifications."""

import re
from typing import Any

import html5lib
import pytest

from tests.shared_data import shared_items
from wiki.text.markdown import to_html

COMMONMARK_REACHED = 577
COMMONMARK_WITHOUT_BRACKETS = 534
GITHUB_REACHED = 41


def test_the_words_come_out_as_html() -> None:
    assert to_html("# Aims\n\nWe *listen*.\n") == "<h1>Aims</h1>\n<p>We <em>listen</em>.</p>\n"


def test_fields_at_the_top_are_not_shown() -> None:
    assert to_html("---\ntitle: Aims\n---\nWords.\n") == "<p>Words.</p>\n"


def test_written_html_is_shown_as_text() -> None:
    assert to_html("a <b>c</b>") == "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("|a|b|\n|-|:-:|\n|1|2|", '<td align="center">2</td>'),
        ("~~gone~~", "<del>gone</del>"),
        ("- [x] done", '<input checked="" disabled="" type="checkbox"> done'),
        ("Note[^1].\n\n[^1]: Words.", '<a href="#fn1" id="fnref1">1</a>'),
        ("Term\n: Meaning", "<dt>Term</dt>\n<dd>Meaning</dd>"),
        ("See https://example.org/a now.", '<a href="https://example.org/a"'),
        ("See www.example.org now.", '<a href="http://www.example.org"'),
        ("Write to a@example.org.", '<a href="mailto:a@example.org">a@example.org</a>.'),
        ("```python\nx\n```", '<code class="language-python">'),
    ],
)
def test_each_extension_is_read(source: str, part: str) -> None:
    assert part in to_html(source)


def test_names_of_files_do_not_become_links() -> None:
    assert "<a" not in to_html("Read schema.md and setup.py first.")


def test_links_to_other_sites_pass_no_credit_on() -> None:
    assert 'rel="noopener nofollow ugc"' in to_html("[a](https://example.org)")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_links_that_would_act_are_no_links(address: str) -> None:
    assert "href" not in to_html(f"[a]({address}) <{address}>")


def test_pictures_come_only_from_here_or_over_https() -> None:
    assert 'src="/files/a.png"' in to_html("![a](/files/a.png)")
    assert 'src="https://example.org/a.png"' in to_html("![a](https://example.org/a.png)")
    assert "src" not in to_html("![a](http://example.org/a.png) ![b](data:image/png;base64,x)")


def test_every_commonmark_example_without_brackets_agrees() -> None:
    items = shared_items("security/commonmark_spec.json", checks="agreement with CommonMark")
    agreeing = [item for item in items if _agrees(item)]
    plain = [item for item in items if "<" not in item["markdown"]]
    print(f"CommonMark: {len(agreeing)} of {len(items)} examples agree")  # noqa: T201
    assert len(plain) == COMMONMARK_WITHOUT_BRACKETS
    assert [item["id"] for item in plain if item not in agreeing] == []
    assert len(agreeing) >= COMMONMARK_REACHED


def test_no_fewer_github_examples_agree_than_before() -> None:
    items = shared_items("security/gfm_spec.json", checks="agreement with GitHub's Markdown")
    agreeing = [item for item in items if _agrees(item)]
    print(f"GitHub: {len(agreeing)} of {len(items)} examples agree")  # noqa: T201
    assert len(agreeing) >= GITHUB_REACHED


def _agrees(item: dict[str, Any]) -> bool:
    return _normal(to_html(item["markdown"])) == _normal(item["html"])


def _normal(html: str) -> str:
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    for element in tree.iter():
        element.attrib.pop("rel", None)
    written = html5lib.serialize(
        tree,
        tree="etree",
        quote_attr_values="always",
        omit_optional_tags=False,
        alphabetical_attributes=True,
    )
    return re.sub(r">\s+<", "><", written).strip()

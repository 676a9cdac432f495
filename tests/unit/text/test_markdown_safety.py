"""Nothing active comes out of the renderer, whatever goes in."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest

from tests.shared_data import shared_items
from wiki.text.markdown import mark_missing, render, to_html

ELEMENTS = frozenset(
    "a abbr b blockquote br cite code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img input ins kbd "  # noqa: SIM905
    "li mark ol p pre q s samp section small span strong sub sup table tbody td th thead tr u ul "
    "var DOCUMENT_FRAGMENT".split()
)
ATTRIBUTES = frozenset(
    "align alt aria-label checked class disabled href id rel role scope src start tabindex title "  # noqa: SIM905
    "type".split()
)
SCHEME = re.compile(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.-]*:)")
SCHEMES = ("http:", "https:", "mailto:", "tel:", "ftp:", "irc:", "news:", "sms:")
CLASSES = (
    "align-",
    "contains-task-list",
    "footnote",
    "heading",
    "internal",
    "language-",
    "missing",
)
MORE_CLASSES = ("permalink", "plain-text", "table-scroll", "task-list-item", "visually-hidden")
CONTEXTS = (
    "{0}",
    "# {0}\n\nx\n\n## {0}",
    "[{0}](b) [a]({0}) [a](<{0}>) [a](b '{0}')",
    "![{0}](b) ![a]({0})",
    "[[{0}]] [[a|{0}]] [[{0}#{0}|{0}]]",
    "|{0}|{0}|\n|-|-|\n|{0}|{0}|",
    "```{0}\n{0}\n```\n\n`{0}`\n\n    {0}",
    "a[^{0}] b[^n]\n\n[^n]: {0}\n\n[r]: {0}\n\n[r] <{0}>",
    "- [ ] {0}\n\nTerm {0}\n: {0}\n\n> {0}",
    '<a href="{0}">a</a> <img src="{0}" alt="{0}"> <abbr title="{0}">a</abbr> <b {0}>c</b>',
    "<div {0}>\n{0}\n</div>\n<iframe src='{0}'></iframe>\n<!-- {0}",
    "{{% {0} %}} {{: {0}}} {{{{ site.{0} }}}}",
    "---\ntitle: {0}\n---\n{0}",
)
HAND_MADE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "java&#x0A;script:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "x\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
)


@pytest.mark.parametrize("payload", HAND_MADE)
def test_nothing_active_comes_out(payload: str) -> None:
    assert _troubles(payload) == []


@pytest.mark.parametrize("name", ["xss_bleach", "xss_dompurify"])
def test_nothing_active_comes_out_of_the_collected_attacks(name: str) -> None:
    items = shared_items(f"security/{name}.json", checks="the collection of attacks")
    assert items
    assert [trouble for item in items for trouble in _troubles(item["payload"])] == []


@pytest.mark.parametrize("name", ["commonmark_spec", "gfm_spec"])
def test_nothing_active_comes_out_of_the_examples_of_the_specifications(name: str) -> None:
    items = shared_items(
        f"security/{name}.json", checks="examples of the specifications as attacks"
    )
    found = [trouble for item in items for trouble in _troubles(item["markdown"], CONTEXTS[:1])]
    assert found == []


def _troubles(payload: str, contexts: tuple[str, ...] = CONTEXTS) -> list[str]:
    pages = [context.format(payload) for context in contexts]
    written = [to_html(page) for page in pages]
    written += [mark_missing(render(page, path="a/b").html, {"a/b", "x"}) for page in pages]
    return [trouble for html in written for trouble in _active(html)]


def _active(html: str) -> Iterator[str]:
    """Say what is active in `html`, also after a browser wrote it down and read it again."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    yield from (trouble for element in tree.iter() for trouble in _trouble_with(element))
    again = html5lib.serialize(tree, tree="etree", quote_attr_values="always")
    if again != html:
        tree = html5lib.parseFragment(again, namespaceHTMLElements=False)
        yield from (trouble for element in tree.iter() for trouble in _trouble_with(element))


def _trouble_with(element: Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag not in ELEMENTS:
        yield f"element {element.tag}"
    for name, value in element.attrib.items():
        if name not in ATTRIBUTES:
            yield f"attribute {name} of {element.tag}"
        elif not _is_harmless(name, value):
            yield f"{name}={value!r}"


def _is_harmless(name: str, value: str) -> bool:
    if name in {"href", "src"}:
        scheme = SCHEME.match(re.sub("[\t\r\n]", "", value))
        return scheme is None or scheme[1].lower() in SCHEMES
    if name == "id":
        return value.startswith(("s-", "fn"))
    if name == "class":
        return all(word.startswith((*CLASSES, *MORE_CLASSES)) for word in value.split())
    return name != "type" or value == "checkbox"

"""Texts made into HTML: the plain door, and pages with their headings, links and troubles."""

import html
import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from urllib.parse import unquote

from wiki.text import frontmatter
from wiki.text.markdown import limits, links
from wiki.text.markdown.addresses import is_lone_address
from wiki.text.markdown.arranging import Heading, Page, PageLink, arrange, place_anchors
from wiki.text.markdown.cleaning import clean
from wiki.text.markdown.output import plain_text_block
from wiki.text.markdown.parser import page_parser, plain_parser

# Raise when the same text would be rendered otherwise; stored pages are then rendered anew.
RENDERER_VERSION = 3

_INTERNAL = re.compile(
    rf'<a href="{links.PAGES}(?P<path>[^"#]*)[^"]*"[^<>]*? class="(?P<class>internal)"[^<>]*>'
    r"(?P<words>.*?)</a>",
    re.DOTALL,
)
_MISSING_NOTE = '<span class="visually-hidden"> (page not written yet)</span>'
_TOO_DEEP = limits.NESTING_SENTENCE


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page ready to be shown.

    `title` is the heading that was taken out because it serves as the title; `links` lead to pages
    of this wiki in the order of the text, `external` counts the others. `anchors` are the ids of
    places that the writer named by HTML tags, those of headings not among them. `trouble` says why
    the text is shown as it was typed, when it is.
    """

    html: str
    headings: tuple[Heading, ...] = ()
    links: tuple[PageLink, ...] = ()
    external: int = 0
    anchors: tuple[str, ...] = ()
    title: str | None = None
    trouble: str | None = None


def to_html(text: str) -> str:
    """Return `text` (Markdown, fields at the top left out) as HTML with nothing active in it.

    Text that passes a limit of `wiki.text.markdown.limits` is returned as it was typed.
    """
    body = frontmatter.split(text).body
    try:
        body = limits.whole(body)
        env = {"work": limits.Work(), "lone_address": is_lone_address(body)}
        return clean(plain_parser().render(body, env))
    except (limits.TooMuch, RecursionError):
        return plain_text_block(body)


def render(
    text: str, *, path: str, title: str | None = None, heading_shift: bool = True
) -> Rendered:
    """Return the page at `path` made of `text`.

    The page's title stands above the text, so a heading that opens the text and says the same (any
    heading of level 1 when neither `title` nor the fields name one) is left out, and with
    `heading_shift` the others begin at level 2 and skip none. Raises nothing: text that passes a
    limit is shown as it was typed, and `trouble` says why.
    """
    front = frontmatter.split(text)
    page = Page(
        path=path,
        title=title or front.title,
        work=limits.Work(),
        shifts_headings=heading_shift,
    )
    try:
        content = _content(limits.whole(front.body), page)
    except limits.TooMuch as error:
        return _as_typed(front.body, str(error))
    except RecursionError:
        return _as_typed(front.body, _TOO_DEEP)
    return Rendered(
        html=content,
        headings=tuple(page.headings),
        links=tuple(page.links),
        external=page.external,
        anchors=tuple(page.placed),
        title=page.shown_title,
    )


def fragment(text: str, *, path: str) -> str:
    """Return a part of the page at `path` as HTML: its links lead on, its headings have no anchors.

    Text that passes a limit is returned as it was typed.
    """
    try:
        page = Page(path=path, title=None, work=limits.Work(), is_fragment=True)
        return _content(limits.whole(text), page)
    except (limits.TooMuch, RecursionError):
        return plain_text_block(text)


def mark_missing(content: str, missing: AbstractSet[str]) -> str:
    """Return the HTML of a rendered page in which links to the paths in `missing` are marked.

    They get the class `missing` and a note for people who hear the page. `content` must come from
    `render`: no text or attribute in it can look like a tag of ours.
    """
    if not missing or links.PAGES not in content:
        return content

    def marked(link: re.Match[str]) -> str:
        if unquote(html.unescape(link["path"])) not in missing:
            return link.group()
        before = link.string[link.start() : link.end("class")]
        after = link.string[link.end("class") : link.end("words")]
        return f"{before} missing{after}{_MISSING_NOTE}</a>"

    return _INTERNAL.sub(marked, content)


def _content(body: str, page: Page) -> str:
    parser = page_parser()
    env = {"work": page.work, "page": page}
    tokens = arrange(parser.parse(body, env), page)
    place_anchors(page)
    page.work.look()
    return clean(parser.renderer.render(tokens, parser.options, env))


def _as_typed(body: str, trouble: str) -> Rendered:
    return Rendered(html=plain_text_block(body), trouble=trouble)

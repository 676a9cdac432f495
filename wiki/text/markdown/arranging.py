"""The pass over the tokens of a page that gives headings, links and pictures their place.

The title leaves the text (the page prints it above), headings begin at level 2 and skip none, each
gets its anchor; links learn where they lead; what shows nothing is left out. Places that writers
named by tags get their ids last, so that none takes the anchor of a heading.
"""

from dataclasses import dataclass, field
from itertools import takewhile

from markdown_it.token import Token

from wiki.text.headings import Anchors, plain_words, serves_as_title
from wiki.text.markdown import links
from wiki.text.markdown.cleaning import is_safe_picture
from wiki.text.markdown.limits import Work
from wiki.text.markdown.tags import balanced

FIRST_LEVEL = 2
LAST_LEVEL = 6
PLACES_LIMIT = 2_000
_SHOWING = frozenset({"code_inline", "image", "footnote_ref"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page as printed: its level (2 to 6), its plain words, its anchor."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to a page of this wiki (perhaps the page itself), and whether it was `[[so]]`."""

    path: str
    fragment: str
    label: str
    is_wiki_link: bool


@dataclass(slots=True)
class Page:
    """What is known and found out about one page while it is arranged."""

    path: str
    title: str | None
    work: Work
    shifts_headings: bool = True
    is_fragment: bool = False
    shown_title: str | None = None
    headings: list[Heading] = field(default_factory=list)
    links: list[PageLink] = field(default_factory=list)
    external: int = 0
    has_words: bool = False
    anchors: Anchors = field(default_factory=Anchors)
    named_places: list[Token] = field(default_factory=list)
    placed: list[str] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)


def arrange(tokens: list[Token], page: Page) -> list[Token]:
    """Return the tokens as they are to be printed, and fill `page`. Raises TooMuch."""
    result: list[Token] = []
    index = 0
    while index < len(tokens):
        page.work.step()
        token = tokens[index]
        if token.type in {"heading_open", "paragraph_open"}:
            block = tokens[index : index + 3]
            index += 3
            result += _block(block, page) if len(block) == 3 else block  # noqa: PLR2004
            continue
        if token.type == "inline":
            _arrange_line(token, page)
        page.has_words = page.has_words or token.type in {"fence", "code_block"}
        result.append(token)
        index += 1
    return result


def place_anchors(page: Page) -> None:
    """Give the named places of an arranged page their ids, each id once, and list them there."""
    for place in page.named_places[:PLACES_LIMIT]:
        anchor = place.meta["anchor"]
        if page.anchors.reserve(anchor):
            place.attrs["id"] = anchor
            page.placed.append(anchor)


def _block(block: list[Token], page: Page) -> list[Token]:
    opening, line, closing = block
    _arrange_line(line, page)
    if not _shows(line.children):
        return _places_in(line)
    if opening.type == "heading_open" and opening.level == 0 and not page.is_fragment:
        words = plain_words(line.content)
        if _is_title(opening, words, page):
            page.shown_title = words
            return _places_in(line)
        _place_heading(opening, closing, words, page)
    page.has_words = page.has_words or any(map(str.isalnum, line.content))
    return block


def _places_in(line: Token) -> list[Token]:
    """Return what is left of a block that is not shown: the places it names, without a block."""
    line.children = [child for child in line.children or [] if child.type == "anchor"]
    return [line] if line.children else []


def _is_title(opening: Token, words: str, page: Page) -> bool:
    opens = not page.has_words and not page.levels
    return bool(words) and opens and serves_as_title(int(opening.tag[1]), words, page.title)


def _place_heading(opening: Token, closing: Token, words: str, page: Page) -> None:
    level = written = int(opening.tag[1])
    while page.levels and page.levels[-1] >= written:
        page.levels.pop()
    page.levels.append(written)
    if page.shifts_headings:
        level = min(LAST_LEVEL, FIRST_LEVEL - 1 + len(page.levels))
        opening.tag = closing.tag = f"h{level}"
    if words:
        anchor = page.anchors.take(words)
        opening.attrs["id"] = anchor
        opening.meta = closing.meta = {"words": words, "anchor": anchor}
        page.headings.append(Heading(level, words, anchor))


def _arrange_line(line: Token, page: Page) -> None:
    children = line.children or []
    if any(child.type == "html_inline" for child in children):
        children = balanced(children)
    kept: list[Token] = []
    is_in_link = False
    for index, child in enumerate(children):
        kept.append(child)
        if child.type in {"link_open", "link_close"}:
            is_in_link = child.type == "link_open"
        if child.type == "link_open":
            page.work.step()
            words = _words_inside(children, index)
            _aim(child, words, page)
            if not words:
                kept.append(Token("text", "", 0, content=str(child.attrs.get("href", ""))))
        elif child.type == "anchor" and not page.is_fragment:
            page.named_places.append(child)
        elif child.type == "image":
            kept[-1:] = _picture(child, page, is_in_link=is_in_link)
    line.children = kept


def _words_inside(children: list[Token], index: int) -> str:
    """Return the words of the link that opens at `index`, or those of its pictures."""
    below = (children[at] for at in range(index + 1, len(children)))
    inside = takewhile(lambda child: child.type != "link_close", below)
    words = (" " if child.type in {"softbreak", "hardbreak"} else child.content for child in inside)
    return " ".join("".join(words).split())


def _aim(link: Token, words: str, page: Page) -> None:
    named = link.meta if link.meta and "page" in link.meta else None
    if named:
        target = links.named(named["page"], named["section"], page.path)
    else:
        target = links.resolve(str(link.attrs.get("href", "")), page.path)
    link.attrs["href"] = target.href
    if target.is_external:
        link.attrs["rel"] = links.REL_OUTSIDE
        page.external += 1
    elif target.page is not None:
        page.links.append(PageLink(target.page, target.fragment, words, named is not None))
        if not target.href.startswith("#"):
            link.attrs["class"] = "internal"


def _picture(image: Token, page: Page, *, is_in_link: bool) -> list[Token]:
    """Return a picture of this wiki; a link in place of one from elsewhere, else its words.

    A page that loaded pictures from elsewhere would tell that place who reads what and when.
    """
    address = str(image.attrs.get("src", ""))
    is_safe = is_safe_picture(address)
    if is_safe and not links.leads_outside(address):
        return [image]
    words = Token("text", "", 0, content=image.content or (address if is_safe else ""))
    if is_in_link or not is_safe:
        return [words]
    page.external += 1
    attributes: dict[str, str | int | float] = {"href": address, "rel": links.REL_OUTSIDE}
    return [Token("link_open", "a", 1, attrs=attributes), words, Token("link_close", "a", -1)]


def _shows(children: list[Token] | None) -> bool:
    return any(
        child.type in _SHOWING
        or (child.type == "text" and not child.content.isspace() and child.content)
        for child in children or []
    )

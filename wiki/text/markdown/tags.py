"""HTML tags and comments inside a line: a few become tags of ours, the others give way to words.

Nothing that was written between angle brackets is ever copied to the output. Unknown names such as
`<your team>` are words of the writer and stay.
"""

import html
import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from wiki.text.headings import anchor_for_fragment

# Words in a line of text instead of a word a line, here and below: the lists stay readable.
KEPT = {
    name: name
    for name in "abbr b code del em i ins kbd mark q s small strong sub sup u".split()  # noqa: SIM905
}
KEPT |= {
    "cite": "em",
    "dfn": "em",
    "samp": "code",
    "strike": "s",
    "summary": "strong",
    "tt": "code",
}
BREAKING = frozenset("br dd div dt h1 h2 h3 h4 h5 h6 li option p section tr".split())  # noqa: SIM905
SPACING = frozenset("td th".split())  # noqa: SIM905
SILENT = frozenset(
    "embed iframe math noscript object script select style svg template title".split()  # noqa: SIM905
)
CONTAINERS = frozenset(
    (  # noqa: SIM905
        "address article aside audio blockquote body button caption center col colgroup details "
        "dl fieldset figcaption figure font footer form head header hgroup hr html input label "
        "legend link main meta nav ol optgroup picture pre source span table tbody textarea tfoot "
        "thead track ul video wbr"
    ).split()
)
_WORDLIKE = frozenset(
    (  # noqa: SIM905
        "address article aside audio body button caption center details figure font footer form "
        "head header input label legend link main nav object option picture script section select "
        "source style summary table template title track video"
    ).split()
)
_KNOWN = frozenset(KEPT) | BREAKING | SPACING | SILENT | CONTAINERS | {"a", "img"}
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,15})((?:[\s/][^<>]{0,2000})?)>")
_ATTRIBUTE = re.compile(r"""([A-Za-z-]+)\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LONGEST_COMMENT = 5_000


def install(md: MarkdownIt) -> None:
    """Let `md` take tags and comments out of running text."""
    md.inline.ruler.before("autolink", "leftover_tag", _tag)


def _tag(state: StateInline, silent: bool) -> bool:
    """Take a comment or a tag of a known name out of the words."""
    if state.src[state.pos] != "<":
        return False
    end = _comment_end(state)
    found = None if end > state.pos else _TAG.match(state.src, state.pos, state.posMax)
    if end <= state.pos and (not found or not _is_tag(state, found)):
        return False
    if found:
        end = found.end()
        name = found[2].lower()
        if name in SILENT and not found[1]:
            end = _passage_end(state, name, end)
        if not silent:
            _push(state, name, found)
            for anchor in _anchors_of(found):
                state.push("anchor", "span", 0).meta = {"anchor": anchor}
    state.pos = end
    return True


def anchors_in(line: str) -> list[Token]:
    """Return a token for each place that the tags in `line` name, so that links can lead there."""
    written = _COMMENT.sub("", line)
    anchors = (anchor for found in _TAG.finditer(written) for anchor in _anchors_of(found))
    return [Token("anchor", "span", 0, meta={"anchor": anchor}) for anchor in anchors]


def _anchors_of(found: re.Match[str]) -> list[str]:
    """Return the names that a tag gives its place, made as links' fragments are."""
    name = found[2].lower()
    if found[1] or not found[3] or name in SILENT:
        return []
    attributes = _attributes(found[3])
    written = (attributes.get("id", ""), attributes.get("name", "") if name == "a" else "")
    return [anchor_for_fragment(one) for one in written if any(map(str.isalnum, one))]


def _is_tag(state: StateInline, found: re.Match[str]) -> bool:
    """Say whether `<name>` is a tag, not a word in brackets like `<address>` in a form letter."""
    name = found[2].lower()
    if name not in _WORDLIKE or found[1] or found[3]:
        return name in _KNOWN
    return state.src.find(f"</{found[2]}", found.end(), found.end() + _LONGEST_COMMENT) >= 0


def _comment_end(state: StateInline) -> int:
    if not state.src.startswith("<!--", state.pos):
        return 0
    last = min(state.pos + _LONGEST_COMMENT, state.posMax)
    return state.src.find("-->", state.pos + 4, last) + 3


def _passage_end(state: StateInline, name: str, start: int) -> int:
    closing = re.compile(f"</{name}\\s{{0,9}}>", re.IGNORECASE)
    found = closing.search(state.src, start, min(start + _LONGEST_COMMENT, state.posMax))
    return found.end() if found else start


def _push(state: StateInline, name: str, found: re.Match[str]) -> None:
    closes = bool(found[1])
    attributes = {} if closes else _attributes(found[3])
    if name == "br":
        state.push("hardbreak", "br", 0)
    elif name in SPACING:
        state.push("text", "", 0).content = " "
    elif name == "img" and attributes.get("src"):
        _push_picture(state, attributes)
    elif name == "iframe" and attributes.get("src"):
        _push_address(state, attributes["src"])
    else:
        token = state.push("html_inline", "", 0)
        token.meta = {"name": name, "closes": closes, "attributes": attributes}
        if name == "a" and not closes:
            _check_address(state, attributes)
        if name == "a":
            token.content = "</a>" if closes else "<a>"  # by which bare addresses inside are let be
            state.linkLevel = max(0, state.linkLevel + (-1 if closes else 1))


def _check_address(state: StateInline, attributes: dict[str, str]) -> None:
    address = state.md.normalizeLink(attributes.pop("href", ""))
    if address and state.md.validateLink(address):
        attributes["href"] = address


def _attributes(written: str) -> dict[str, str]:
    return {
        name.lower(): html.unescape(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(written)
    }


def _push_picture(state: StateInline, attributes: dict[str, str]) -> None:
    source = state.md.normalizeLink(attributes["src"])
    words = Token("text", "", 0, content=attributes.get("alt", ""))
    if not state.md.validateLink(source):
        state.push("text", "", 0).content = words.content
        return
    token = state.push("image", "img", 0)
    token.attrs = {"src": source, "alt": ""}
    token.children = [words]


def _push_address(state: StateInline, source: str) -> None:
    address = state.md.normalizeLink(source)
    if state.linkLevel or not state.md.validateLink(address):
        return
    state.push("link_open", "a", 1).attrs = {"href": address}
    state.push("text", "", 0).content = address
    state.push("link_close", "a", -1)


def balanced(children: list[Token]) -> list[Token]:
    """Return inline tokens in which tags that writers used are our tags in pairs, or gone."""
    pairs = _pairs(children)
    result: list[Token] = []
    has_line_before = False
    for index, token in enumerate(children):
        if token.type != "html_inline":
            result.append(token)
        elif index in pairs:
            result.append(_ours(token))
        elif token.meta["name"] in BREAKING and has_line_before:
            result.append(Token("hardbreak", "br", 0))
        else:
            continue
        if result[-1].type != "anchor":
            has_line_before = result[-1].type not in {"hardbreak", "softbreak"}
    while result and result[-1].type in {"hardbreak", "softbreak"}:
        result.pop()
    return result


def _pairs(children: list[Token]) -> set[int]:
    """Return where tags stand that are kept and have their partner, with nothing crossing."""
    pairs: set[int] = set()
    opened: list[tuple[str, int]] = []
    for index, token in enumerate(children):
        name = token.meta["name"] if token.type == "html_inline" else f"marks of {token.tag}"
        if token.type != "html_inline" and not token.nesting:
            continue
        closes = token.meta["closes"] if token.type == "html_inline" else token.nesting < 0
        if token.type == "html_inline" and not _is_kept(token):
            continue
        if not closes:
            opened.append((name, index))
        elif opened and opened[-1][0] == name:
            pairs |= {opened.pop()[1], index}
        elif token.type != "html_inline":
            _close_around(opened, name)
    return {index for index in pairs if children[index].type == "html_inline"}


def _is_kept(token: Token) -> bool:
    if token.meta["name"] == "a":
        return token.meta["closes"] or "href" in token.meta["attributes"]
    return token.meta["name"] in KEPT


def _close_around(opened: list[tuple[str, int]], name: str) -> None:
    """Forget tags that were opened inside a pair of marks and not closed there."""
    while opened and opened.pop()[0] != name:
        continue


def _ours(token: Token) -> Token:
    name, closes = token.meta["name"], token.meta["closes"]
    address = token.meta["attributes"].get("href", "")
    if name == "a":
        made = Token("link_close" if closes else "link_open", "a", -1 if closes else 1)
        made.attrs = {} if closes else {"href": address}
        return made
    made = Token("html_inline", KEPT[name], -1 if closes else 1)
    if name == "abbr" and "title" in token.meta["attributes"]:
        made.attrs = {"title": token.meta["attributes"]["title"]}
    return made

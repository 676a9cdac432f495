"""`[[Page]]`, `[[Page|words]]` and `[[Page#Section|words]]`: links to pages by their names."""

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline

LINK = re.compile(
    r"\[\["
    r"(?P<page>[^\[\]|#\n]{0,300})"
    r"(?:#(?P<section>[^\[\]|\n]{0,300}))?"
    r"(?:\|(?P<words>[^\[\]|\n]{1,500}))?"
    r"\]\]"
)


def install(md: MarkdownIt) -> None:
    """Teach `md` links to pages by name."""
    md.inline.ruler.before("link", "wiki_link", _wiki_link)


def _wiki_link(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[" or state.linkLevel:
        return False
    found = LINK.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    page, section = found["page"].strip(), (found["section"] or "").strip()
    words = (found["words"] or page or section).strip()
    if not words or _is_reference(state, found.group()[1:-1]):
        return False
    if not silent:
        _push(state, page, section, words)
    state.pos = found.end()
    return True


def _push(state: StateInline, page: str, section: str, words: str) -> None:
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": ""}
    opening.meta = {"page": page, "section": section}
    state.push("text", "", 0).content = words
    state.push("link_close", "a", -1)


def _is_reference(state: StateInline, written: str) -> bool:
    """Say whether the page defines `[name]: address`, which then goes before a page's name."""
    references = state.env.get("references")
    return references is not None and normalizeReference(written[1:-1]) in references

"""Bare addresses in running text become links: http, https, www and e-mail, as GitHub does it.

Names such as `schema.md` or `e.g.this` stay words: guessing links from any known ending makes more
wrong links than right ones. The plain door promises every example of CommonMark, which knows no
bare addresses; there, an address in angle brackets that CommonMark refuses, and one that is the
whole of the text, stay words as well.
"""

import re
from functools import partial
from types import MethodType
from typing import Any

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore, linkify
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import linkify as linkify_here
from markdown_it.utils import EnvType

from wiki.text.markdown.limits import Work

# The finder goes to the end of the word from each sign of an address, and copies the paragraph's
# tokens for each it finds; above so many signs or steps, addresses stay words.
_SIGNS_LIMIT = 1_000
_STEPS_LIMIT = 500_000
_SIGN = re.compile(r"www\.|:|@", re.IGNORECASE)
_REFUSED = re.compile(r"<\s*https?:", re.IGNORECASE)
_LONGEST_SCHEME = 40
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9.+-]*$")


def is_lone_address(text: str) -> bool:
    """Say whether `text` is nothing but an address of which CommonMark says that it is words."""
    words = text.split(maxsplit=1)
    return len(words) == 1 and not words[0].lower().startswith("www.")


def install(md: MarkdownIt, *, strict: bool) -> None:
    """Teach `md` bare addresses; `strict` leaves every example of CommonMark as it is there."""
    md.enable(["linkify"])
    md.linkify = _linkifier()
    md.inline.ruler.at("linkify", partial(_inside, strict=strict))
    md.core.ruler.at("linkify", partial(_between, strict=strict))


def _linkifier() -> Any:  # noqa: ANN401  (linkify-it has no types)
    finder = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": True})
    finder.add("//", None)
    parts = finder.re
    name = f"(?:{parts['src_domain']}\\.)+{parts['src_domain_root']}"
    host = re.compile(name + parts["src_host_terminator"] + parts["src_path"], re.IGNORECASE)

    def length(_: object, text: str, start: int) -> int:
        found = host.match(text, start)
        return len(found.group()) if found else 0

    def complete(_: object, match: Any) -> None:  # noqa: ANN401
        match.url = f"http://{match.url}"

    rule = {"validate": MethodType(length, finder), "normalize": MethodType(complete, finder)}
    return finder.add("www.", rule)


def _inside(state: StateInline, silent: bool, *, strict: bool) -> bool:
    if state.src[state.pos] != ":" or not _is_searchable(state.src, state.env):
        return False
    if strict:
        before = _SCHEME.sub("", state.pending[-_LONGEST_SCHEME:])
        if state.env["lone_address"] or before.rstrip().endswith("<"):
            return False
    return linkify_here(state, silent)


def _between(state: StateCore, *, strict: bool) -> None:
    """Link addresses paragraph by paragraph, so that the time can be looked at between them."""
    if strict and state.env["lone_address"]:
        return
    work: Work = state.env["work"]
    tokens = state.tokens
    for token in tokens:
        if token.type == "inline" and _is_searchable(token.content, state.env):
            work.look()
            if strict and _REFUSED.search(token.content):
                continue
            state.tokens = [token]
            linkify(state)
    state.tokens = tokens


def _is_searchable(paragraph: str, env: EnvType) -> bool:
    """Say whether looking for addresses in `paragraph` ends soon; remembers its last answer."""
    known, answer = env.get("searchable", ("", False))
    if known is paragraph:
        return bool(answer)
    signs = len(_SIGN.findall(paragraph))
    longest = max(map(len, paragraph.split()), default=0) if signs else 0
    answer = 0 < signs < _SIGNS_LIMIT and signs * longest < _STEPS_LIMIT
    env["searchable"] = (paragraph, answer)
    return answer

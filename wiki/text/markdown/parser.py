"""The two Markdown parsers, one for the plain door and one for pages, built once and guarded.

Both read CommonMark with tables, strikethrough, task lists, footnotes, definition lists and bare
addresses, without raw HTML; the one for pages also knows `[[links]]` and drops what other programs
left behind. A parser keeps no state between texts: what belongs to one text travels in its `env`,
where `work` counts what this rendering costs.
"""

from functools import cache, partial

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, text
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote.index import footnote_def, footnote_ref, footnote_tail

from wiki.text.markdown import addresses, leftovers, output, wikilinks
from wiki.text.markdown.limits import (
    COLUMN_LIMIT,
    COLUMN_SENTENCE,
    NESTING_LIMIT,
    NESTING_SENTENCE,
    TooMuch,
    Work,
)

_OPTIONS = {
    "html": False,
    "linkify": True,
    "tasklists": True,
    "strikethrough_single_tilde": True,
    "maxNesting": NESTING_LIMIT + 10,
}
_DELIMITER_SIGNS = frozenset("|-: \t")


@cache
def plain_parser() -> MarkdownIt:
    """Return the parser behind `to_html`."""
    md = _guarded(MarkdownIt("commonmark", _OPTIONS))
    addresses.install(md, strict=True)
    return md


@cache
def page_parser() -> MarkdownIt:
    """Return the parser behind `render`."""
    md = _guarded(MarkdownIt("commonmark", _OPTIONS))
    addresses.install(md, strict=False)
    leftovers.install(md)
    wikilinks.install(md)
    return md


def _guarded(md: MarkdownIt) -> MarkdownIt:
    md.enable(["table", "strikethrough"])
    deflist_plugin(md)
    output.install(md)
    chains = {"alt": ["paragraph", "reference"]}
    md.block.ruler.before("reference", "footnote_def", footnote_def, {"alt": chains["alt"]})
    md.inline.ruler.after("image", "footnote_ref", partial(footnote_ref, always_match=False))
    md.core.ruler.after("inline", "footnote_tail", footnote_tail)
    everywhere = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("table", "guard", _guard, {"alt": everywhere})
    md.block.ruler.at("table", _guarded_table, {"alt": chains["alt"]})
    md.inline.ruler.at("text", _guarded_text)
    md.core.ruler.before("inline", "look_before", _look)
    md.core.ruler.after("inline", "look_after", _look)
    md.inline.ruler2.before("balance_pairs", "look", _look)
    return md


def _guard(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    """Match nothing; being tried first at every line, count and refuse."""
    del line, last
    work: Work = state.env["work"]
    work.step()
    if state.level >= NESTING_LIMIT:
        raise TooMuch(NESTING_SENTENCE)
    if silent and state.parentType == "table":
        work.row()
    return False


def _guarded_table(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    if line + 2 > last:
        return False
    start, end = state.bMarks[line + 1], state.eMarks[line + 1]
    columns = state.src.count("|", start, end) + 1
    if columns > COLUMN_LIMIT and _DELIMITER_SIGNS.issuperset(state.src[start:end]):
        raise TooMuch(COLUMN_SENTENCE)
    if not silent:
        work: Work = state.env["work"]
        work.columns = columns
    return table(state, line, last, silent)


def _guarded_text(state: StateInline, silent: bool) -> bool:
    work: Work = state.env["work"]
    work.step()
    return text(state, silent)


def _look(state: StateCore | StateInline) -> None:
    work: Work = state.env["work"]
    work.look()

"""What other programs left in a text: HTML tags, comments and template tags, made harmless.

Tags of known names are never shown as text: a line that holds nothing but tags of containers or a
comment vanishes; inline, a few harmless tags become tags of our own making and the others give way
to their words. Unknown names such as `<your team>` are words of the writer and stay. Nothing that
was written between angle brackets is ever copied to the output; the decision and its reasons are
in docs/decisions/0002-html-in-markdown.md.
"""

import re
from bisect import bisect_right

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from wiki.text.markdown import tags, templates

_NAMES = "|".join(sorted((tags.BREAKING | tags.SPACING | tags.CONTAINERS) - {"br", "input"}))
_TAGS_ALONE = re.compile(
    rf"(?:<!--(?:(?!-->).)*+-->\s*|</?(?:{_NAMES})(?:[\s/][^<>]*)?>\s*)+$", re.IGNORECASE
)
# A frame is left to the rule for tags, which puts a link in its place.
_SILENT_NAMES = "|".join(sorted(tags.SILENT - {"iframe"}))
_SILENT_OPENING = re.compile(rf"<({_SILENT_NAMES})(?=[\s/>])", re.IGNORECASE)


def install(md: MarkdownIt) -> None:
    """Let `md` drop what other programs left behind."""
    md.block.ruler.before(
        "table", "leftover_lines", _lines, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    tags.install(md)
    templates.install(md)


def _lines(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    """Drop lines of container tags, comments, and scripts with all that is in them."""
    start = state.bMarks[line] + state.tShift[line]
    if state.src[start : start + 1] not in {"<", "{"} or state.is_code_block(line):
        return False
    written = state.src[start : state.eMarks[line]]
    after = line + 1 if _TAGS_ALONE.match(written) else None
    if written.startswith("{") and templates.is_only_templates(written):
        after = line + 1
    after = after or _after_passage(state, written, line, last)
    if after is None:
        return False
    if not silent:
        state.line = after
        if anchors := tags.anchors_in(written) if after == line + 1 else []:
            place = state.push("inline", "", 0)
            place.map, place.children = [line, after], anchors
    return True


def _after_passage(state: StateBlock, written: str, line: int, last: int) -> int | None:
    """Return the line after a comment or script of several lines, or None if there is none here."""
    if written.startswith("<!--"):
        ending = "-->"
    elif opening := _SILENT_OPENING.match(written):
        ending = f"</{opening.group(1).lower()}>"
    else:
        return None
    end = _next_ending(state, ending, state.bMarks[line])
    if end < 0:
        return None
    while line < last and state.eMarks[line] < end:
        line += 1
    if line >= last or state.src[end : state.eMarks[line]].strip():
        return None
    return line + 1


def _next_ending(state: StateBlock, ending: str, start: int) -> int:
    """Return where the next `ending` after `start` stops, or -1; the text is searched once only."""
    known: dict[str, list[int]] = state.env.setdefault("endings", {})
    if ending not in known:
        found = re.finditer(re.escape(ending), state.src, re.IGNORECASE)
        known[ending] = [match.end() for match in found]
    place = bisect_right(known[ending], start)
    return known[ending][place] if place < len(known[ending]) else -1

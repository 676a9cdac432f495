"""Template tags of site builders (`{% … %}`, `{{ site.… }}`, `{: .class}`) go, except in code."""

import re
from bisect import bisect_right

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_TEMPLATE = re.compile(
    r"(?P<code>`+)"
    r"|\{%[^{}%\n]{0,1000}%\}"
    r"|\{\{-?\s{0,9}(?:site|page|layout|content|include)\b[^{}\n]{0,1000}\}\}"
    r"|\{:(?:toc|\s{0,9}[.#][^{}\n]{0,1000})\}"
)
_CONTENTS_MARK = "{:toc}"


def install(md: MarkdownIt) -> None:
    """Let `md` drop template tags from running text."""
    md.core.ruler.before("inline", "template_tags", _template_tags)


def is_only_templates(line: str) -> bool:
    """Say whether a line holds only template tags, the mark for contents not among them."""
    return _CONTENTS_MARK not in line and not _TEMPLATE.sub("", line).strip()


def _template_tags(state: StateCore) -> None:
    """Drop template tags from running text, and the list that stood for a table of contents."""
    dropped: set[int] = set()
    for index, token in enumerate(state.tokens):
        if token.type == "inline" and "{" in token.content:
            if _CONTENTS_MARK in token.content and _is_only_item(state.tokens, index):
                dropped |= set(range(index - 3, index + 4))
            token.content = without_templates(token.content).strip()
    if dropped:
        state.tokens = [token for at, token in enumerate(state.tokens) if at not in dropped]


def _is_only_item(tokens: list[Token], index: int) -> bool:
    around = [token.type for token in tokens[max(0, index - 3) : index + 4]]
    return around[:1] in (["bullet_list_open"], ["ordered_list_open"]) and around[4:] == [
        "paragraph_close",
        "list_item_close",
        around[0].replace("open", "close"),
    ]


def without_templates(source: str) -> str:
    """Return inline Markdown without template tags, except in code."""
    if "`" not in source:
        return _TEMPLATE.sub("", source)
    runs: dict[int, list[int]] = {}
    for run in re.finditer("`+", source):
        runs.setdefault(len(run.group()), []).append(run.start())
    kept: list[str] = []
    border = 0
    for found in _TEMPLATE.finditer(source):
        if found.start() < border:
            continue
        kept.append(source[border : found.start()])
        border = found.end()
        if found["code"]:
            starts = runs[len(found["code"])]
            place = bisect_right(starts, found.start())
            if place < len(starts):
                border = starts[place] + len(found["code"])
            kept.append(source[found.start() : border])
    return "".join([*kept, source[border:]])

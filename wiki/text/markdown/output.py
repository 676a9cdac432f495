"""How tokens that need more than their own tag become HTML.

On pages (`env["page"]`), headings that have an anchor get a link beside them, tables can be
scrolled by keyboard, and check boxes, notes and the ways back from notes have names that a screen
reader speaks. Elsewhere the output is what the specifications print.
"""

from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from wiki.text.markdown.links import REL_OUTSIDE, leads_outside

Rule = Callable[[RendererHTML, Sequence[Token], int, OptionsDict, EnvType], str]

_ALIGNED = {"text-align:left": "left", "text-align:right": "right", "text-align:center": "center"}


def install(md: MarkdownIt) -> None:
    """Give `md` the rules of this module."""
    for name, rule in _RULES.items():
        md.add_render_rule(name, rule)


def plain_text_block(text: str) -> str:
    """Return `text` as it was written, for pages that are too much to lay out."""
    whole = text.encode(errors="replace").decode().replace("\0", "\ufffd")
    return f'<div class="plain-text"><pre>{escapeHtml(whole)}</pre></div>\n'


def _heading_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    opening = self.renderToken(tokens, idx, options, env)
    return f'<div class="heading">{opening}' if "words" in tokens[idx].meta else opening


def _heading_close(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    meta = tokens[idx].meta
    closing = self.renderToken(tokens, idx, options, env)
    if "words" not in meta:
        return closing
    name = escapeHtml(f"Link to this section: {meta['words']}")
    address = escapeHtml(meta["anchor"])
    link = f'<a class="permalink" href="#{address}" aria-label="{name}">#</a>'
    return f"{closing.rstrip()}{link}</div>\n"


def _table_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    opening = self.renderToken(tokens, idx, options, env)
    if "page" not in env:
        return opening
    number = env["tables"] = env.get("tables", 0) + 1
    frame = f'<div class="table-scroll" tabindex="0" role="region" aria-label="Table {number}">'
    return f"{frame}\n{opening}"


def _table_close(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    closing = self.renderToken(tokens, idx, options, env)
    return f"{closing}</div>\n" if "page" in env else closing


def _cell_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[idx]
    aligned = _ALIGNED.get(str(token.attrs.pop("style", "")))
    if aligned and "page" in env:
        token.attrs["class"] = f"align-{aligned}"
    elif aligned:
        token.attrs["align"] = aligned
    if "page" in env and token.tag == "th":
        if tokens[idx + 1].content:
            token.attrs["scope"] = "col"
        else:  # an empty heading names no column
            token.tag = tokens[idx + 2].tag = "td"
    return self.renderToken(tokens, idx, options, env)


def _item_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    opening = _list_open(self, tokens, idx, options, env)
    if "checked" not in tokens[idx].meta:
        return opening
    done = tokens[idx].meta["checked"]
    checked = ' checked=""' if done else ""
    name = f' aria-label="{"Done" if done else "Not done"}"' if "page" in env else ""
    return f'{opening}<input{checked} disabled="" type="checkbox"{name}> '


def _note_ref(
    _: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    del options
    number = tokens[idx].meta["id"] + 1
    name = f' aria-label="Note {number}"' if "page" in env else ""
    return (
        f'<sup class="footnote-ref"><a href="#fn{number}" id="fnref{_place(tokens[idx])}"{name}>'
        f"{number}</a></sup>"
    )


def _notes_open(
    _: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    del tokens, idx, options
    name = ' aria-label="Notes"' if "page" in env else ""
    return f'<section class="footnotes"{name}>\n<ol>\n'


def _notes_close(
    _: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    del tokens, idx, options, env
    return "</ol>\n</section>\n"


def _note_open(
    _: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    del options, env
    return f'<li id="fn{tokens[idx].meta["id"] + 1}">\n'


def _note_close(
    _: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    del tokens, idx, options, env
    return "</li>\n"


def _way_back(
    _: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    del options
    number, again = tokens[idx].meta["id"] + 1, tokens[idx].meta["subId"]
    place = f", place {again + 1}" if again else ""
    name = f' aria-label="Back to note {number} in the text{place}"' if "page" in env else ""
    return f' <a href="#fnref{_place(tokens[idx])}" class="footnote-backref"{name}>↩</a>'


def _place(token: Token) -> str:
    number, again = token.meta["id"] + 1, token.meta["subId"]
    return f"{number}-{again + 1}" if again else str(number)


def _link_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[idx]
    if "page" not in env and leads_outside(str(token.attrs.get("href", ""))):
        token.attrs["rel"] = REL_OUTSIDE
    return self.renderToken(tokens, idx, options, env)


def _list_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    if "page" not in env:
        tokens[idx].attrs.pop("class", None)
    return self.renderToken(tokens, idx, options, env)


def _struck(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """Return `s` on pages, where `del` is kept for what a comparison says was deleted."""
    if "page" not in env:
        tokens[idx].tag = "del"
    return self.renderToken(tokens, idx, options, env)


def _written_tag(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """Return a tag of ours for a tag that a writer used; what was written is never copied."""
    token = tokens[idx]
    return self.renderToken(tokens, idx, options, env) if token.tag else ""


def _anchor(
    _: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """Return a place for links to lead to, if the page gave it its id."""
    del options, env
    anchor = tokens[idx].attrs.get("id")
    return f'<span id="{escapeHtml(str(anchor))}"></span>' if anchor else ""


_RULES: dict[str, Rule] = {
    "anchor": _anchor,
    "bullet_list_open": _list_open,
    "footnote_anchor": _way_back,
    "footnote_block_close": _notes_close,
    "footnote_block_open": _notes_open,
    "footnote_close": _note_close,
    "footnote_open": _note_open,
    "footnote_ref": _note_ref,
    "heading_close": _heading_close,
    "heading_open": _heading_open,
    "html_inline": _written_tag,
    "link_open": _link_open,
    "list_item_open": _item_open,
    "ordered_list_open": _list_open,
    "s_close": _struck,
    "s_open": _struck,
    "table_close": _table_close,
    "table_open": _table_open,
    "td_open": _cell_open,
    "th_open": _cell_open,
}

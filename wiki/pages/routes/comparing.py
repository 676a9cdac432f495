"""A comparison made ready to print: its changes as HTML or as written, folds between them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from typing import Any

from flask_babel import gettext, ngettext
from markupsafe import Markup

from wiki.text.comparison import Block, Change, Comparison, Run, Stretch, mark_html
from wiki.text.markdown import to_html

_KINDS = {"keep": "equal", "insert": "insert", "delete": "delete"}
Runs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class View:
    """How a comparison is looked at."""

    is_source: bool = False
    is_beside: bool = False

    @classmethod
    def read(cls, sent: Mapping[str, str]) -> "View":
        """Return the view that an address asks for; anything unknown is the usual one."""
        return cls(sent.get("text") == "written", sent.get("view") == "beside")

    def query(self) -> dict[str, Any]:
        """Return the view as it stands in an address."""
        asked = {"text": "written" if self.is_source else "", "view": "beside" * self.is_beside}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Shown:
    """A change as printed, or (with number 0) a stretch of text that did not change.

    Of a change as written the runs are pairs of kind and text; as read they are empty and the
    HTML stands in `inline`, `before` and `after`.
    """

    number: int = 0
    kind: str = ""
    section: str = ""
    sentence: str = ""
    remark: str = ""
    count: int = 0
    is_folded: bool = False
    inline: Markup = Markup()
    before: Markup = Markup()
    after: Markup = Markup()
    runs: tuple[tuple[str, str], ...] = ()
    runs_before: tuple[tuple[str, str], ...] = ()
    runs_after: tuple[tuple[str, str], ...] = ()


def shown(comparison: Comparison, view: View) -> list[Shown]:
    """Return the comparison in reading order: changes, and unchanged text between them."""
    changes = {change.number: change for change in comparison.changes}
    parts: list[Shown] = []
    for stretch in comparison.stretches:
        for number, blocks in groupby(stretch.blocks, key=lambda block: block.change):
            if number == 0:
                quiet = _unchanged(list(blocks), comparison, view)
                parts.append(replace(quiet, is_folded=stretch.is_folded))
            elif number in changes:
                parts.append(_change(changes.pop(number), comparison, view))
    return parts


def _unchanged(blocks: list[Block], comparison: Comparison, view: View) -> Shown:
    text = ""
    for last, block in pairwise([None, *blocks]):
        side = block.new or block.old if block else None
        if side is None:
            continue
        before = last.new or last.old if last else None
        if before is None:
            text = side.source
        else:
            is_next = side.first_line == before.last_line + 1
            text += ("\n" if is_next else "\n\n") + side.text
    if view.is_source:
        return Shown(count=len(blocks), runs=(("equal", text),))
    return Shown(count=len(blocks), inline=_html(text, comparison.new_definitions))


def _change(change: Change, comparison: Comparison, view: View) -> Shown:
    part = Shown(
        number=change.number,
        kind=change.kind,
        section=change.section.title,
        sentence=_sentence(change),
        remark=_remark(change, comparison),
    )
    if view.is_source:
        runs = _runs(change.blocks)
        return replace(
            part,
            runs=runs,
            runs_before=tuple(run for run in runs if run[0] != "insert"),
            runs_after=tuple(run for run in runs if run[0] != "delete"),
        )
    marked = Markup("").join(_marked(block, comparison) for block in change.blocks)
    return replace(
        part,
        inline=marked,
        before=Markup(_INSERTED.sub("", marked)) if _has_old(change) else Markup(""),  # noqa: S704  # a part of it
        after=Markup(_DELETED.sub("", marked)) if _has_new(change) else Markup(""),  # noqa: S704  # a part of it
    )


def _has_old(change: Change) -> bool:
    return any(block.old for block in change.blocks)


def _has_new(change: Change) -> bool:
    return any(block.new for block in change.blocks)


def _runs(blocks: tuple[Block, ...]) -> tuple[tuple[str, str], ...]:
    runs: list[tuple[str, str]] = []
    for block in blocks:
        if runs:
            runs.append(("equal", "\n"))
        runs += [(_KINDS[run.kind], run.text) for run in block.runs]
    return tuple(runs)


def _marked(block: Block, comparison: Comparison) -> Markup:
    """Return one block as read, with the words that came and went marked."""
    old = _html(block.old.source, comparison.old_definitions) if block.old else ""
    new = _html(block.new.source, comparison.new_definitions) if block.new else ""
    # Both sides are the renderer's own safe HTML, to which only the marks are added.
    return Markup(mark_html(old, new, _marks()))  # noqa: S704


def _html(source: str, definitions: str) -> Markup:
    return Markup(to_html(f"{source}\n\n{definitions}" if definitions else source))  # noqa: S704  # cleaned by nh3


def _sentence(change: Change) -> str:
    """Return like: Changed in Aims, 3 words added, 2 words taken out."""
    place = change.section.title or gettext("the beginning of the page")
    facts = [gettext("In %(section)s", section=place)]
    if change.words_inserted:
        facts.append(ngettext("%(num)s word added", "%(num)s words added", change.words_inserted))
    if change.words_deleted:
        taken = ngettext("%(num)s word taken out", "%(num)s words taken out", change.words_deleted)
        facts.append(taken)
    if change.kind == "formatting":
        facts.append(gettext("no word changed"))
    return ", ".join(facts)


def _remark(change: Change, comparison: Comparison) -> str:
    """Return what cannot be seen in the words: where a paragraph came from, what sort of mark."""
    blocks = {block.number: block for block in comparison.blocks}
    for block in change.blocks:
        if block.status == "moved":
            source = blocks[block.counterpart].section.title
            if source and source != change.section.title:
                return str(gettext("Moved here from %(section)s.", section=source))
            return str(gettext("Moved here from another place in this section."))
    sorts = {
        "marks": gettext("Only the marks of the text changed, such as bold or a list sign."),
        "spacing": gettext("Only spaces or line ends changed."),
        "split": gettext("One paragraph became two; the words are the same."),
        "joined": gettext("Two paragraphs became one; the words are the same."),
    }
    formatting = next((block.formatting for block in change.blocks if block.formatting), "")
    return str(sorts.get(formatting, "")) if change.kind == "formatting" else ""

"""A comparison made ready to print: its changes as HTML or as written, folds between them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from flask_babel import gettext, ngettext
from markupsafe import Markup, escape

from wiki.pages.routes import run_marks
from wiki.pages.routes.run_marks import Credit, Teller
from wiki.pages.routes.wording import as_read
from wiki.text.comparison import Block, Change, Comparison, Marks, Named, Source, mark_html
from wiki.text.comparison.tables import as_groups, with_whole_tables
from wiki.text.markdown import fragment

_HEADING = re.compile(r"<(?P<end>/?)h(?P<level>[1-6])>")
_PERSON = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class View:
    """How a comparison is looked at; `by` is the person whose changes are shown, 0 for all."""

    is_source: bool = False
    is_beside: bool = False
    by: int = 0

    @classmethod
    def read(cls, sent: Mapping[str, str]) -> "View":
        """Return the view that an address asks for; anything unknown is the usual one."""
        by = sent.get("by", "")
        return cls(
            is_source=sent.get("text") == "written",
            is_beside=sent.get("view") == "beside",
            by=int(by) if _PERSON.fullmatch(by) else 0,
        )

    def query(self) -> dict[str, Any]:
        """Return the view as it stands in an address."""
        asked = {
            "text": "written" * self.is_source,
            "view": "beside" * self.is_beside,
            "by": self.by,
        }
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Shown:
    """A change as printed, or (with number 0) a stretch of text that did not change.

    Of a source that is `unseen` no word is marked: it changed marks that only the text as written
    shows.
    """

    number: int = 0
    kind: str = ""
    section: str = ""
    sentence: str = ""
    remark: str = ""
    count: int = 0
    is_folded: bool = False
    inline: Markup = _NOTHING
    before: Markup = _NOTHING
    after: Markup = _NOTHING
    sources: tuple[Source, ...] = ()
    unseen: frozenset[Source] = frozenset()


@dataclass(frozen=True, slots=True)
class Printed:
    """A comparison ready to print; it keeps no text but what is shown."""

    parts: list[Shown]
    changes: int
    sections: int
    is_coarse: bool
    differs_in_spacing_only: bool

    def weight(self) -> int:
        """Return about how many bytes this takes in memory."""
        texts = ((part.inline, part.before, part.after) for part in self.parts)
        return sum(len(text) + 100 for three in texts for text in three)


def printed(comparison: Comparison, view: View, path: str, tell: Teller | None = None) -> Printed:
    """Return the comparison of two revisions of the page at `path`, ready to print.

    Where it names sources, `tell` says in the text who they are.
    """
    return Printed(
        parts=_parts(_Printer(comparison, view, path, tell)),
        changes=len(comparison.changes),
        sections=len(comparison.sections),
        is_coarse=comparison.is_coarse,
        differs_in_spacing_only=comparison.differs_in_spacing_only,
    )


def _parts(printer: "_Printer") -> list[Shown]:
    """Return the comparison in reading order: changes, and unchanged text between them."""
    changes = {change.number: change for change in printer.comparison.changes}
    parts: list[Shown] = []
    for stretch in printer.comparison.stretches:
        for number, blocks in groupby(stretch.blocks, key=lambda block: block.change):
            if number in changes:
                parts.append(printer.change(changes.pop(number)))
            elif number == 0:
                parts += printer.unchanged(list(blocks), is_folded=stretch.is_folded)
    return parts


@dataclass(frozen=True, slots=True)
class _Printer:
    comparison: Comparison
    view: View
    path: str
    tell: Teller | None

    def unchanged(self, blocks: list[Block], *, is_folded: bool) -> list[Shown]:
        """Return the blocks as one part, or none: fields that stand are no text to read."""
        if not self.view.is_source:
            blocks = [block for block in blocks if block.kind != "field"]
        if not blocks:
            return []
        quiet = Shown(count=len(blocks), is_folded=is_folded)
        if self.view.is_source:
            return [replace(quiet, inline=escape(_text_of(blocks)))]
        html = self._html(_text_of(blocks, is_read=True), self.comparison.new_definitions)
        return [replace(quiet, inline=Markup(as_groups(_without_headings(html))))]  # noqa: S704

    def change(self, change: Change) -> Shown:
        """Return the change as one part, its words marked."""
        part = Shown(
            number=change.number,
            kind=change.kind,
            section=_place(change),
            sentence=_sentence(change),
            remark=_remark(change, self.comparison),
            sources=change.sources,
        )
        credit = Credit(change.sources, self.tell)
        olds = [block for block in change.blocks if block.old]
        news = [block for block in change.blocks if block.new]
        if self.view.is_source:
            return replace(
                part,
                inline=run_marks.said_once(credit.written(change.blocks)),
                before=run_marks.said_once(credit.written(olds, "insert")),
                after=run_marks.said_once(credit.written(news, "delete")),
            )
        marked = {block.number: self._marked(block, change, credit) for block in change.blocks}
        inline = run_marks.said_once(_joined(marked.values()))
        seen = run_marks.numbers_in(inline) if len(change.sources) > 1 else frozenset({1})
        before = run_marks.without_inserted(_joined(marked[block.number] for block in olds))
        after = run_marks.without_deleted(_joined(marked[block.number] for block in news))
        return replace(
            part,
            inline=inline,
            before=run_marks.said_once(before),
            after=run_marks.said_once(after),
            unseen=frozenset(
                source for number, source in enumerate(change.sources, 1) if number not in seen
            ),
        )

    def _marked(self, block: Block, change: Change, credit: Credit) -> Markup:
        """Return one block as read, with the words that came and went marked."""
        old, new = self._side(block, is_new=False), self._side(block, is_new=True)
        named: Marks | Named = credit.marks()
        if len(change.sources) > 1:
            known = [run.source for run in block.runs if run.source] or change.sources
            named = Named(block.words, max(known), credit.marks)
        # Both are the renderer's own safe HTML, to which only the marks are added.
        return _without_headings(Markup(mark_html(old, new, named)))  # noqa: S704

    def _side(self, block: Block, *, is_new: bool) -> Markup:
        side = block.new if is_new else block.old
        if side is None:
            return _NOTHING
        definitions = self.comparison.new_definitions if is_new else self.comparison.old_definitions
        return self._html(as_read(block.kind, side.source), definitions)

    def _html(self, source: str, definitions: str) -> Markup:
        text = f"{source}\n\n{definitions}" if definitions else source
        return Markup(fragment(text, path=self.path))  # noqa: S704  # cleaned by nh3


def _text_of(blocks: list[Block], *, is_read: bool = False) -> str:
    """Return the blocks as Markdown, those that stood on neighbouring lines still on such.

    With `is_read` it is Markdown for readers, and each note is a paragraph.
    """
    text = ""
    last: Block | None = None
    for block in blocks:
        side = block.new or block.old
        if side is None:
            continue
        source = side.text if last else side.source
        if last:
            kinds = {last.kind, block.kind}
            is_next = side.first_line == _last_line(last) + 1
            is_apart = is_read and "definition" in kinds
            text += "\n" if is_next and not is_apart else "\n\n"
        text += as_read(block.kind, source) if is_read else source
        last = block
    return text


def _last_line(block: Block) -> int:
    side = block.new or block.old
    return side.last_line if side else 0


def _joined(parts: Iterable[Markup]) -> Markup:
    # Tables are put together from what is safe, and nothing is added.
    return Markup(with_whole_tables(parts))  # noqa: S704


def _without_headings(html: Markup) -> Markup:
    """Return the HTML with headings as paragraphs: those of the page are not of the comparison."""
    return Markup(_HEADING.sub(_as_paragraph, html))  # noqa: S704  # only tags of ours change


def _as_paragraph(tag: re.Match[str]) -> str:
    if tag["end"]:
        return "</p>"
    return f'<p class="compared-heading compared-heading--{tag["level"]}">'


def _place(change: Change) -> str:
    """Return the section in which the change is, or "" before the first one."""
    is_field = change.blocks[0].kind == "field"
    return str(gettext("the fields of the page")) if is_field else change.section.title


def _sentence(change: Change) -> str:
    """Return like: Changed in Aims, 3 words added, 2 words taken out."""
    place = _place(change)
    begins = gettext("In %(section)s", section=place)
    facts = [begins if place else gettext("At the start of the page")]
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

"""The sections of a page and which of them need words; also the page's plain words and summary.

A line scanner, not a parser: importing hundreds of revisions a second leaves no time for parsing.
It knows headings of both kinds, fences, comments and the field block, and agrees with the renderer
on anchors; text in lists and quotes is never taken for a heading.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from wiki.text import frontmatter
from wiki.text.headings import Anchors, plain_words, serves_as_title
from wiki.text.plain import WORD, bare_lines, plain_text, summary

__all__ = ["STUB_WORDS", "Need", "Section", "plain_text", "sections", "summary", "title_of"]

STUB_WORDS = 25
SECTION_LIMIT = 2_000

Need = Literal["empty", "placeholder", "stub"]

_CANDIDATE = re.compile(
    r"^(?:(?P<atx> {0,3}#{1,6}(?:[ \t][^\n]*)?$)"
    r"|(?P<underline> {0,3}(?:=+|-+)[ \t]*$)"
    r"|(?P<fence>[ \t>]*+(?:(?:[-+*]|\d{1,9}[.)])[ \t]++)*+(?:`{3,}[^`\n]*|~{3,}[^\n]*)$)"
    r"|(?P<comment> {0,3}<!--))",
    re.MULTILINE,
)
_FENCE_SIGNS = re.compile(r"`{3,}|~{3,}")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_ENDS_PARAGRAPH = re.compile(r" {0,3}(?:</?[A-Za-z][^>]*>|<!--.*-->|(?:[*_-][ \t]*){3,})\s*$")
_CONTAINER = re.compile(r" {0,3}(?:>|(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$))")
_SHAPED = re.compile(
    r"^[ \t]*+(?:>[ \t]*+)?"
    r"(?:(?:[-+*]|\d{1,9}[.)])[ \t]+\S|\||!\[|```|~~~|: |[^|\n]*+(?<!\\)\|.*\n[ \t]*+:?-)",
    re.MULTILINE,
)
_MARKS = ("TODO", "TO DO", "TBC", "TBD", "TBW", "FIXME", "À COMPLÉTER", "À FAIRE", "A FAIRE")
_MARK = re.compile(rf"\b(?:{'|'.join(_MARKS)})\b")
_PHRASE = re.compile(
    r"\n[ \t>*_\[\]()\\.+-]*(?:(?:(?:text|words|content|more|details|section)[ ])?to be (?:written|"
    r"completed|confirmed|determined|decided|added|done|drafted)|(?:text|content|more|details) to "
    r"(?:follow|come)|coming soon|placeholder(?: text)?|work in progress|tb[cdw]|todo|lorem ipsum"
    r"[^\n]*|(?:contenu )?à (?:compléter|faire|venir|rédiger|déterminer|confirmer|définir)|"
    r"en construction)[ \t>*_\[\]()\\.…!-]*\n",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it.

    `lines[start:end]` of the text's lines (split at line feeds, counted from 0) is the section with
    its subsections; `words` counts its own words only. The part before the first heading has level
    0, no heading and no anchor; the page's title has no anchor either.
    """

    heading: str
    level: int
    anchor: str
    words: int
    start: int
    end: int
    need: Need | None


@dataclass(frozen=True, slots=True)
class _Mark:
    """A heading line: where it starts, and the first line below it."""

    level: int
    words: str
    start: int
    below: int


def sections(text: str, *, title: str | None = None) -> list[Section]:
    """Return the sections of `text` in order, with what each needs.

    `need` is "empty" (no words here nor in a subsection), "placeholder" (a mark such as TODO or
    TBC, or a line such as "to be written"), "stub" (fewer than STUB_WORDS words, no list, table or
    subsection) or None. The part before the first heading is among them only when it is the whole
    page or holds a placeholder. At most the first SECTION_LIMIT headings count. `title` as for
    `wiki.text.markdown.render`.
    """
    front = frontmatter.split(text)
    text = text.replace("\r\n", "\n")
    lines = text.split("\n")
    first = front.source.count("\n")
    marks = list(islice(_marks(text, first), SECTION_LIMIT))
    owns = _own_texts(lines, first, marks)
    counts = [len(own.split()) if WORD.search(own) else 0 for own in owns]
    result: list[Section] = []
    if not marks or _has_placeholder(owns[0]):
        end = marks[0].start if marks else len(lines)
        need = _need(owns[0], lines[first:end], counts[:1])
        result.append(Section("", 0, "", counts[0], first, end, need))
    starts = [*(mark.start for mark in marks), len(lines)]
    anchors = Anchors()
    for index, mark in enumerate(marks):
        opens = index == 0 and not counts[0]
        named = opens and serves_as_title(mark.level, mark.words, title or front.title)
        last = _last_of(marks, index)
        own_lines = lines[mark.below : starts[index + 1]]
        result.append(
            Section(
                heading=mark.words,
                level=mark.level,
                anchor="" if named else anchors.take(mark.words),
                words=counts[index + 1],
                start=mark.start,
                end=starts[last + 1],
                need=_need(owns[index + 1], own_lines, counts[index + 1 : last + 2]),
            )
        )
    return result


def title_of(text: str) -> str | None:
    """Return the title that a page gives itself: its field, else a heading 1 that opens it."""
    front = frontmatter.split(text)
    if front.title:
        return front.title
    body = front.body.replace("\r\n", "\n")
    mark = next(_marks(body, 0), None)
    if mark is None or mark.level != 1:
        return None
    above = "\n".join(body.split("\n")[: mark.start])
    return None if WORD.search(bare_lines(above)) else mark.words or None


def _need(own: str, lines: Sequence[str], counts: Sequence[int]) -> Need | None:
    if _has_placeholder(own):
        return "placeholder"
    if not any(counts):
        shown = _SHAPED.search("\n".join(lines))
        return None if shown else "empty"
    if len(counts) > 1 or counts[0] >= STUB_WORDS or _SHAPED.search("\n".join(lines)):
        return None
    return "stub"


def _has_placeholder(own: str) -> bool:
    marked = any(mark in own for mark in _MARKS) and _MARK.search(own)
    return bool(marked or _PHRASE.search(f"\n{own}\n"))


def _own_texts(lines: Sequence[str], first: int, marks: Sequence[_Mark]) -> list[str]:
    borders = [(first, first), *((mark.start, mark.below) for mark in marks)]
    ends = [*(mark.start for mark in marks), len(lines)]
    return [
        bare_lines("\n".join(lines[below:end]))
        for (_, below), end in zip(borders, ends, strict=True)
    ]


def _last_of(marks: Sequence[_Mark], index: int) -> int:
    level = marks[index].level
    last = index
    while last + 1 < len(marks) and marks[last + 1].level > level:
        last += 1
    return last


def _marks(text: str, first_line: int) -> Iterator[_Mark]:
    """Return the headings at the top level of `text`, from line `first_line` on."""
    counted, line = 0, 0
    for found, border in _heading_lines(text):
        line += text.count("\n", counted, found.start())
        counted = found.start()
        if line < first_line:
            continue
        if found.lastgroup == "atx":
            mark = _atx(found.group(), line)
        else:
            mark = _underlined(text[border : found.start()], found.group(), line)
        if mark.words:
            yield mark


def _heading_lines(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Return lines that may make a heading, outside code and comments, and where text before ends.

    The second part is the end of the last such line, fence or comment above.
    """
    fence, border = "", 0
    last_ending = text.rfind("-->")
    for found in _CANDIDATE.finditer(text):
        if found.start() < border:
            continue
        written = found.group()
        if found.lastgroup == "fence":
            fence = ("" if _closes(written, fence) else fence) if fence else _signs(written)
        elif found.lastgroup == "comment" and not fence:
            if found.end() <= last_ending:
                border = text.find("-->", found.end()) + len("-->")
            continue
        elif not fence:
            yield found, border
        border = found.end()


def _underlined(above: str, underline: str, line: int) -> _Mark:
    """Return the heading that `underline` makes of the text above, without words if it is none."""
    words = _paragraph_at_end(above)
    level = 1 if "=" in underline else 2
    return _Mark(level, plain_words(words), line - words.count("\n") - 1, line + 1)


def _atx(written: str, line: int) -> _Mark:
    plain = written.strip()
    words = plain.lstrip("#")
    level = len(plain) - len(words)
    words = words.strip()
    open_end = words.rstrip("#")
    if not open_end or open_end[-1] in " \t":
        words = open_end
    return _Mark(level, plain_words(words), line, line + 1)


def _signs(written: str) -> str:
    found = _FENCE_SIGNS.search(written)
    return found.group() if found else ""


def _closes(written: str, fence: str) -> bool:
    signs = written.strip(" \t>")
    return signs.startswith(fence) and not signs.strip(fence[0])


def _paragraph_at_end(text: str) -> str:
    """Return the lines of the paragraph with which `text` ends, or "" if it ends otherwise."""
    lines = _BLANK_LINE.split(text)[-1].strip("\n").split("\n")
    for index in range(len(lines) - 1, -1, -1):
        if _ENDS_PARAGRAPH.match(lines[index]):
            lines = lines[index + 1 :]
            break
    if not lines or lines[0].startswith("    ") or any(map(_CONTAINER.match, lines)):
        return ""
    return "\n".join(lines)

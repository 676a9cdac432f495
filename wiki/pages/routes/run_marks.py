"""The marks around inserted and deleted words, and how they say who did it."""

import re
from collections.abc import Callable, Sequence

from flask_babel import gettext
from markupsafe import Markup, escape

from wiki.text.comparison import Block, Marks, Run, Source

# Says who put words in, like: by Ana in revision 3.
Teller = Callable[[Source], str]

_NEXT_LINE = Markup("\n")
_INSERTED = re.compile(r'<ins class="run".*?</ins>', re.DOTALL)
_DELETED = re.compile(r'<del class="run".*?</del>', re.DOTALL)
_NUMBER = re.compile(r'<(?:ins|del) class="run" data-source="(\d+)"')
_SAID_TWICE = re.compile(
    r'<sup class="run__source" aria-hidden="true"><span>(?P<number>\d+)</span></sup>'
    r"(?P<end></(?:ins|del)>)"
    r'(?=\s*<(?:ins|del) class="run" data-source="(?P=number)")'
)


class Credit:
    """How the runs of one change say where they come from: by numbers where there are several."""

    def __init__(self, sources: Sequence[Source] = (), tell: Teller | None = None) -> None:
        self._numbers = {source: number for number, source in enumerate(sources, 1)}
        self._tell = tell if len(sources) > 1 else None
        self._marks: dict[Source | None, Marks] = {}

    def number(self, source: Source | None) -> int:
        """Return the number of the source in its change, 0 where nothing need be said."""
        return self._numbers.get(source, 0) if source and self._tell else 0

    def told(self, source: Source | None) -> str:
        """Return who did it, "" where nothing need be said."""
        return self._tell(source) if source and self._tell else ""

    def marks(self, source: Source | None = None) -> Marks:
        """Return the marks around words of this source."""
        if source not in self._marks:
            self._marks[source] = self._made(source)
        return self._marks[source]

    def _made(self, source: Source | None) -> Marks:
        number, who = self.number(source), self.told(source)
        added = gettext("[added %(who)s: ", who=who) if who else gettext("[added: ")
        taken = gettext("[taken out %(who)s: ", who=who) if who else gettext("[taken out: ")
        said = Markup('<span class="run__said">{}</span>')
        start = Markup(' data-source="{}"').format(number) if number else Markup("")
        end = said.format("]")
        if number:
            shown = Markup('<sup class="run__source" aria-hidden="true"><span>{}</span></sup>')
            end += shown.format(number)
        return Marks(
            insert_start=f'<ins class="run"{start}>{said.format(added)}',
            insert_end=f"{end}</ins>",
            delete_start=f'<del class="run"{start}>{said.format(taken)}',
            delete_end=f"{end}</del>",
        )

    def written(self, blocks: Sequence[Block], without: str = "") -> Markup:
        """Return the blocks as written, the runs of one kind left out and the others marked."""
        return _NEXT_LINE.join(
            Markup("").join(self._run(run) for run in block.runs if run.kind != without)
            for block in blocks
        )

    def _run(self, run: Run) -> Markup:
        if run.kind == "keep":
            return escape(run.text)
        # The end of a line is nobody's words, and the number stands before it.
        marks = self.marks(None if run.text.isspace() else run.source)
        words = escape(run.text.removesuffix("\n"))
        line_end = "\n" if run.text.endswith("\n") else ""
        around = (
            (marks.insert_start, marks.insert_end)
            if run.kind == "insert"
            else (marks.delete_start, marks.delete_end)
        )
        return Markup(f"{around[0]}{words}{around[1]}{line_end}")  # noqa: S704  # ours around escaped words


def said_once(html: Markup) -> Markup:
    """Return marked words with the number of their source only after the last of neighbours."""
    return Markup(_SAID_TWICE.sub(r"\g<end>", str(html)))  # noqa: S704  # less of what is safe is safe


def numbers_in(html: Markup) -> frozenset[int]:
    """Return the numbers of the sources whose words are marked here."""
    return frozenset(map(int, _NUMBER.findall(html)))


def without_inserted(html: Markup) -> Markup:
    """Return marked words as they stood before; none of our marks stands inside another."""
    return Markup(_INSERTED.sub("", html))  # noqa: S704  # each mark is taken out whole


def without_deleted(html: Markup) -> Markup:
    """Return marked words as they stand after."""
    return Markup(_DELETED.sub("", html))  # noqa: S704  # each mark is taken out whole

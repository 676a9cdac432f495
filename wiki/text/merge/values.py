"""What a merge answers: the merged text, or rows in which both sides stand where they clash."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Incoming:
    """Lines of a merged text that hold a change of theirs which mine did not have.

    Counted from 0, `end` exclusive. Where they took whole lines out, `start` and `end` are both the
    line before which those stood.
    """

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Merged:
    """One text with the changes of both sides; `incoming` is empty if theirs added nothing."""

    text: str
    incoming: tuple[Incoming, ...]


@dataclass(frozen=True, slots=True)
class Same:
    """Whole lines without a clash: `text` has the changes of both, the others are the sides."""

    text: str
    base: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Options:
    """What lines with a clash may become: equal, but for the words that clash.

    All that clashes with nothing is merged in each; where it clashes they have the words of theirs,
    of mine or, to see what each of these changed, of the base.
    """

    base: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Whole lines that hold a clash, as each side has them, and what there is to choose.

    `places` is where in their base stands what clashes, ends exclusive.
    """

    base: str
    theirs: str
    mine: str
    options: Options
    places: tuple[tuple[int, int], ...]


Row = Same | Choice


@dataclass(frozen=True, slots=True)
class Clash:
    """The whole text as rows of whole lines, Same and Choice in turn, at least one a Choice."""

    rows: tuple[Row, ...]

    @property
    def base(self) -> str:
        """Return the text that both sides started from."""
        return "".join(row.base for row in self.rows)

    @property
    def theirs(self) -> str:
        """Return the text of the other side."""
        return "".join(row.theirs for row in self.rows)

    @property
    def mine(self) -> str:
        """Return the text of this side."""
        return "".join(row.mine for row in self.rows)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Return only the rows that clash, in order."""
        return tuple(row for row in self.rows if isinstance(row, Choice))

    def resolved(self, picks: Sequence[str]) -> str:
        """Return the text with a picked text, in order, in the place of each choice.

        A pick that does not end its last line gets a line end if more text follows. Raises
        ValueError unless there are as many picks as choices.
        """
        if len(picks) != len(self.choices):
            raise ValueError(f"{len(picks)} picks for {len(self.choices)} choices")
        return "".join(self._resolved(picks))

    def _resolved(self, picks: Sequence[str]) -> Iterator[str]:
        waiting = iter(picks)
        open_line = ""
        for row in self.rows:
            text = row.text if isinstance(row, Same) else next(waiting)
            if text:
                yield open_line + text
                open_line = "" if text.endswith("\n") else _line_end(text, self.base)


def _line_end(text: str, base: str) -> str:
    return "\r\n" if "\r\n" in base and "\n" not in text.replace("\r\n", "") else "\n"

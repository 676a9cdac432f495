"""What a page may cost: size, nesting, tables and time, each with the sentence shown when passed.

A cap on size alone is not enough: a table of 2,000 columns takes seconds from 14 kB. Columns, cells
and nesting are counted while parsing; whatever else is slow (known: runs of brackets, references
and delimiters) meets a limit of processor time, looked at every few dozen steps. It is the time of
this thread, not of the clock on the wall, so that a busy machine refuses no page. This is why a
module of pure text may import `time`: no result depends on it, only whether there is one.
"""

import time

SIZE_LIMIT = 500_000
NESTING_LIMIT = 40
COLUMN_LIMIT = 100
CELL_LIMIT = 10_000
RUN_LIMIT = 2_000
SIGN_LIMIT = 60_000
SECONDS_LIMIT = 0.6

_STEPS_BETWEEN_LOOKS = 50
_ENDING = "so the page is shown as plain text."

SIZE_SENTENCE = f"This page is longer than 500 kB, {_ENDING} Split it into several pages."
NESTING_SENTENCE = (
    f"Lists or quotations lie more than {NESTING_LIMIT // 2} levels inside each other, {_ENDING} "
    "Bring them nearer to the margin."
)
COLUMN_SENTENCE = (
    f"A table has more than {COLUMN_LIMIT} columns, {_ENDING} "
    "Split the table, or attach it as a spreadsheet."
)
CELL_SENTENCE = (
    f"The tables have more than {CELL_LIMIT:,} cells together, {_ENDING} "
    "Move some to another page, or attach them as a spreadsheet."
)
RUN_SENTENCE = (
    f"More than {RUN_LIMIT:,} stars, underscores or tildes stand in one row, {_ENDING} "
    "Shorten that row."
)
SECONDS_SENTENCE = (
    f"This page takes too long to lay out, {_ENDING} "
    "Split it, or make its longest list, table or paragraph simpler."
)


class TooMuch(Exception):
    """A limit was passed; the words of the error are for people."""


class Work:
    """How much one rendering may still cost. Lives as long as that rendering."""

    __slots__ = ("_cells", "_left", "_until", "columns")

    def __init__(self, seconds: float = SECONDS_LIMIT) -> None:
        self.columns = 0
        self._cells = 0
        self._left = _STEPS_BETWEEN_LOOKS
        self._until = time.thread_time() + seconds

    def step(self) -> None:
        """Count one step of a parser; now and then look at the time. Raises TooMuch."""
        self._left -= 1
        if self._left < 0:
            self.look()

    def look(self) -> None:
        """Look at the time now. Raises TooMuch."""
        self._left = _STEPS_BETWEEN_LOOKS
        if time.thread_time() > self._until:
            raise TooMuch(SECONDS_SENTENCE)

    def row(self) -> None:
        """Count one row of a table with `columns` cells. Raises TooMuch."""
        self._cells += self.columns
        if self._cells > CELL_LIMIT:
            raise TooMuch(CELL_SENTENCE)


def whole(text: str) -> str:
    """Return `text` without the halves of characters that no encoding can write. Raises TooMuch."""
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        text = text.encode(errors="replace").decode()
        size = len(text.encode())
    if size > SIZE_LIMIT:
        raise TooMuch(SIZE_SENTENCE)
    if any(sign * RUN_LIMIT in text for sign in "*_~"):
        raise TooMuch(RUN_SENTENCE)
    if sum(map(text.count, '&<>"')) > SIGN_LIMIT:  # each costs the cleaner six microseconds
        raise TooMuch(SECONDS_SENTENCE)
    return text

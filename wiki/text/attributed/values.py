"""What is known about the runs of a page, and how they are to look."""

from dataclasses import dataclass
from typing import Protocol


class Authored(Protocol):
    """A stretch of a page's source and the origin of its words; `Span` of authorship is one."""

    @property
    def text(self) -> str:
        """The stretch as written."""

    @property
    def origin(self) -> int:
        """Where its words came from."""


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words of one origin in the rendered page.

    `index` counts from 1, `words` as `wiki.text.tokens.words` does; `opening` are the first words
    as plain text, with "…" where more follow.
    """

    index: int
    origin: int
    words: int
    opening: str


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a run in one text node: from `start` to `end` of the HTML.

    `number_at` is where a link may stand that follows it: behind the link that it is in, if any.
    `block` is the element of the page, counted at the outermost level, that it is in.
    """

    run: int
    start: int
    end: int
    number_at: int
    block: int


@dataclass(frozen=True, slots=True)
class Attributed:
    """A rendered page, its runs in order, and the pieces of HTML that they are made of."""

    html: str
    runs: tuple[Run, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """How the words of one origin are shown.

    `look` is a class such as `series-3`; `slot` the number of the author (or step of age) in the
    legend, and `label` that of the note, such as "3.2". Chosen words stand out from all others.
    """

    look: str
    slot: int
    label: str
    is_chosen: bool = False

    @property
    def note(self) -> str:
        """The id of the note about these words."""
        return f"by-{self.label.replace('.', '-')}"

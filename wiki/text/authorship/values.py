"""What goes into the authorship of a page and what comes out of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol


class Run(NamedTuple):
    """So many words in a row that came with one origin."""

    length: int
    origin: int


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text by one origin."""

    text: str
    origin: int


@dataclass(frozen=True, slots=True)
class Credit:
    """A passage that a save takes in for somebody else, and the origin that it is owed to."""

    text: str
    origin: int


@dataclass(frozen=True, slots=True)
class Head:
    """Who wrote the newest text of a page: words in each block, and runs over all its words.

    The text itself is kept elsewhere. `latest` is the origin that brought the text as it is; it
    owns a text that has no words. `remembered` counts what lies in the page's memory.
    """

    sizes: tuple[int, ...] = (0,)
    runs: tuple[Run, ...] = ()
    latest: int = 0
    remembered: int = 0


class Memory(Protocol):
    """What a page once held and holds no more: packed drawers, numbered from 0."""

    def drawers(self, numbers: Collection[int]) -> Mapping[int, bytes]:
        """Return the drawers there are of these numbers. Asked a few times a save, at most."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one save did: the new head, the drawers to put into memory, and the words that moved.

    A drawer replaces the one of its number. Words are counted as `word_count` counts them: those
    written anew by this save, and by origin those that it removed, brought back from memory, and
    took in for somebody else. Coarse says that a limit was met, so that more words may count as
    new than were.
    """

    head: Head
    drawers: Mapping[int, bytes] = field(default_factory=dict)
    written: int = 0
    removed: Mapping[int, int] = field(default_factory=dict)
    restored: Mapping[int, int] = field(default_factory=dict)
    credited: Mapping[int, int] = field(default_factory=dict)
    is_coarse: bool = False

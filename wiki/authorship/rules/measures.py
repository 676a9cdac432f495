"""What is counted of the work of one person, or of several together, on a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Counts of words and edits; `standing` are the words that are still in the text.

    `added` and `removed` leave out edits that were taken back and those that took them back.
    """

    standing: int = 0
    written: int = 0
    revisions: int = 0
    sittings: int = 0
    minor: int = 0
    added: int = 0
    removed: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None

    @property
    def surviving(self) -> float | None:
        """Return how many per cent of the words written still stand, None where none were."""
        if self.written <= 0:
            return None
        return min(100.0, round(100 * self.standing / self.written, 1))


def together(parts: Iterable[Measures]) -> Measures:
    """Return the sums of all parts, from the earliest edit to the latest."""
    known = list(parts)
    firsts = [part.first_at for part in known if part.first_at is not None]
    lasts = [part.last_at for part in known if part.last_at is not None]
    return Measures(
        standing=sum(part.standing for part in known),
        written=sum(part.written for part in known),
        revisions=sum(part.revisions for part in known),
        sittings=sum(part.sittings for part in known),
        minor=sum(part.minor for part in known),
        added=sum(part.added for part in known),
        removed=sum(part.removed for part in known),
        first_at=min(firsts, default=None),
        last_at=max(lasts, default=None),
    )

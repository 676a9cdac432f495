"""Going through the revisions of a page one after another, each with what it did to the words."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy.orm import Session

from wiki.authorship.queries import state
from wiki.authorship.queries.state import Saved
from wiki.authorship.rules.origins import origin_of
from wiki.pages.queries.texts import texts_of
from wiki.text.authorship import Head, Step, follow

_EMPTY = Head()
EMPTY_SHA = hashlib.sha256(b"").digest()
# Texts that are held at once; a chain of texts is as long.
_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Point:
    """Where somebody stands who goes through the revisions of a page: 0 is before the first."""

    number: int = 0
    head: Head = _EMPTY
    text_sha: bytes = EMPTY_SHA


class Passed(NamedTuple):
    """A revision that was passed; no step where it left the text as it was."""

    saved: Saved
    before: str
    text: str
    step: Step | None
    point: Point


class PageMemory:
    """What a page remembers: drawers of the database, and those that changed on the way.

    Whoever begins at revision 1 finds all on the way.
    """

    def __init__(self, session: Session, page_id: int, *, is_new: bool) -> None:
        self._session, self._page_id, self._is_new = session, page_id, is_new
        self.changed: dict[int, bytes] = {}

    def drawers(self, numbers: Collection[int]) -> Mapping[int, bytes]:
        """Return the drawers there are of these numbers."""
        found = {one: self.changed[one] for one in numbers if one in self.changed}
        unknown = [] if self._is_new else [one for one in numbers if one not in found]
        return found | (state.drawers(self._session, self._page_id, unknown) if unknown else {})


def passed(
    session: Session, start: Point, revisions: Sequence[Saved], memory: PageMemory
) -> Iterator[Passed]:
    """Yield the revisions of one page, which follow upon `start` without a gap."""
    at, text = start, ""
    for first in range(0, len(revisions), _AT_ONCE):
        some = revisions[first : first + _AT_ONCE]
        texts = _texts(session, at.text_sha, some)
        text = texts.get(at.text_sha, text)
        for saved in some:
            before, step = text, None
            if saved.text_sha != at.text_sha:
                text = texts[saved.text_sha]
                origin = origin_of(saved.number)
                step = follow(at.head, before, text, origin, memory, saved.credits)
                memory.changed.update(step.drawers)
            at = Point(saved.number, step.head if step else at.head, saved.text_sha)
            yield Passed(saved, before, text, step, at)


def _texts(session: Session, sha: bytes, revisions: Sequence[Saved]) -> dict[bytes, str]:
    """Return the texts that are needed to tell what these revisions did to the text `sha`."""
    shas = [sha, *(one.text_sha for one in revisions)]
    needed = {sha for pair in pairwise(shas) if pair[0] != pair[1] for sha in pair}
    known = {EMPTY_SHA: ""} if EMPTY_SHA in needed else {}
    # In the order of the revisions, as each helps to unpack the next.
    return known | texts_of(
        session, [one for one in dict.fromkeys(shas) if one in needed - {EMPTY_SHA}]
    )

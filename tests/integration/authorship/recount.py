"""The figures of a page counted once more, slowly and obviously, from its texts and revisions.

Nothing is taken from the tables of authorship. All texts are followed anew by the pure engine, and
at each revision the words are counted one by one where they stand.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate

from sqlalchemy.orm import Session

from tests.integration.authorship.lives import revisions
from wiki.authorship.rules.ledger import entries
from wiki.pages.models import Revision
from wiki.pages.queries.texts import texts_of
from wiki.text import frontmatter
from wiki.text.authorship import Head, PlainMemory, Span, follow, spans, standing
from wiki.text.tokens import counted_places

RADIUS = 15


@dataclass
class Count:
    """The figures of one person."""

    standing: int = 0
    written: int = 0
    added: int = 0
    removed: int = 0
    minor: int = 0
    sittings: set[int] = field(default_factory=set)
    moments: list[datetime] = field(default_factory=list)

    def told(self) -> tuple[object, ...]:
        """Return the figures to compare."""
        return (
            *(self.standing, self.written, self.added, self.removed),
            *(len(self.moments), len(self.sittings), self.minor),
            *(min(self.moments, default=None), max(self.moments, default=None)),
        )


def words_by_origin(text: str, spans: list[Span]) -> Counter[int]:
    """Return how many counted words of the text came with each text, by its place."""
    body = frontmatter.split(text).body
    ends = list(accumulate(len(span.text) for span in spans))
    words: Counter[int] = Counter()
    for place in counted_places(body):
        at = bisect_right(ends, len(text) - len(body) + place)
        words[spans[at].origin] += 1
    return words


def recounted(
    session: Session,
    page_id: int,
    number: int,
    since: datetime | None = None,
    until: datetime | None = None,
) -> dict[int, tuple[object, ...]]:
    """Return the figures of everybody who did anything, by the number of the person."""
    made = [one for one in revisions(session, page_id) if one.number <= number]
    stored = texts_of(session, {one.text_sha for one in made})
    texts = [stored[one.text_sha] for one in made]
    gone = came_to_nothing(texts)
    people: dict[int, Count] = defaultdict(Count)

    def is_in(revision: Revision) -> bool:
        after = since is None or revision.made_at >= since
        return after and (until is None or revision.made_at < until)

    before: Counter[int] = Counter()
    for at, (revision, (now, removed)) in enumerate(zip(made, followed(texts), strict=True)):
        if is_in(revision):
            count = people[revision.author_id]
            count.moments.append(revision.made_at)
            count.sittings.add(revision.sitting)
            count.minor += revision.is_minor
            count.written += now[at]
            if at not in gone:
                count.added += now[at]
                count.removed += removed
        before = now
    for at, words in before.items():
        if is_in(made[at]):
            people[made[at].author_id].standing += words
    return {person_id: count.told() for person_id, count in people.items()}


def followed(texts: list[str]) -> Iterator[tuple[Counter[int], int]]:
    """Give after each text the words standing by origin, and how many words it took out.

    Those may be more than are missing: a word may go while another of its author comes back.
    """
    head, last, memory = Head(), "", PlainMemory()
    for at, text in enumerate(texts):
        step = follow(head, last, text, at, memory)
        memory.keep(step.drawers)
        before, after = standing(head, last), standing(step.head, text)
        removed = sum(entry.removed for entry in entries(step, at, before, after).values())
        yield words_by_origin(text, spans(step.head, text)), removed
        head, last = step.head, text


def came_to_nothing(texts: list[str]) -> set[int]:
    """Return which texts a later one took back within fifteen, and those that did."""
    gone: set[int] = set()
    for at, text in enumerate(texts):
        same = [earlier for earlier in range(at) if texts[earlier] == text]
        if same and 2 <= at - same[-1] <= RADIUS + 1:
            gone |= set(range(same[-1] + 1, at + 1))
    return gone

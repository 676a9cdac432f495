"""Whose words a page consists of at a revision, as far as whoever asks may be told."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from wiki.authorship.queries.contributors import Asking
from wiki.authorship.queries.counting import rows
from wiki.authorship.queries.spans import Written, spans_at
from wiki.authorship.queries.sums import Scope
from wiki.authorship.rules.figures import Row, View, names_authors
from wiki.authorship.rules.report import Shown, report
from wiki.authorship.rules.telling import numbered
from wiki.pages.queries import history
from wiki.pages.queries.history import Line
from wiki.pages.queries.reading import ReadPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A page cut by who wrote it.

    `lines` are those of its contributors, in their order. `numbers` has for each origin the number
    of its line, from 1; origins of which nothing may be told are left out. `saved` has the
    revisions that brought the others, `authors` the people who may be named as their authors.
    """

    page: ReadPage
    view: View
    lines: tuple[Shown, ...]
    written: Written
    numbers: Mapping[int, int]
    saved: Mapping[int, Line]
    authors: Mapping[int, Row]

    def line_of(self, origin: int) -> Shown:
        """Return the line that holds the words of this origin; raise KeyError where none may."""
        return self.lines[self.numbers[origin] - 1]

    def saved_with(self, origin: int) -> Line:
        """Return the revision that brought the words of this origin."""
        return self.saved[self.written.origins[origin].number]


def attribution(session: Session, page: ReadPage, asking: Asking) -> Attribution:
    """Return whose words the page consisted of at this revision, as may be told to who asks."""
    scope = Scope(page_id=page.page_id, number=page.number, is_head=page.is_head)
    found = rows(session, scope, counts_imports=asking.counts_imports)
    shown = report(found, asking.level, asking.who)
    written = spans_at(session, page.page_id, page.number)
    credited = {origin: (one.person_id, one.is_imported) for origin, one in written.origins.items()}
    numbers = numbered(credited, found, [one.line for one in shown.lines])
    people = {row.person_id: row for row in found if row.source == "person"}
    may_name = names_authors(asking.level, asking.who)
    return Attribution(
        page=page,
        view=shown.view,
        lines=shown.lines,
        written=written,
        numbers=numbers,
        saved=history.lines(
            session, page.page_id, {written.origins[origin].number for origin in numbers}
        ),
        authors={
            origin: people[person_id]
            for origin, (person_id, _) in credited.items()
            if may_name and origin in numbers and person_id in people
        },
    )

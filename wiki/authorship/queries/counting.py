"""What each person did on a page; whose names may be shown is not decided here.

Of a stretch of time words count that were written in it, and as standing those of them that stand
at the revision looked at.
"""

from collections import defaultdict
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.authorship.models import AuthorshipTotal as Total
from wiki.authorship.queries import sums
from wiki.authorship.queries.sums import Key, Scope
from wiki.authorship.rules.figures import Row, Source
from wiki.authorship.rules.measures import Measures, together
from wiki.authorship.rules.taken_back import taken_back
from wiki.pages.models import Revision
from wiki.people.models import Person, Team


def rows(session: Session, scope: Scope, *, counts_imports: bool) -> list[Row]:
    """Return what everybody did who did anything in the scope, the most words standing first."""
    counted = sums.kept(session, scope) if scope.is_whole else sums.made(session, scope)
    counted = _credited(session, scope, counted)
    people = {row[0]: row for row in session.execute(_people(scope.page_id))}
    made: dict[tuple[int, Source], list[Measures]] = defaultdict(list)
    for (person_id, is_imported), measures in counted.items():
        if measures != Measures():
            is_program = people[person_id].is_program
            is_apart = is_imported and not counts_imports
            source: Source = "program" if is_program else "import" if is_apart else "person"
            made[person_id, source].append(measures)
    found = [
        Row(
            person_id=person_id,
            name=people[person_id].name,
            measures=together(parts),
            team_id=people[person_id].team_id,
            team=people[person_id].team or "",
            state=people[person_id].state,
            source=source,
        )
        for (person_id, source), parts in made.items()
    ]
    return sorted(found, key=lambda row: (-row.measures.standing, row.name.casefold(), row.key))


def _credited(session: Session, scope: Scope, counted: dict[Key, Measures]) -> dict[Key, Measures]:
    """Return the same with nothing added or removed by work that was taken back."""
    query = _repeated_texts(scope.page_id, scope.number)
    gone = taken_back([(row[0], row[1]) for row in session.execute(query)])
    credited = dict(counted)
    for key, added, removed in sums.of_revisions(session, scope, gone):
        before = credited[key]
        credited[key] = replace(
            before, added=before.added - added, removed=before.removed - removed
        )
    return credited


def _repeated_texts(page_id: int, number: int) -> sa.Select[int, bytes]:
    """Return the revisions up to `number` whose text the page had more than once."""
    of_page = (Revision.page_id == page_id, Revision.number <= number)
    repeated = (
        sa.select(Revision.text_sha)
        .where(*of_page)
        .group_by(Revision.text_sha)
        .having(sa.func.count() > 1)
    )
    return (
        sa.select(Revision.number, Revision.text_sha)
        .where(*of_page, Revision.text_sha.in_(repeated))
        .order_by(Revision.number)
    )


def _people(page_id: int) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Person.id,
            Person.name,
            Person.team_id,
            Team.name.label("team"),
            Person.state,
            Person.is_program,
        )
        .outerjoin(Team, Team.id == Person.team_id)
        .where(Person.id.in_(sa.select(Total.person_id).where(Total.page_id == page_id)))
    )

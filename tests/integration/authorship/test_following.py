"""Every save is followed: what is kept is what the texts say, at every revision."""

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.integration.authorship.lives import live, revisions, text_at
from wiki.authorship.models import AuthorshipLedger, AuthorshipTotal
from wiki.authorship.queries.spans import spans_at, standing_at
from wiki.authorship.service import differences, rebuild_page
from wiki.pages.models import Page
from wiki.storage.engine import Database
from wiki.text.authorship import replay

SEEDS = (1, 2, 3)
LENGTH = 43  # past two whole states
TABLES = ("state", "past", "memory", "ledger", "total")


@pytest.fixture(params=SEEDS)
def page_id(database: Database, request: pytest.FixtureRequest) -> int:
    """Return a page after an eventful life."""
    return live(database, request.param, LENGTH)


def kept(session: Session) -> dict[str, list[Any]]:
    """Return every row that is kept of authorship."""
    return {
        name: sorted(session.execute(sa.text(f"SELECT * FROM authorship_{name}")).all(), key=repr)  # noqa: S608  # our own names
        for name in TABLES
    }


def test_what_is_kept_after_every_save_is_what_a_rebuild_makes(
    database: Database, page_id: int
) -> None:
    with database.reading() as session:
        before = kept(session)
        path = session.get_one(Page, page_id).path
        assert differences(session, page_id) == []
    assert all(before.values())
    assert rebuild_page(database, path) == LENGTH
    with database.reading() as session:
        assert kept(session) == before


def test_the_words_of_the_ledger_are_those_of_the_page_at_every_revision(
    database: Database, page_id: int
) -> None:
    with database.reading() as session:
        rows = session.scalars(sa.select(AuthorshipLedger)).all()
        words: Counter[int] = Counter()
        for revision in revisions(session, page_id):
            for row in rows:
                if row.number == revision.number:
                    words[row.origin] += row.added - row.removed
            assert words.total() == revision.words
            assert +words == standing_at(session, page_id, revision.number) == words + Counter()


def test_an_earlier_revision_reads_as_if_the_page_had_ended_there(
    database: Database, page_id: int
) -> None:
    with database.reading() as session:
        texts: list[str] = []
        numbers: list[int] = []
        for revision in revisions(session, page_id):
            text = text_at(session, page_id, revision.number)
            if text != (texts[-1] if texts else ""):
                texts.append(text)
                numbers.append(revision.number)
            found = spans_at(session, page_id, revision.number)
            told = [(span.text, found.origins[span.origin].number) for span in found.spans]
            assert told == [(span.text, numbers[span.origin]) for span in replay(texts)]
            assert sum(found.standing_by_person().values()) == revision.words


def test_the_totals_are_the_sums_of_ledger_and_revisions(database: Database, page_id: int) -> None:
    with database.reading() as session:
        made = revisions(session, page_id)
        author = {one.number: one.author_id for one in made}
        sums: dict[int, Counter[str]] = defaultdict(Counter)
        moments: dict[int, list[datetime]] = defaultdict(list)
        for one in made:
            sums[one.author_id] += Counter(
                revisions=1, minor=int(one.is_minor), sittings=int(one.sitting == one.number)
            )
            moments[one.author_id].append(one.made_at)
        for row in session.scalars(sa.select(AuthorshipLedger)):
            actor, owner = sums[author[row.number]], sums[row.person_id]
            is_new = row.origin // 16 == row.number
            owner["written" if is_new else "brought_back"] += row.added
            actor["restored"] += 0 if is_new else row.added
            is_own = author[row.number] == row.person_id
            owner["removed_own" if is_own else "removed_by_others"] += row.removed
            actor["removed_of_others"] += 0 if is_own else row.removed
        totals = session.scalars(sa.select(AuthorshipTotal)).all()
        for total in totals:
            counted = sums[total.person_id]
            assert {name: getattr(total, name) for name in counted} == counted
            removed = counted["removed_own"] + counted["removed_by_others"]
            standing = counted["written"] + counted["brought_back"] - removed
            assert total.standing == standing
            own = moments[total.person_id]
            assert (total.first_at, total.last_at) == (min(own), max(own))
        assert {total.person_id for total in totals} == sums.keys()
        assert sum(total.standing for total in totals) == made[-1].words

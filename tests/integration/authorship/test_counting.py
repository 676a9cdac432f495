"""Every figure of a page agrees with a slow and obvious program that counts the texts."""

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from tests import make
from tests.integration.authorship.lives import live, revisions
from tests.integration.authorship.recount import came_to_nothing, recounted
from tests.shared_data import shared_data
from wiki.authorship.models import AuthorshipLedger
from wiki.authorship.queries import overview, sums
from wiki.authorship.queries.counting import rows
from wiki.authorship.queries.sums import Scope
from wiki.authorship.rules.figures import Row
from wiki.authorship.rules.origins import origin_of
from wiki.authorship.rules.report import report
from wiki.authorship.rules.taken_back import taken_back
from wiki.authorship.service import ensure
from wiki.pages.models import Page
from wiki.people.rules.rights import Who
from wiki.storage.engine import Database
from wiki.transfer.service import Wanted, import_git

LENGTH = 26
ADMIN = Who(None, "admin", None)


def told(found: list[Row]) -> dict[int, tuple[object, ...]]:
    """Return the figures by person, as the slow program gives them."""
    return {
        row.person_id: (
            *(row.measures.standing, row.measures.written),
            *(row.measures.added, row.measures.removed),
            *(row.measures.revisions, row.measures.sittings, row.measures.minor),
            *(row.measures.first_at, row.measures.last_at),
        )
        for row in found
    }


def counted(session: Session, scope: Scope) -> dict[int, tuple[object, ...]]:
    return told(rows(session, scope, counts_imports=True))


@pytest.mark.parametrize("seed", [11, 12])
def test_figures_are_those_of_the_texts_now_then_and_in_between(
    database: Database, seed: int
) -> None:
    page_id = live(database, seed, LENGTH)
    dice = random.Random(seed)  # noqa: S311  # no secret
    with database.reading() as session:
        moments = [one.made_at for one in revisions(session, page_id)]
        now = counted(session, Scope(page_id, LENGTH))
        assert now == recounted(session, page_id, LENGTH)
        # What is kept, and what is made from the ledger, are the same.
        assert counted(session, Scope(page_id, LENGTH, is_head=False)) == now
        for number in (1, 2, dice.randint(3, LENGTH - 1)):
            then = counted(session, Scope(page_id, number, is_head=False))
            assert then == recounted(session, page_id, number)
        since, until = sorted(dice.sample(moments, 2))
        between = Scope(page_id, LENGTH, since=since, until=until)
        assert counted(session, between) == recounted(session, page_id, LENGTH, since, until)


@pytest.mark.parametrize("slot", [0, 7, 8, 15])
def test_words_of_every_slot_were_written_in_the_revision_that_brought_them(
    database: Database, slot: int
) -> None:
    with database.begin() as session:
        page = make.page(session, text="")
        who = make.person(session)
        make.revision(session, page, "Four words are here")
        origin = origin_of(1, slot)
        session.add(
            AuthorshipLedger(
                page_id=page.id, number=1, origin=origin, person_id=who.id, added=4, removed=0
            )
        )
        session.flush()
        found = sums.made(session, Scope(page.id, 1, is_head=False))
    assert (found[who.id, False].written, found[who.id, False].standing) == (4, 4)


@pytest.mark.parametrize("seed", [21])
def test_shares_make_a_hundred_at_every_revision(database: Database, seed: int) -> None:
    page_id = live(database, seed, LENGTH)
    with database.reading() as session:
        for revision in revisions(session, page_id):
            scope = Scope(page_id, revision.number, is_head=revision.number == LENGTH)
            found = rows(session, scope, counts_imports=True)
            assert sum(row.measures.standing for row in found) == revision.words
            shown = report(found, "members", ADMIN).lines
            tenths = sum(round(one.share * 10) for one in shown)
            assert tenths == (1000 if revision.words else 0)


def test_figures_of_real_pages_are_those_of_their_texts(database: Database) -> None:
    if not database.is_sqlite:
        pytest.skip("the slow program takes long, and the ledger is the same on both")
    bundle = shared_data("playbook.bundle", checks="figures of real pages")
    import_git(database, Wanted(source=str(bundle)), now=make.NOON, progress=lambda *_: None)
    with database.reading() as session:
        pages = session.query(Page).where(Page.path.startswith("en"), Page.deleted_at.is_(None))
        english = sorted(pages, key=lambda page: page.head_number)
    ensure(database, [page.id for page in english])
    assert len(english) > 5
    with database.reading() as session:
        for page in english:
            now = counted(session, Scope(page.id, page.head_number))
            assert now == recounted(session, page.id, page.head_number), page.path


def test_what_was_taken_back_counts_for_nobody(database: Database) -> None:
    with database.begin() as session:
        ana, ben, eve = (make.person(session, name=name) for name in ("Ana", "Ben", "Eve"))
        page = make.page(session, text="one two three", author=ana)
        make.revision(session, page, "nonsense all over here", author=eve)
        make.revision(session, page, "one two three", author=ben)
        make.revision(session, page, "one two three four", author=ben)
    ensure(database, [page.id])
    with database.reading() as session:
        found = {
            row.name: row.measures for row in rows(session, Scope(page.id, 4), counts_imports=True)
        }
    assert (found["Ana"].standing, found["Ana"].added, found["Ana"].removed) == (3, 3, 0)
    assert (found["Ben"].standing, found["Ben"].added, found["Ben"].removed) == (1, 1, 0)
    assert (found["Eve"].written, found["Eve"].added, found["Eve"].removed) == (4, 0, 0)
    assert found["Eve"].surviving == 0.0


def test_taking_back_is_seen_within_fifteen_revisions_only() -> None:
    near = [b"a", *(bytes([n]) for n in range(15)), b"a"]
    far = [b"a", *(bytes([n]) for n in range(16)), b"a"]
    same = [b"a", b"a", b"a"]
    for texts, wanted in ((near, set(range(1, 17))), (far, set()), (same, set())):
        assert taken_back(enumerate(texts)) == wanted
        assert came_to_nothing([text.decode("latin-1") for text in texts]) == wanted


def test_programs_and_imports_stand_apart(database: Database) -> None:
    with database.begin() as session:
        ana, bot = make.person(session, name="Ana"), make.person(session, is_program=True)
        page = make.page(session, text="old words here", author=ana, is_imported=True)
        make.revision(session, page, "old words here and new", author=ana)
        make.revision(session, page, "old words here and new dated 2026", author=bot)
    ensure(database, [page.id])
    with database.reading() as session:
        scope = Scope(page.id, 3)
        whole = rows(session, scope, counts_imports=True)
        apart = rows(session, scope, counts_imports=False)
        then = rows(session, Scope(page.id, 3, is_head=False), counts_imports=False)
    words = {(row.source, row.person_id): row.measures.standing for row in whole}
    assert words == {("person", ana.id): 5, ("program", bot.id): 2}
    words = {(row.source, row.person_id): row.measures.standing for row in apart}
    assert words == {("import", ana.id): 3, ("person", ana.id): 2, ("program", bot.id): 2}
    assert told(then) == told(apart)
    spread = report(apart, "members", ADMIN).spread
    assert spread is not None
    assert spread.people == 1


def test_edits_are_counted_by_age_kind_and_month(database: Database) -> None:
    start = datetime.fromisoformat("2026-01-31T23:30:00+00:00")
    with database.begin() as session:
        ana = make.person(session, name="Ana")
        page = make.page(session, text="one", author=ana, made_at=start)
        for number, (days, kind) in enumerate([(0.1, "edit"), (29, "restore"), (59, "merge")]):
            moment = start + timedelta(days=days)
            make.revision(session, page, f"one {number}", author=ana, kind=kind, made_at=moment)
    with database.reading() as session:
        scope = Scope(page.id, 4)
        now = start + timedelta(days=60)
        edits = overview.edits(session, scope, now=now)
        london, berlin = ZoneInfo("Europe/London"), ZoneInfo("Europe/Berlin")
        months = [datetime(2026, month, 1).date() for month in (1, 2, 3, 4)]  # noqa: DTZ001  # days
        by_month = overview.by_month(session, scope, months, london)
        in_berlin = overview.by_month(session, scope, months, berlin)
    assert (edits.revisions, edits.restored, edits.merged) == (4, 1, 1)
    assert edits.recent == (1, 1, 4)
    assert edits.days_between == round(59 / 3, 1)
    assert by_month == {(ana.id, False): [1, 1, 1, 1]}
    assert in_berlin == {(ana.id, False): [0, 2, 1, 1]}

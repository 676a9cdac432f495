"""Pages are followed before anybody looks: at once, or late, together, and never by half."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa

from tests import make
from wiki import background
from wiki.authorship.models import AuthorshipLedger, AuthorshipState, AuthorshipTotal
from wiki.authorship.queries import state
from wiki.authorship.queries.spans import spans_at
from wiki.authorship.service import Owed, differences, ensure, follow, give_credit, rebuild
from wiki.authorship.service.keeping_up import AT_ONCE
from wiki.errors import NotFound
from wiki.pages.models import Page, Revision, TextBlob
from wiki.storage.engine import Database
from wiki.writing import service as writing

TEXT = "# Trees\n\nWe plant a tree in every street of the town.\n"


def page_of(database: Database, revisions: int) -> int:
    """Return a page with so many revisions that nobody followed, each with a line of its own."""
    with database.begin() as session:
        page = make.page(session, text=TEXT)
        author = make.person(session)
        for number in range(2, revisions + 1):
            lines = "".join(f"\nLine {one} says this and that.\n" for one in range(2, number + 1))
            make.revision(session, page, TEXT + lines, author=author)
        return page.id


def number_of(database: Database, page_id: int) -> int:
    with database.reading() as session:
        (standing,) = state.standings(session, [page_id])
        return standing.number


def words_by_person(database: Database, page_id: int, number: int) -> list[int]:
    with database.reading() as session:
        return sorted(spans_at(session, page_id, number).standing_by_person().values())


def test_a_page_that_was_never_followed_is_before_it_is_shown(database: Database) -> None:
    page_id = page_of(database, 3)
    assert number_of(database, page_id) == 0
    assert ensure(database, [page_id]) == 1
    assert number_of(database, page_id) == 3
    assert ensure(database, [page_id]) == 0
    with database.reading() as session:
        assert differences(session, page_id) == []


def test_who_wrote_what_is_right_even_for_a_page_that_is_behind(database: Database) -> None:
    page_id = page_of(database, 2)
    never = [words_by_person(database, page_id, number) for number in (1, 2)]
    ensure(database, [page_id])
    with database.begin() as session:
        page = session.get_one(Page, page_id)
        make.revision(session, page, TEXT + "\nAnd benches.\n")
    assert number_of(database, page_id) == 2
    behind = [words_by_person(database, page_id, number) for number in (1, 2, 3)]
    ensure(database, [page_id])
    assert [words_by_person(database, page_id, number) for number in (1, 2, 3)] == behind
    assert behind == [*never, [2, 11]] == [[11], [6, 11], [2, 11]]


def test_a_save_on_a_page_far_behind_waits_for_nothing(database: Database) -> None:
    page_id = page_of(database, AT_ONCE + 1)
    with database.begin() as session:
        page = session.get_one(Page, page_id)
        author = make.person(session)
        writing.write(session, page, TEXT, author_id=author.id, made_at=page.changed_at)
    assert number_of(database, page_id) == 0
    ensure(database, [page_id])
    assert number_of(database, page_id) == AT_ONCE + 2


def test_a_save_that_fails_leaves_nothing_behind(database: Database) -> None:
    page_id = page_of(database, 2)
    ensure(database, [page_id])

    def save_and_fail() -> None:
        with database.begin() as session:
            page = session.get_one(Page, page_id)
            author = make.person(session).id
            writing.write(session, page, "Else.\n", author_id=author, made_at=page.changed_at)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_and_fail()
    assert number_of(database, page_id) == 2
    with database.reading() as session:
        assert differences(session, page_id) == []


def test_eight_who_save_and_look_at_once_are_followed_one_after_another(
    database: Database,
) -> None:
    page_id = page_of(database, 2)
    with database.begin() as session:
        people = [make.person(session).id for _ in range(4)]
    gate = Barrier(8)

    def save(person_id: int) -> None:
        gate.wait()
        with database.begin() as session:
            page = session.get_one(Page, page_id, with_for_update=True)
            text = f"{TEXT}\nPerson {person_id} was here before.\n"
            writing.write(session, page, text, author_id=person_id, made_at=page.changed_at)

    def look(_number: int) -> None:
        gate.wait()
        ensure(database, [page_id])

    with ThreadPoolExecutor(8) as pool:
        tasks = [pool.submit(save, one) for one in people] + [
            pool.submit(look, one) for one in range(4)
        ]
        for task in tasks:
            task.result()
    ensure(database, [page_id])
    assert number_of(database, page_id) == 6
    with database.reading() as session:
        assert differences(session, page_id) == []


def test_words_taken_in_for_somebody_are_theirs_after_a_rebuild_too(database: Database) -> None:
    page_id = page_of(database, 1)
    with database.begin() as session:
        page = session.get_one(Page, page_id)
        saver, ben, cem = (make.person(session).id for _ in range(3))
        text = TEXT + "\nOaks grow slowly but live long.\n\nBirds like hedges best.\n\nAgreed.\n"
        owed = [Owed(ben, "Oaks grow slowly but live long."), Owed(cem, "Birds like hedges best.")]
        owed.append(Owed(ben, "Nobody wrote this sentence."))
        made_at = page.changed_at
        writing.write(session, page, text, author_id=saver, made_at=made_at, owed=owed)
    with database.reading() as session:
        found = spans_at(session, page_id, 2).standing_by_person()
        totals = {one.person_id: one for one in session.scalars(sa.select(AuthorshipTotal))}
    assert (found[ben], found[cem], found[saver]) == (6, 4, 1)
    assert (totals[ben].written, totals[ben].revisions, totals[saver].revisions) == (6, 0, 1)
    rebuild(database, lambda *_: None, everything=True)
    with database.reading() as session:
        assert spans_at(session, page_id, 2).standing_by_person() == found
        assert differences(session, page_id) == []


def test_a_revision_cannot_credit_sixteen_others(database: Database) -> None:
    page_id = page_of(database, 1)
    with database.begin() as session:
        people = [make.person(session).id for _ in range(16)]
        with pytest.raises(ValueError, match="15 people"):
            give_credit(session, page_id, 1, [Owed(one, "words") for one in people])


def test_imported_words_and_acts_stand_in_rows_of_their_own(database: Database) -> None:
    with database.begin() as session:
        ana = make.person(session)
        page = make.page(session, text=TEXT, author=ana, is_imported=True)
        make.revision(session, page, TEXT + "\nAnd a bench.\n", author=ana)
        make.revision(session, page, "# Trees\n\nAnd a bench.\n", author=ana)
        follow(session, [page.id])
        rows = session.scalars(sa.select(AuthorshipTotal)).all()
    words = {
        row.is_imported: (row.standing, row.written, row.removed_own, row.revisions) for row in rows
    }
    assert words == {True: (1, 11, 10, 1), False: (3, 3, 0, 2)}


def test_states_of_older_rules_are_made_anew_when_somebody_looks(database: Database) -> None:
    page_id = page_of(database, 3)
    ensure(database, [page_id])
    with database.begin() as session:
        session.execute(sa.update(AuthorshipState).values(version=-1, data=b"unreadable"))
        session.execute(sa.update(AuthorshipLedger).values(added=1000))
    assert words_by_person(database, page_id, 2) == [6, 11]
    ensure(database, [page_id])
    with database.reading() as session:
        assert differences(session, page_id) == []


def test_there_is_no_authorship_of_a_revision_that_is_not(database: Database) -> None:
    page_id = page_of(database, 2)
    for is_followed in (False, True):
        if is_followed:
            ensure(database, [page_id])
        with database.reading() as session:
            for page, number in ((page_id, 3), (page_id, 0), (page_id + 1, 1)):
                with pytest.raises(NotFound):
                    spans_at(session, page, number)


def test_a_rebuild_goes_on_where_one_was_killed(database: Database) -> None:
    page_id = page_of(database, 3)
    told: list[tuple[int, ...]] = []

    def progress(*counts: int) -> None:
        told.append(counts)

    with database.begin() as session:
        other = make.page(session, path="other", text=TEXT)
    assert rebuild(database, progress).revisions == 4
    assert told == [(3, 4), (4, 4)]
    with database.begin() as session:
        session.execute(
            sa.update(AuthorshipState)
            .where(AuthorshipState.page_id == other.id)
            .values(is_due=True)
        )
        session.execute(sa.update(AuthorshipLedger).values(added=1000))
    assert rebuild(database, progress).pages == 1
    with database.reading() as session:
        assert differences(session, other.id) == []
        assert differences(session, page_id) == ["ledger"]
    assert rebuild(database, progress, everything=True).pages == 2
    with database.reading() as session:
        assert differences(session, page_id) == []
        assert state.behind(session) == []


def test_a_save_on_a_page_that_is_to_be_rebuilt_is_followed_all_the_same(
    database: Database,
) -> None:
    page_id = page_of(database, 2)
    ensure(database, [page_id])
    with database.begin() as session:
        session.execute(sa.update(AuthorshipState).values(is_due=True))
        page = session.get_one(Page, page_id)
        author = make.person(session)
        writing.write(session, page, TEXT, author_id=author.id, made_at=page.changed_at)
    assert number_of(database, page_id) == 3
    with database.reading() as session:
        assert [one.is_due for one in state.behind(session)] == [True]


def test_pages_that_nobody_looks_at_are_followed_in_the_background(database: Database) -> None:
    page_ids = [page_of(database, 2)]
    with database.begin() as session:
        page_ids.append(make.page(session, path="other", text=TEXT).id)
    assert background.find_authors(database, "one of many")
    assert background.find_authors(database, "one of many")
    version = database.version()
    assert not background.find_authors(database, "one of many")
    assert database.version() == version
    assert [number_of(database, page_id) for page_id in page_ids] == [2, 1]


def test_what_is_damaged_stops_no_save_and_is_made_anew_before_the_next_view(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    page_id = page_of(database, 2)
    ensure(database, [page_id])
    with database.begin() as session:
        session.execute(sa.update(AuthorshipState).values(data=b"no state"))
        page = session.get_one(Page, page_id)
        author = make.person(session)
        writing.write(session, page, TEXT, author_id=author.id, made_at=page.changed_at)
    assert number_of(database, page_id) == 2
    assert "could not be followed" in caplog.text
    assert ensure(database, [page_id]) == 1
    with database.reading() as session:
        assert differences(session, page_id) == []


def test_a_page_with_a_lost_text_holds_up_no_other(database: Database) -> None:
    lost = page_of(database, 3)
    with database.begin() as session:
        other = make.page(session, path="other", text=TEXT)
        text = sa.select(Revision.text_sha).where(Revision.page_id == lost, Revision.number == 2)
        session.execute(sa.delete(TextBlob).where(TextBlob.sha == text.scalar_subquery()))
    assert ensure(database, [lost]) == 0
    assert background.find_authors(database, "one of many")
    assert not background.find_authors(database, "one of many")
    assert number_of(database, other.id) == 1
    done = rebuild(database, lambda *_: None, everything=True)
    assert (done.pages, done.revisions, done.failed) == (1, 1, 1)

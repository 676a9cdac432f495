"""Whoever saves at the same moment: nobody's words are lost, and nothing is saved twice."""

from collections.abc import Callable
from dataclasses import replace

import sqlalchemy as sa

from tests import make
from tests.integration.writing.conftest import LATER, PARAGRAPHS, at_once, kept, texts, with_word
from wiki.pages.models import Page, Revision
from wiki.storage.engine import Database
from wiki.writing import service
from wiki.writing.service import Clashed, Saved

Submitted = Callable[..., service.Submission]


def test_eight_people_in_eight_paragraphs_are_all_kept(
    database: Database, page: Page, submission: Submitted
) -> None:
    words = [f"word{number}" for number in range(8)]
    outcomes = at_once(
        database, [submission(with_word(number, word)) for number, word in enumerate(words)]
    )
    assert all(isinstance(outcome, Saved) for outcome in outcomes)
    numbers = {outcome.number for outcome in outcomes if isinstance(outcome, Saved)}
    assert numbers == set(range(2, 10))
    last = texts(database, page.id)[-1]
    assert all(f"number {number} says {word}." in last for number, word in enumerate(words))


def test_of_eight_people_on_one_line_one_saves_and_seven_are_asked(
    database: Database, page: Page, submission: Submitted
) -> None:
    sent = [submission(with_word(3, f"word{number}")) for number in range(8)]
    outcomes = at_once(database, sent)
    assert [type(outcome) for outcome in outcomes].count(Saved) == 1
    assert [type(outcome) for outcome in outcomes].count(Clashed) == 7
    for one, outcome in zip(sent, outcomes, strict=True):
        here = texts(database, page.id)[-1:] if isinstance(outcome, Saved) else []
        assert one.text in here + kept(database, one.person_id)
    assert len(texts(database, page.id)) == 2


def test_a_form_sent_twice_at_once_makes_one_revision(
    database: Database, page: Page, submission: Submitted
) -> None:
    one = submission(with_word(1, "more"))
    outcomes = at_once(database, [one, one])
    assert [getattr(outcome, "number", None) for outcome in outcomes] == [2, 2]
    assert len(texts(database, page.id)) == 2


def test_an_unchanged_form_sent_twice_at_once_makes_nothing(
    database: Database, page: Page, submission: Submitted
) -> None:
    one = submission(with_word(0, "one thing"))
    assert {type(outcome) for outcome in at_once(database, [one] * 4)} == {service.Unchanged}
    assert len(texts(database, page.id)) == 1
    assert kept(database, one.person_id) == []


def test_a_window_opened_twice_loses_neither_text(
    database: Database, page: Page, submission: Submitted
) -> None:
    one = submission(with_word(1, "more"))
    other = replace(one, text=with_word(2, "less"))
    assert {type(outcome) for outcome in at_once(database, [one, other])} == {Saved}
    last = texts(database, page.id)[-1]
    assert "number 1 says more." in last
    assert "number 2 says less." in last


def test_two_windows_of_one_person_are_two_people(
    database: Database, submission: Submitted
) -> None:
    one = submission(with_word(1, "more"))
    other = replace(one, text=with_word(1, "less"), form="another-form")
    outcomes = at_once(database, [one, other])
    assert {type(outcome) for outcome in outcomes} == {Saved, Clashed}
    lost = other.text if isinstance(outcomes[1], Clashed) else one.text
    assert kept(database, one.person_id) == [lost]


def test_a_page_made_by_eight_people_at_once_is_one_page(
    database: Database, submission: Submitted
) -> None:
    sent = [
        submission(f"Number {number}.\n", path="fresh", page_id=None, base=0) for number in range(8)
    ]
    outcomes = at_once(database, sent)
    assert [type(outcome) for outcome in outcomes].count(Saved) == 1
    assert [type(outcome) for outcome in outcomes].count(Clashed) == 7
    with database.reading() as session:
        count = session.scalar(sa.select(sa.func.count(Page.id)).where(Page.path == "fresh"))
        assert count == 1


def test_a_new_page_sent_twice_at_once_is_made_once(
    database: Database, submission: Submitted
) -> None:
    one = submission("Words.\n", path="fresh", page_id=None, base=0)
    outcomes = at_once(database, [one, one])
    assert [getattr(outcome, "number", None) for outcome in outcomes] == [1, 1]


def test_history_says_where_each_merged_save_began(
    database: Database, page: Page, submission: Submitted
) -> None:
    at_once(database, [submission(with_word(number, "more")) for number in range(3)])
    with database.reading() as session:
        query = sa.select(Revision.kind, Revision.merged_number).where(Revision.page_id == page.id)
        rows = [tuple(row) for row in session.execute(query.order_by(Revision.number))]
    assert rows == [("create", None), ("edit", None), ("merge", 1), ("merge", 1)]


def test_a_save_waits_for_a_page_that_moves(
    database: Database, page: Page, submission: Submitted
) -> None:
    with database.begin() as session:
        here = session.get_one(Page, page.id)
        mover = make.person(session).id
        service.write(session, here, None, author_id=mover, made_at=LATER, path="goals")
    outcomes = at_once(database, [submission(with_word(1, "more"))])
    assert [getattr(outcome, "path", None) for outcome in outcomes] == ["goals"]
    assert PARAGRAPHS[2] in texts(database, page.id)[-1]

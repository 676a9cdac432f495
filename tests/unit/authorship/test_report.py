"""The report of a page as it is shown: shares, order, spread, and whose each stretch is."""

from datetime import UTC, datetime

from wiki.authorship.rules.figures import Row, Source
from wiki.authorship.rules.measures import Measures
from wiki.authorship.rules.report import in_order, report, summed
from wiki.authorship.rules.telling import numbered, tells_counts
from wiki.people.rules.rights import Who

ADMIN = Who(9, "admin", None)
MEMBER = Who(1, "member", None)
MARCH = datetime(2026, 3, 2, tzinfo=UTC)


def row(person_id: int, words: int, *, written: int = 0, source: Source = "person") -> Row:
    measures = Measures(standing=words, written=written, revisions=1, first_at=MARCH)
    return Row(person_id=person_id, name=f"Name {person_id}", measures=measures, source=source)


ROWS = [row(1, 10, written=20), row(2, 30, written=30), row(3, 0)]


def test_shares_are_of_all_words_and_the_most_come_first() -> None:
    told = report(ROWS, "facilitators", ADMIN, elsewhere=10)
    assert [(one.line.person_id, one.share) for one in told.lines] == [(2, 60.0), (1, 20.0), (3, 0)]
    assert (told.words, told.share_elsewhere) == (40, 20.0)
    assert told.spread is not None
    assert (told.spread.people, told.spread.words_each) == (3, 13.3)
    assert told.spread.of_largest == (75.0, 100.0, 100.0)


def test_of_few_nobody_is_told_how_words_are_spread_unless_they_see_people() -> None:
    told = report(ROWS, "totals", MEMBER)
    assert told.spread is not None
    assert told.spread.is_few
    assert told.spread.of_largest == (None, None, None)
    assert report(ROWS, "off", MEMBER).spread is None
    empty = report([row(1, 0)], "facilitators", ADMIN).spread
    assert empty is not None
    assert empty.words_each is None


def test_lines_are_sorted_and_what_has_no_value_comes_last() -> None:
    shown = report(ROWS, "facilitators", ADMIN).lines
    names = {one.line.key: one.line.name for one in shown}

    def order(by: str, *, is_falling: bool) -> list[int | None]:
        return [one.line.person_id for one in in_order(shown, by, names, is_falling=is_falling)]

    assert order("name", is_falling=True) == [3, 2, 1]
    assert order("surviving", is_falling=True) == [2, 1, 3]
    assert order("surviving", is_falling=False) == [1, 2, 3]


def test_counts_of_imports_are_with_the_person_where_they_are_no_row_of_their_own() -> None:
    (first, *_rest) = report(ROWS, "facilitators", ADMIN).lines
    counts = {(2, False): (1, 2), (2, True): (10, 20), (1, False): (5, 5)}
    assert summed(first.line, ROWS, counts, 2) == (11, 22)
    apart = [*ROWS, row(2, 5, source="import")]
    (line,) = (
        one.line
        for one in report(apart, "facilitators", ADMIN).lines
        if one.line.kind == "person" and one.line.person_id == 2
    )
    assert summed(line, apart, counts, 2) == (1, 2)


def test_each_origin_has_the_number_of_the_line_that_holds_it() -> None:
    lines = [one.line for one in report(ROWS, "facilitators", ADMIN).lines]
    credits_of = {16: (1, False), 32: (2, False), 48: (2, True), 64: (8, False)}
    assert numbered(credits_of, ROWS, lines) == {16: 2, 32: 1, 48: 1}


def test_words_of_a_revision_are_counted_for_who_sees_people_and_for_oneself() -> None:
    (line, *_rest) = (one.line for one in report(ROWS, "facilitators", ADMIN).lines)
    assert tells_counts(line, "people")
    assert not tells_counts(line, "totals")
    own = next(one.line for one in report(ROWS, "off", MEMBER).lines)
    assert own.kind == "own"
    assert tells_counts(own, "nothing")

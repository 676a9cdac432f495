"""What a browser sent, read."""

from datetime import UTC, datetime, timedelta

import pytest

from wiki.errors import Invalid
from wiki.pages.forms import place_after, read_changes_filter, read_history_filter
from wiki.pages.queries import changes
from wiki.pages.queries.changes import Sitting
from wiki.pages.queries.history import Line, Wanted

LONDON = "Europe/London"


def sitting(moment: datetime, number: int) -> Sitting:
    """Return a sitting of one save."""
    line = Line(1, moment, 1, "Ana", "", "edit", False, False, None, None, None, "aims", 1, 1)
    return Sitting(1, number, "aims", "Aims", is_deleted=False, first=1, last=1, lines=[line])


def test_nothing_sent_narrows_nothing() -> None:
    assert read_history_filter({}, LONDON).wanted == Wanted()
    assert read_changes_filter({}, LONDON).wanted == changes.Wanted()
    assert read_changes_filter({"under": " ", "since": "", "minor": "x"}, LONDON).query == {
        "minor": "x"
    }


def test_days_begin_at_midnight_of_the_reader_and_end_at_the_next() -> None:
    sent = {"since": "2026-07-01", "until": "2026-07-01"}
    winter = {"since": "2026-01-01", "until": "2026-01-01"}
    found = read_history_filter(sent, LONDON).wanted
    assert found.since == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert found.until == datetime(2026, 7, 1, 23, tzinfo=UTC)
    assert read_history_filter(winter, LONDON).wanted.since == datetime(2026, 1, 1, tzinfo=UTC)
    assert read_history_filter(sent, "America/New_York").wanted.since == datetime(
        2026, 7, 1, 4, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-10-26", 24)]
)
def test_days_on_which_the_clocks_change_have_their_own_length(day: str, hours: int) -> None:
    found = read_history_filter({"since": day, "until": day}, LONDON).wanted
    assert found.since is not None
    assert found.until is not None
    assert found.until - found.since == timedelta(hours=hours)


@pytest.mark.parametrize(
    "day", ["x", "2026-13-01", "31/03/2026", "9999-12-31", "2026-1-1", "\u0661"]
)
def test_what_is_no_day_is_refused_by_name(day: str) -> None:
    found = read_history_filter({"until": day}, LONDON)
    assert found.wanted.until is None
    assert found.query == {"until": day}
    assert "is not a date" in str(found.errors["until"])


def test_a_day_before_all_time_is_refused() -> None:
    found = read_history_filter({"since": "0001-01-01"}, "Asia/Tokyo")
    assert found.wanted.since is None
    assert list(found.errors) == ["since"]


@pytest.mark.parametrize("number", ["x", "-1", "1.5", "1e3", "٣", "9" * 10, "0x10"])
@pytest.mark.parametrize("name", ["author", "team"])
def test_what_is_no_number_is_refused_by_name(name: str, number: str) -> None:
    found = read_changes_filter({name: number}, LONDON)
    assert found.wanted == changes.Wanted()
    assert "is not one of the choices" in str(found.errors[name])


def test_a_refusal_repeats_no_more_than_the_beginning() -> None:
    found = read_history_filter({"author": "x" * 5000}, LONDON)
    assert len(str(found.errors["author"])) < 100


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 2, 12, 0, 0, 1, tzinfo=UTC),
        datetime(2026, 3, 2, 12, 0, 0, 999_999, tzinfo=UTC),
        datetime(1999, 12, 31, 23, 59, 59, 123_457, tzinfo=UTC),
        datetime(2099, 6, 1, 1, 2, 3, 654_321, tzinfo=UTC),
    ],
)
def test_a_place_in_the_list_survives_its_address_to_the_microsecond(moment: datetime) -> None:
    place = place_after(sitting(moment, 17))
    assert read_changes_filter({"before": place}, LONDON).wanted.before == (moment, 17)


@pytest.mark.parametrize(
    "place",
    [
        "x",
        "1",
        "-",
        "1-",
        "-1",
        "nan-1",
        "inf-1",
        "1e300-1",
        "1-0",
        "1--1",
        f"1-{2**31}",
        "1-" + "9" * 5000,
    ],
)
def test_a_place_that_cannot_be_is_refused(place: str) -> None:
    with pytest.raises(Invalid, match="cannot be continued"):
        read_changes_filter({"before": place}, LONDON)


def test_what_narrows_the_changes_is_read_and_kept_for_the_address() -> None:
    sent = {
        "author": " 3 ",
        "team": "4",
        "under": "/strategy/ ",
        "minor": "hide",
        "restored": "1",
        "before": "1.000000-2",
        "other": "x",
    }
    chosen = read_changes_filter(sent, LONDON)
    assert chosen.wanted == changes.Wanted(
        author_id=3,
        team_id=4,
        under="strategy",
        minor="hide",
        restored=True,
        before=(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC), 2),
    )
    assert set(chosen.query) == {"author", "team", "under", "minor", "restored"}

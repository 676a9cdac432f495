"""Where the parts of a chart stand, in shares of its width and in pixels of its height."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from wiki.web import charts
from wiki.web.charts import Bar, Series, column, line, scale
from wiki.web.charts.bar import NARROW_LETTERS, ROW

YEAR = charts.months_between(date(2025, 1, 1), date(2025, 12, 1))
# What is left for a chart on the narrowest screen, and the width of a letter under the axis.
NARROW_PIXELS = 180
LETTER_PIXELS = 7.5


def series(*values: int, slot: int = 1, label: str = "Ana") -> Series:
    return Series(label, values, slot=slot)


def test_the_largest_bar_fills_the_width_and_the_others_keep_their_proportion() -> None:
    chart = charts.bars([Bar("Ana", 400), Bar("Bo", 100), Bar("Cy", 0)])
    assert [mark.width for mark in chart.marks] == [100, 25, 0]
    assert [mark.top for mark in chart.marks] == [0, ROW, 2 * ROW]
    assert chart.height == 3 * ROW


def test_a_bar_of_one_word_among_a_million_is_still_seen() -> None:
    chart = charts.bars([Bar("Ana", 1_000_000), Bar("Bo", 1)])
    assert 0 < chart.marks[1].width < 1


def test_the_value_of_a_bar_is_written_with_its_share() -> None:
    chart = charts.bars([Bar("Ana", 1234, share=41.46), Bar("Bo", 7)])
    assert [mark.words for mark in chart.marks] == ["1,234 (41.5%)", "7"]
    assert chart.room == len("1,234 (41.5%)")


def test_a_long_name_is_cut_in_the_drawing_only() -> None:
    name = "Wolfeschlegelsteinhausenbergerdorff " * 3
    [mark] = charts.bars([Bar(name, 1)]).marks
    assert len(mark.narrow) <= NARROW_LETTERS
    assert mark.narrow.endswith("…")
    assert mark.row.label == name


def test_nobody_and_nothing_make_empty_charts() -> None:
    assert charts.bars([]).marks == ()
    assert charts.columns([], [], others="others").columns == ()
    assert charts.lines([], []).lines == ()
    assert charts.lines([date(2026, 1, 1)], []).lines == ()


def test_a_chart_of_zeros_has_an_axis_and_no_marks() -> None:
    chart = charts.columns(YEAR[:2], [series(0, 0)], others="others")
    assert [month.pieces for month in chart.columns] == [(), ()]
    assert [step.words for step in chart.steps] == ["0", "1"]
    assert charts.bars([Bar("Ana", 0)]).marks[0].width == 0
    assert charts.lines(YEAR[:2], [series(0, 0)]).lines[0].points[0].y == charts.Lines.floor


def test_the_ninth_and_later_people_are_others_together() -> None:
    slots = charts.slots_of(f"person {number}" for number in range(11))
    assert list(slots.values()) == [1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0]
    each = [Series(name, (1, 2), slot=slot, url="/x") for name, slot in slots.items()]
    shown = charts.gathered(each, "3 others")
    assert len(shown) == charts.SLOTS + 1
    assert shown[-1] == Series("3 others", (3, 6), slot=charts.OTHERS)
    assert (shown[-1].look, shown[-1].number) == ("series-others", "+")
    assert (shown[7].look, shown[7].number) == ("series-8", "8")


def test_bars_of_others_become_one_with_their_words_and_shares() -> None:
    rows = [Bar("Ana", 70, 70.0, slot=1), Bar("Bo", 20, 20.0, slot=0), Bar("Cy", 10, 10.0, slot=0)]
    chart = charts.bars(rows, others="2 others")
    assert [mark.row for mark in chart.marks] == [rows[0], Bar("2 others", 30, 30.0, slot=0)]
    assert charts.bars(rows).marks[2].row == rows[2]


def test_a_single_other_keeps_the_name() -> None:
    alone = series(1, slot=charts.OTHERS, label="Bo")
    assert charts.gathered([alone], "others") == (alone,)
    assert charts.bars([Bar("Bo", 1, slot=0)], others="others").marks[0].row.label == "Bo"


def test_the_pieces_of_a_column_stand_on_each_other_and_reach_their_sum() -> None:
    stack = [series(1, 0, slot=2), series(7, 3, slot=1), series(2, 5, slot=3)]
    chart = charts.columns(YEAR[:2], stack, others="others")
    first, second = chart.columns
    assert [piece.series.slot for piece in first.pieces] == [1, 2, 3]
    assert [piece.words for piece in second.pieces] == ["3", "5"]
    below = float(charts.Columns.floor)
    for piece in first.pieces:
        assert piece.top + piece.height == pytest.approx(below)
        below = piece.top
    # Ten of ten is the whole height.
    assert below == column.TOP


def test_a_column_of_one_month_stands_in_the_middle_and_is_no_wall() -> None:
    [only] = charts.columns(YEAR[:1], [series(5)], others="others").columns
    assert only.centre == 50
    assert only.width < 10


@pytest.mark.parametrize(
    ("largest", "steps"),
    [
        (0, (0, 1)),
        (1, (0, 1)),
        (3, (0, 1, 2, 3)),
        (10, (0, 2, 4, 6, 8, 10)),
        (11, (0, 5, 10, 15)),
        (1180, (0, 500, 1000, 1500)),
        (9_999_999_999, tuple(number * 2_000_000_000 for number in range(6))),
    ],
)
def test_an_axis_goes_up_in_round_steps(largest: int, steps: tuple[int, ...]) -> None:
    assert scale.round_steps(largest) == steps


def test_months_are_counted_over_the_turn_of_years() -> None:
    months = charts.months_between(date(2024, 11, 30), date(2025, 2, 1))
    assert [(month.year, month.month) for month in months] == [
        (2024, 11),
        (2024, 12),
        (2025, 1),
        (2025, 2),
    ]


@pytest.mark.parametrize("count", [1, 2, 5, 12, 13, 24, 37, 120, 600])
def test_months_under_an_axis_never_touch_and_tell_the_year(count: int) -> None:
    months = charts.months_between(date(1990, 2, 1), date(1990, 1, 1) + timedelta(days=31 * count))
    months = months[:count]
    chart = charts.columns(months, [series(*[1] * count)], others="others")
    assert chart.axis.narrow
    assert len(chart.axis.narrow) <= len(chart.axis.wide) <= scale.WIDE_LABELS
    written = chart.axis.narrow[0]
    assert (written.year or written.words).startswith(("199", "20"))
    _expect_apart(chart.axis.narrow)


@pytest.mark.parametrize("length", [0, 1, 3, 9, 20, 45, 61, 62, 100, 400, 4000])
def test_days_under_an_axis_never_touch(length: int) -> None:
    first = date(2025, 3, 20)
    days = sorted({first, first + timedelta(days=length)})
    chart = charts.lines(days, [series(*range(len(days)))])
    assert chart.axis.narrow
    _expect_apart(chart.axis.narrow)
    assert chart.rows[0] == ("20 March 2025", ("0",))


def _expect_apart(moments: tuple[scale.Moment, ...]) -> None:
    for one, other in pairwise(moments):
        apart = (other.x - one.x) / 100 * NARROW_PIXELS
        assert apart > (len(one.words) + len(other.words)) / 2 * LETTER_PIXELS
    assert all(0 <= moment.x <= 100 for moment in moments)


def test_a_line_goes_by_the_days_and_not_by_their_number() -> None:
    days = [date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 11)]
    [drawn] = charts.lines(days, [series(0, 5, 10)]).lines
    assert [point.x for point in drawn.points] == [0, 10, 100]
    assert drawn.path == "0,216 10,116 100,16"
    assert drawn.area.startswith("0,216 ")
    assert drawn.area.endswith(" 100,216")


def test_a_line_of_one_day_is_a_point_in_the_middle() -> None:
    [drawn] = charts.lines(YEAR[:1], [series(5)]).lines
    assert [(point.x, point.words) for point in drawn.marked] == [(50, "5")]


def test_a_line_of_many_points_is_marked_at_its_end_only() -> None:
    months = charts.months_between(date(2016, 1, 1), date(2025, 12, 1))
    [drawn] = charts.lines(months, [series(*range(120))]).lines
    assert drawn.marked == drawn.points[-1:]


def test_numbers_at_the_ends_of_lines_stand_clear_of_each_other_in_their_order() -> None:
    each = [series(0, value, slot=slot) for slot, value in enumerate((90, 91, 100, 3, 0), start=1)]
    ends = {one.series.slot: one.end for one in charts.lines(YEAR[:2], each).lines}
    assert sorted(ends, key=lambda slot: ends[slot]) == [3, 2, 1, 4, 5]
    ordered = sorted(ends.values())
    apart = [below - above for above, below in pairwise(ordered)]
    assert min(apart) >= line.NUMBER_HEIGHT
    assert line.TOP <= ordered[0] < ordered[-1] <= charts.Lines.floor


def test_a_number_that_nothing_crowds_stands_at_its_line() -> None:
    each = [series(0, 100), series(0, 10, slot=2)]
    assert all(one.end == one.points[-1].y for one in charts.lines(YEAR[:2], each).lines)


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="below zero"):
        series(1, -1)
    with pytest.raises(ValueError, match="below zero"):
        Bar("Ana", -1)
    with pytest.raises(ValueError, match="each month"):
        charts.columns(YEAR, [series(1)], others="others")
    with pytest.raises(ValueError, match="ascend"):
        charts.lines([YEAR[1], YEAR[0]], [series(1, 2)])


def test_words_come_in_the_language_asked_for() -> None:
    chart = charts.columns(YEAR[:2], [series(1234, 1)], others="autres", locale="fr")
    assert chart.columns[1].name == "février 2025"
    assert chart.axis.wide[1].words == "févr."

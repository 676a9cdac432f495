"""What holds for every chart, whatever the figures."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.web import charts
from wiki.web.charts.column import TOP
from wiki.web.charts.line import NUMBER_HEIGHT
from wiki.web.charts.scale import round_steps

amounts = st.integers(0, 50) | st.integers(0, 10**12)
START = date(2019, 5, 1)


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, list[charts.Series]]:
    """Give a number of months or days, and the series over them with slots as given out."""
    length = draw(st.integers(1, 40))
    count = draw(st.integers(1, 11))
    slots = charts.slots_of(range(count))
    values = st.lists(amounts, min_size=length, max_size=length).map(tuple)
    return length, [charts.Series(f"{at}", draw(values), slot=slots[at]) for at in range(count)]


@given(st.lists(amounts))
def test_bars_lie_within_the_width_and_a_larger_value_is_never_shorter(values: list[int]) -> None:
    marks = charts.bars([charts.Bar("A", value) for value in values]).marks
    assert all(0 <= mark.width <= 100 for mark in marks)
    assert all((mark.width > 0) == (mark.row.value > 0) for mark in marks)
    by_value = sorted(marks, key=lambda mark: mark.row.value)
    assert all(one.width <= other.width for one, other in pairwise(by_value))


@given(tables())
def test_columns_hold_all_that_was_given_and_stand_side_by_side(
    table: tuple[int, list[charts.Series]],
) -> None:
    length, series = table
    months = [date(2000 + at // 12, at % 12 + 1, 1) for at in range(length)]
    chart = charts.columns(months, series, others="others")
    assert sum(sum(column.values) for column in chart.columns) == sum(one.total for one in series)
    assert chart.columns[0].x >= 0
    assert chart.columns[-1].x + chart.columns[-1].width <= 100.001
    assert all(one.x + one.width <= other.x for one, other in pairwise(chart.columns))
    largest = round_steps(max(sum(column.values) for column in chart.columns))[-1]
    for column in chart.columns:
        tops = [piece.top for piece in column.pieces]
        floors = [chart.floor, *tops[:-1]]
        assert [round(piece.top + piece.height, 2) for piece in column.pieces] == floors[
            : len(tops)
        ]
        height = sum(piece.height for piece in column.pieces)
        expected = (chart.floor - TOP) * sum(column.values) / largest
        assert height == pytest.approx(expected, abs=0.02)


@given(tables())
def test_lines_stay_in_the_chart_and_their_numbers_clear_of_each_other(
    table: tuple[int, list[charts.Series]],
) -> None:
    length, series = table
    days = [START + timedelta(days=at * at) for at in range(length)]
    chart = charts.lines(days, series, others="others")
    for line in chart.lines:
        assert all(0 <= point.x <= 100 and 0 <= point.y <= chart.floor for point in line.points)
        assert all(one.x < other.x for one, other in pairwise(line.points))
    ends = sorted(line.end for line in chart.lines)
    assert all(other - one >= NUMBER_HEIGHT - 0.02 for one, other in pairwise(ends))
    assert 0 <= ends[0] <= ends[-1] <= chart.floor


@given(amounts)
def test_the_last_step_is_the_first_that_reaches_the_largest_value(largest: int) -> None:
    steps = round_steps(largest)
    assert 2 <= len(steps) <= 6
    assert steps[-1] >= largest
    assert steps[-2] < max(largest, 1)

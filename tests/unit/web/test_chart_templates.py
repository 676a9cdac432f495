"""The charts as HTML: what is drawn, what is heard, and that a name is never more than letters."""

import re
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.browser.payloads import read_payloads
from tests.house.tree import ROOT
from wiki.web import charts
from wiki.web.charts.scale import amount

MONTHS = charts.months_between(date(2025, 1, 1), date(2025, 6, 1))
PAGE = """
{% from "components/charts/bars.html" import bars_chart %}
{% from "components/charts/columns.html" import columns_chart %}
{% from "components/charts/lines.html" import lines_chart %}
{{ bars_chart("standing", heading, finding, bars, "Author", "Words") }}
{{ columns_chart("months", heading, finding, columns) }}
{{ lines_chart("words", heading, finding, lines, level=3) }}
"""


@pytest.fixture(scope="module")
def environment() -> Environment:
    """Return templates as strict as those of the application, with words left as they are."""
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # of Jinja's i18n extension
    environment.filters["number"] = lambda value: amount(value, "en_GB")
    return environment


def drawn(environment: Environment, names: list[str], **more: Any) -> BeautifulSoup:
    """Return a page with all three charts about people of these names."""
    slots = charts.slots_of(range(len(names)))
    series = [
        charts.Series(name, tuple((at + month) % 4 for month in range(6)), slot=slots[at])
        for at, name in enumerate(names)
    ]
    bars = [charts.Bar(one.label, one.total, share=10, slot=one.slot) for one in series]
    said = {"heading": "Words that stand", "finding": "Ana wrote the most.", **more}
    html = environment.from_string(PAGE).render(
        bars=charts.bars(bars, others="others"),
        columns=charts.columns(MONTHS, series, others="others"),
        lines=charts.lines(MONTHS, series, others="others"),
        **said,
    )
    return BeautifulSoup(html, "html5lib")


def texts(within: Tag, selector: str) -> list[str]:
    return [found.get_text(strip=True) for found in within.select(selector)]


def test_every_drawing_has_the_name_and_the_finding_that_its_ids_lead_to(
    environment: Environment,
) -> None:
    page = drawn(environment, ["Ana", "Bo"])
    drawings = page.select("svg[role=img]")
    assert len(drawings) == len(page.select("figure.chart")) == 3
    for drawing in drawings:
        title, desc = str(drawing["aria-labelledby"]).split()
        assert [child.name for child in drawing.find_all(recursive=False)][:2] == ["title", "desc"]
        assert texts(page, f"#{title}") == ["Words that stand"]
        assert texts(page, f"#{desc}") == ["Ana wrote the most."]


def test_ids_are_unique_and_every_pattern_and_shape_that_is_used_is_there(
    environment: Environment,
) -> None:
    page = drawn(environment, [f"Person {number}" for number in range(11)])
    ids = [str(one["id"]) for one in page.select("[id]")]
    assert len(ids) == len(set(ids))
    fills = {str(one["fill"]) for one in page.select("[fill^=url]")}
    shapes = {str(one["href"]) for one in page.select("use")}
    assert len(fills) == 2 * (charts.SLOTS + 1)
    assert len(shapes) == charts.SLOTS + 1
    assert {re.sub(r"url\((.*)\)", r"\1", one)[1:] for one in fills | shapes} <= set(ids)


def test_a_person_has_one_look_and_number_in_all_charts(environment: Environment) -> None:
    page = drawn(environment, ["Ana", "Bo", "Cy"])
    for slot, name in enumerate(["Ana", "Bo", "Cy"], start=1):
        entries = [one for one in page.select(".chart__entry") if name in one.get_text()]
        assert [texts(entry, ".chart__number") for entry in entries] == [[str(slot)], [str(slot)]]
        [row] = [one for one in page.select(".chart__row") if name in one.get_text()]
        assert texts(row, ".chart__own-number") == [str(slot)]
        assert all(one.select(f".series-{slot}") for one in (row, entries[0]))


def test_the_table_of_bars_has_a_row_for_each_bar(environment: Environment) -> None:
    page = drawn(environment, ["Ana", "Bo", "Cy"])
    figure = page.select("figure")[0]
    rows = [texts(row, "th, td") for row in figure.select("tbody tr")]
    assert rows == [["Ana", "7", "10%"], ["Bo", "9", "10%"], ["Cy", "11", "10%"]]
    assert texts(figure, ".chart__row > title") == [
        f"{name}: {value} ({share})" for name, value, share in rows
    ]


def test_the_table_of_columns_has_the_figures_of_every_piece(environment: Environment) -> None:
    figure = drawn(environment, ["Ana", "Bo"]).select("figure")[1]
    names = texts(figure, "thead th")[1:3]
    told = {
        f"{name}, {month}: {value}"
        for month, *values in (texts(row, "th, td") for row in figure.select("tbody tr"))
        for name, value in zip(names, values[:2], strict=True)
        if value != "0"
    }
    assert told == set(texts(figure, "rect > title"))
    assert texts(figure, "tbody tr:first-child td") == ["0", "1", "1"]


def test_the_table_of_lines_has_the_figures_of_every_point(environment: Environment) -> None:
    figure = drawn(environment, ["Ana", "Bo"]).select("figure")[2]
    names = texts(figure, "thead th")[1:]
    told = {
        f"{name}, {day}: {value}"
        for day, *values in (texts(row, "th, td") for row in figure.select("tbody tr"))
        for name, value in zip(names, values, strict=True)
    }
    assert told == set(texts(figure, "use > title"))
    assert len(told) == 12


def test_a_line_alone_needs_no_legend_and_says_its_last_value(environment: Environment) -> None:
    figure = drawn(environment, ["Ana"]).select("figure")[2]
    assert not figure.select(".chart__legend")
    assert texts(figure, ".chart__amount") == ["1"]
    assert figure.select("polygon.chart__area")


def test_where_nothing_is_there_to_show_a_sentence_says_so(environment: Environment) -> None:
    page = drawn(environment, [])
    assert not page.select("svg, table")
    assert len(texts(page, ".chart__nothing")) == 3
    assert texts(page, "h2, h3") == ["Words that stand"] * 3


def test_a_name_with_a_link_leads_there_from_table_and_legend(environment: Environment) -> None:
    bar = charts.Bar("Ana & Bo", 3, share=100, url="/members/ana?a=1&b=2")
    source = PAGE.partition("{{ columns_chart")[0]
    page = BeautifulSoup(
        environment.from_string(source).render(bars=charts.bars([bar]), heading="H", finding="F"),
        "html5lib",
    )
    [link] = page.select("a")
    assert (link["href"], link.get_text()) == ("/members/ana?a=1&b=2", "Ana & Bo")
    assert not page.select("svg a")


@pytest.mark.parametrize("attack", ['"><script>alert(1)</script>', "</title></svg><img src=x>"])
def test_an_attack_for_a_name_stays_letters(environment: Environment, attack: str) -> None:
    _expect_only_letters(environment, [attack], heading=attack, finding=attack)


def test_no_attack_of_the_corpora_gets_out_of_a_name(environment: Environment) -> None:
    payloads = [one.replace("\0", "").replace("\r", " ") for one in read_payloads()]
    # One in ten is enough for the parsing of this many pages to take seconds only; the browser
    # tests look at all of them.
    some = payloads[:: len(payloads) // 80]
    for start in range(0, len(some), charts.SLOTS):
        _expect_only_letters(environment, some[start : start + charts.SLOTS])


def _expect_only_letters(environment: Environment, names: list[str], **more: str) -> None:
    """Compare with the same page about harmless people: only its letters may be others."""
    attacked = drawn(environment, names, **more)
    harmless = drawn(environment, ["A person"] * len(names), **dict.fromkeys(more, "Words"))
    assert _skeleton(attacked) == _skeleton(harmless)
    if len(names) > 1:
        shown = [found.get_text() for found in attacked.select(".chart__entry bdi")]
        assert shown == names * 2


def _skeleton(page: BeautifulSoup) -> list[tuple[str, dict[str, Any]]]:
    spoken = {"aria-label"}
    return [
        (tag.name, {name: value for name, value in tag.attrs.items() if name not in spoken})
        for tag in page.find_all(True)
    ]

"""A page of charts such as no page of the wiki has yet: crowded, long, empty, with odd names."""

from collections.abc import Sequence
from datetime import date
from math import sin

from flask import Flask, render_template_string

from tests.browser.payloads import read_payloads
from wiki.web import charts

ADDRESS = "/charts"
NAMES = (
    "Ana Whitfield",
    "Børge Ødegaard-Þórarinsson of the Office for Water, Weather and Old Canals in the North",
    "ليلى الحداد",
    "Chidi Okafor",
    "Dilys Pryce",
    "<script>alert(1)</script>",
    "王小明",
    "Femi",
    "Gwen Ashworth",
    "Hari Pillai",
    "Ines Duarte",
)
PAGE = """{% extends "layout.html" %}
{% from "components/charts/bars.html" import bars_chart %}
{% from "components/charts/columns.html" import columns_chart %}
{% from "components/charts/lines.html" import lines_chart %}
{% block title %}Charts{% endblock %}
{% block heading %}<h1 class="govuk-heading-xl">Charts</h1>{% endblock %}
{% block content %}
  {{ bars_chart("standing", "Words that stand", "Ana Whitfield wrote 41% of the words.",
    bars, "Author", "Words") }}
  {{ columns_chart("months", "Revisions by month", "Most were made in December.", year) }}
  {{ columns_chart("decade", "Revisions of ten years", "It changed every month.", decade) }}
  {{ lines_chart("mine", "My words over time", "Your words have grown each year.", mine) }}
  {{ lines_chart("ours", "Words of each over time", "Ana Whitfield has the most.", ours) }}
  {{ lines_chart("days", "Words of these days", "It went up within three weeks.", days) }}
  {{ bars_chart("one", "One author", "Femi wrote everything.", one, "Author", "Words") }}
  {{ columns_chart("first", "The first month", "One revision.", first) }}
  {{ bars_chart("huge", "Very many", "Numbers can be long.", huge, "Author", "Words") }}
  {{ lines_chart("nothing", "Nothing yet", "", nothing) }}
{% endblock %}"""

ATTACKED = (
    PAGE.partition("  {{")[0]
    + """
  {{ bars_chart("standing", attack, attack, bars, attack, attack) }}
  {{ columns_chart("months", attack, attack, columns) }}
  {{ lines_chart("words", attack, attack, lines) }}
{% endblock %}"""
)


def add_charts(app: Flask) -> None:
    """Let the application answer with the page at ADDRESS."""
    app.add_url_rule(ADDRESS, view_func=_show)
    app.add_url_rule(f"{ADDRESS}/attacked", view_func=_show_attacked)


def _show_attacked() -> str:
    names = read_payloads()
    months = charts.months_between(date(2025, 1, 1), date(2025, 3, 1))
    each = [
        charts.Series(name, (1, 2, 3), slot=at % charts.SLOTS + 1, url="/pages")
        for at, name in enumerate(names)
    ]
    return render_template_string(
        ATTACKED,
        attack=names[0],
        bars=charts.bars([charts.Bar(one.label, 6, slot=one.slot, url="/pages") for one in each]),
        columns=charts.columns(months, each, others="others"),
        lines=charts.lines(months, each),
    )


def _show() -> str:
    year = charts.months_between(date(2024, 9, 1), date(2025, 8, 1))
    decade = charts.months_between(date(2016, 2, 1), date(2026, 1, 1))
    days = [date(2026, 1, day) for day in (3, 4, 9, 15, 24)]
    share = [41, 17, 11.5, 9, 6.5, 5, 4, 3, 1.5, 1, 0.5]
    slots = charts.slots_of(NAMES)
    return render_template_string(
        PAGE,
        bars=charts.bars(
            [
                charts.Bar(name, int(part * 40), share=part, slot=slots[name], url="/pages")
                for name, part in zip(NAMES, share, strict=True)
            ],
            others="3 others",
        ),
        year=charts.columns(year, _series(NAMES, len(year), 9), others="3 others"),
        decade=charts.columns(decade, _series(NAMES, len(decade), 30), others="3 others"),
        mine=charts.lines(decade[:40], [_growing("You", 1, 40)]),
        ours=charts.lines(
            year, [_growing(name, slot, 12) for name, slot in list(slots.items())[:8]]
        ),
        days=charts.lines(days, [_growing("Femi", 8, 5)]),
        one=charts.bars([charts.Bar("Femi", 312, share=100, slot=8)]),
        first=charts.columns(year[:1], [charts.Series("Femi", (1,), slot=8)], others="others"),
        huge=charts.bars([charts.Bar("Ana", 9_876_543_210, share=99.9), charts.Bar("Bo", 1, 0.1)]),
        nothing=charts.lines([], []),
    )


def _series(names: Sequence[str], months: int, most: int) -> list[charts.Series]:
    slots = charts.slots_of(names)
    return [
        charts.Series(
            name,
            tuple(max(0, round(most / (at + 2) * sin(at + month / 3))) for month in range(months)),
            slot=slots[name],
        )
        for at, name in enumerate(names)
    ]


def _growing(name: str, slot: int, count: int) -> charts.Series:
    values = [round(30 * slot + at * 260 / slot + 80 * sin(at * slot)) for at in range(count)]
    return charts.Series(name, tuple(max(0, value) for value in values), slot=slot)

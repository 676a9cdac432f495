"""The two charts of a contributors page; whoever has a look has the same one in both."""

from flask import url_for

from wiki.authorship.queries.contributors import Contributors
from wiki.authorship.routes.wording import finding_of_months, finding_of_words, others_named
from wiki.authorship.rules.figures import Line
from wiki.web import charts
from wiki.web.charts import Bar, Bars, Columns, Series
from wiki.web.language import language


def of_words(found: Contributors, names: dict[str, str]) -> tuple[Bars, str]:
    """Return the words standing by author as bars, and what they tell."""
    slots = _slots(found)
    rows = [
        Bar(
            label=names[one.line.key],
            value=max(0, one.line.measures.standing),
            share=one.share,
            slot=slots[one.line.key],
            url=edits_url(found.page.path, one.line),
        )
        for one in found.report.lines
        if one.line.measures.standing > 0
    ]
    chart = charts.bars(rows, others=others_named(_unslotted(rows)), locale=language())
    return chart, finding_of_words(found.report.lines, names)


def of_months(found: Contributors, names: dict[str, str]) -> tuple[Columns, str]:
    """Return the revisions of each month stacked by author, and what they tell."""
    slots = _slots(found)
    series = [
        Series(
            label=names[one.line.key],
            values=found.by_month[one.line.key],
            slot=slots[one.line.key],
            url=edits_url(found.page.path, one.line),
        )
        for one in found.report.lines
        if any(found.by_month[one.line.key])
    ]
    others = others_named(_unslotted(series))
    chart = charts.columns(found.months, series, others=others, locale=language())
    totals = [sum(column.values) for column in chart.columns]
    return chart, finding_of_months([column.name for column in chart.columns], totals)


def edits_url(path: str, line: Line) -> str:
    """Return the way to a person's edits on the page, "" for people together."""
    if line.person_id is None:
        return ""
    return url_for("pages.history", path=path, author=line.person_id)


def _slots(found: Contributors) -> dict[str, int]:
    return charts.slots_of(one.line.key for one in found.report.lines)


def _unslotted(rows: list[Bar] | list[Series]) -> int:
    return sum(row.slot == charts.OTHERS for row in rows)

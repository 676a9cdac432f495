"""The figures of a page as files, for spreadsheets and for programs."""

import csv
import io
from typing import Any

from flask import Response, jsonify

from wiki.authorship.forms import Asked
from wiki.authorship.queries.contributors import Contributors
from wiki.authorship.routes.wording import names_of
from wiki.authorship.rules.cells import harmless
from wiki.authorship.rules.report import LARGEST, Shown

NOT_OF_FEW = ("words_written", "sittings", "minor", "words_added", "words_removed")


def csv_of(found: Contributors) -> Response:
    """Return the lines of the report as CSV, in which no cell is a formula."""
    names = names_of(found.report.lines)
    rows = [_row(one, names[one.line.key]) for one in found.report.lines]
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(_row_names())
    for row in rows:
        writer.writerow([_cell(value) for value in row.values()])
    name = found.page.path.rpartition("/")[2]
    named = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name)
    return Response(
        file.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="contributors-{named}.csv"'},
    )


def json_of(found: Contributors, asked: Asked) -> Response:
    """Return all figures as JSON."""
    names = names_of(found.report.lines)
    page = found.page
    return jsonify(
        {
            "page": {"path": page.path, "title": page.page_title, "language": page.language},
            "revision": page.number,
            "from": asked.query.get("from"),
            "to": asked.query.get("to"),
            "shown": found.report.view,
            "figures": _figures(found),
            "contributors": [
                {"key": one.line.key, **_row(one, names[one.line.key])}
                for one in found.report.lines
            ],
            "months": [
                {
                    "month": f"{month:%Y-%m}",
                    "revisions": {
                        key: values[at] for key, values in found.by_month.items() if values[at]
                    },
                }
                for at, month in enumerate(found.months)
            ],
        }
    )


def _figures(found: Contributors) -> dict[str, Any] | None:
    edits, spread = found.edits, found.report.spread
    if edits is None or spread is None:
        return None
    recent = dict(zip(("last_7_days", "last_30_days", "last_365_days"), edits.recent, strict=True))
    largest = zip(LARGEST, spread.of_largest, strict=True)
    return {
        "words": found.words,
        "words_written_then": found.report.words,
        "share_written_at_other_times": found.report.share_elsewhere,
        "sections": found.sections,
        "revisions": edits.revisions,
        "contributors": spread.people,
        "first_edit": edits.first_at and edits.first_at.isoformat(),
        "latest_edit": edits.last_at and edits.last_at.isoformat(),
        **recent,
        "mean_days_between_edits": edits.days_between,
        "words_per_contributor": spread.words_each,
        **{f"share_of_largest_{count}": share for count, share in largest},
        "effective_contributors": spread.effective,
        "restored": edits.restored,
        "merged": edits.merged,
    }


def _row_names() -> tuple[str, ...]:
    return (
        *("name", "kind", "people", "words_standing", "share", "words_written", "surviving"),
        *("revisions", "sittings", "minor", "first_edit", "last_edit"),
        *("words_added", "words_removed"),
    )


def _row(one: Shown, name: str) -> dict[str, Any]:
    line, measures = one.line, one.line.measures
    first, last = measures.first_at, measures.last_at
    values = (
        *(line.name if line.kind == "own" else name, line.kind, line.people),
        *(measures.standing, one.share, measures.written, measures.surviving),
        *(measures.revisions, measures.sittings, measures.minor),
        *(first and first.isoformat(), last and last.isoformat()),
        *(measures.added, measures.removed),
    )
    row = dict(zip(_row_names(), values, strict=True))
    return {**row, **dict.fromkeys(NOT_OF_FEW)} if line.is_few else row


def _cell(value: str | float | None) -> str | float:
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else value

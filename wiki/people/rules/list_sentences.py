"""What a list of members does, as lines on a terminal and as facts for a program."""

from collections.abc import Iterator
from dataclasses import asdict

from wiki.people.rules.list_report import Changed, ImportReport, NewMember

_MORE = " (more rights)"


def lines(report: ImportReport, *, is_done: bool) -> Iterator[str]:
    """Yield what was done, or what would be and to whom; what was counted comes last."""
    for column in report.unknown_columns:
        yield f"The column {column} was not read."
    if not is_done:
        yield from _foretold(report)
    for line in report.refused:
        yield f"Line {line.number} {'was' if is_done else 'would be'} refused: {line}"
    would_be = "" if is_done else "would be "
    yield (
        f"{_counted(report.added, 'member')} {would_be}added, {report.changed} changed, "
        f"{report.unchanged} unchanged, {_counted(len(report.refused), 'line')} refused."
    )
    if not is_done:
        yield "Nothing was done."


def as_facts(report: ImportReport, *, is_done: bool) -> dict[str, object]:
    """Return the report for a program to read."""
    return {
        "is_done": is_done,
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "new": [asdict(one) | {"more_rights": one.is_raised} for one in report.new],
        "changes": [asdict(one) | {"more_rights": one.is_raised} for one in report.changes],
        "new_teams": list(report.new_teams),
        "refused": [{"line": line.number, "reason": str(line)} for line in report.refused],
        "unknown_columns": list(report.unknown_columns),
    }


def _foretold(report: ImportReport) -> Iterator[str]:
    for team in report.new_teams:
        yield f"Would make the team {team}"
    for one in report.changes:
        yield f"Would change {_changed(one)}"
    for new in report.new:
        yield f"Would add {_new(new)}"


def _changed(one: Changed) -> str:
    facts = (
        f"{fact.replace('_', ' ')} {before or 'none'} → {after or 'none'}"
        for fact, before, after in one.facts
    )
    return f"{one.name} <{one.email}>: {'; '.join(facts)}{_MORE if one.is_raised else ''}"


def _new(one: NewMember) -> str:
    said = [one.role, *([one.team] if one.team else [])]
    return f"{one.name} <{one.email}>: {', '.join(said)}{_MORE if one.is_raised else ''}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"

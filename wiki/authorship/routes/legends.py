"""What the marks in a page's text mean: the legend beside it, and the notes below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import get_template_attribute, url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup

from wiki.authorship.queries.attribution import Attribution
from wiki.authorship.routes.wording import names_of
from wiki.authorship.rules.figures import Line
from wiki.authorship.rules.shares import shares
from wiki.authorship.rules.telling import tells_counts
from wiki.people.guards import reader_zone
from wiki.text.attributed import Look, Run, Step, steps_of
from wiki.web import charts
from wiki.web.language import language


@dataclass(frozen=True, slots=True)
class Entry:
    """One person, or people together, or one age; `key` is what an address calls it."""

    slot: int
    key: str
    look: str
    name: str
    share: float


@dataclass(frozen=True, slots=True)
class Legend:
    """The entries, and for each origin that may be marked the slot of its entry."""

    entries: tuple[Entry, ...]
    slots: Mapping[int, int]


def by_person(found: Attribution) -> Legend:
    """Return who wrote the page; who has a look here has the same one on the contributors page."""
    names = names_of(found.lines)
    looks = charts.slots_of(one.line.key for one in found.lines)
    entries = [
        Entry(
            slot=slot,
            key=key_of(one.line),
            look=_series(looks[one.line.key]),
            name=_with_state(names[one.line.key], one.line.state),
            share=one.share,
        )
        for slot, one in enumerate(found.lines, start=1)
        if one.line.measures.standing > 0
    ]
    return Legend(tuple(entries), found.numbers)


def by_age(found: Attribution) -> Legend:
    """Return how old the words of the page are, in steps from new to old."""
    zone = ZoneInfo(reader_zone())
    days = {
        origin: found.saved_with(origin).saved_at.astimezone(zone).date()
        for origin in found.numbers
    }
    words = {origin: found.written.standing.get(origin, 0) for origin in found.numbers}
    steps = steps_of(days, words) if sum(words.values()) else []
    unseen = sum(found.written.standing.values()) - sum(words.values())
    parts = shares([*(step.words for step in steps), unseen])
    entries = [
        Entry(step.slot, str(step.slot), f"age-{step.slot}", _span(step), share)
        for step, share in zip(steps, parts, strict=False)
    ]
    return Legend(tuple(entries), {one: step.slot for step in steps for one in step.origins})


def key_of(line: Line) -> str:
    """Return what an address calls a line: the number of a person, or what people are together."""
    return line.key if line.person_id is None else str(line.person_id)


def notes(
    found: Attribution, runs: Sequence[Run], looks: Mapping[int, Look], path: str
) -> list[Mapping[str, object]]:
    """Return a note on each origin in the runs, in the order of their labels."""
    places: dict[int, list[Run]] = {}
    for run in runs:
        places.setdefault(run.origin, []).append(run)
    return [
        {
            "id": looks[origin].note,
            "label": looks[origin].label,
            "look": looks[origin].look,
            **facts(found, origin, path),
            "words": _words(found, origin),
            "places": len(places[origin]),
            "first": places[origin][0].index,
            "opening": places[origin][0].opening,
        }
        for origin in sorted(places, key=lambda one: (looks[one].slot, one))
    ]


def facts(found: Attribution, origin: int, path: str) -> dict[str, object]:
    """Return who wrote words of this origin, when, and where to see more, as far as may be told."""
    saved = found.saved_with(origin)
    before, number = saved.number - 1, saved.number
    return {
        "name": writer(found, origin),
        "when": day(saved.saved_at),
        "number": number,
        "note": saved.note,
        "url": url_for("pages.compare", path=path, pair=f"{before}..{number}")
        if before
        else url_for("pages.revision", path=path, number=number),
        "url_text": gettext("See what changed") if before else gettext("Read this revision"),
    }


def writer(found: Attribution, origin: int) -> str:
    """Return like "Ana", "you" or "one of 6 other people"."""
    line, author = found.line_of(origin).line, found.authors.get(origin)
    if author is not None and line.kind in {"team", "small", "rest"}:
        return _with_state(author.name, author.state)
    if line.kind in {"person", "team"}:
        return _with_state(line.name, line.state)
    if line.kind == "rest":
        has_own = any(one.line.kind == "own" for one in found.lines)
        return _one_of_the_others(line.people) if has_own else _one_of(line.people)
    names: dict[str, str] = {
        "own": gettext("you"),
        "small": gettext("somebody of a small team"),
        "programs": gettext("a program"),
        "imported": gettext("somebody of the imported history"),
    }
    return names[line.kind]


def day(moment: datetime) -> Markup:
    """Return the day as templates write it."""
    written: Markup = get_template_attribute("components/when.html", "when")(moment, "day")
    return written


def _one_of(people: int) -> str:
    return str(ngettext("one person", "one of %(num)s people", people))


def _one_of_the_others(people: int) -> str:
    return str(ngettext("one other person", "one of %(num)s other people", people))


def _words(found: Attribution, origin: int) -> int | None:
    line = found.line_of(origin).line
    return found.written.standing.get(origin, 0) if tells_counts(line, found.view) else None


def _with_state(name: str, state: str) -> str:
    if state != "deactivated":
        return name
    return str(gettext("%(name)s (former member)", name=name))


def _series(slot: int) -> str:
    return "series-others" if slot == charts.OTHERS else f"series-{slot}"


def _span(step: Step) -> str:
    first, last = _day(step.first), _day(step.last)
    return first if first == last else str(gettext("%(a)s to %(b)s", a=first, b=last))


def _day(one: date) -> str:
    return str(format_date(one, "d MMM y", locale=language()))

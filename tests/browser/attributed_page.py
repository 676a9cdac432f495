"""A page marked by who wrote it, such as the wiki has none yet: many hands, all sorts of text."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from flask import Flask, render_template_string, request

from wiki.text.attributed import Attributed, Look, Run, attribute, looks_of, marked, steps_of
from wiki.text.markdown import render

ADDRESS = "/attributed"
PEOPLE = (
    "Ana Whitfield",
    "Børge Ødegaard-Þórarinsson of the Office for Old Canals",
    "ليلى الحداد",
    "Chidi Okafor",
    "Dilys Pryce",
    "<script>alert(1)</script>",
    "王小明",
    "Femi",
    "Gwen Ashworth",
    "Hari Pillai",
)
# Pairs of the place of a person in PEOPLE and what this person wrote.
WRITTEN = (
    (0, "---\ntitle: Towpaths\n---\n\n## Why the towpaths matter\n\nEvery day "),
    (1, "some four hundred people "),
    (0, "walk along the canal. They go to school, to work and to the market, and "),
    (2, "[most of them](/pages) would like to go there more often if the path were drier, "),
    (0, "broader and better lit.\n\nWe asked them in spring[^1]. "),
    (3, "Nobody asked for **benches**, *bins* or `signs`; everybody asked for light.\n\n"),
    (4, "- gravel where it is wet\n- light where it is dark\n- [ ] room for prams\n\n"),
    (5, "> “A path is for feet.”\n\n"),
    (6, "| Part | Length |\n| - | - |\n| North | 3 km |\n| South | "),
    (7, "5 km |\n\n"),
    (8, "```\nlight = lamps * nights\n```\n\n## What it costs\n\n"),
    (9, "Less than "),
    (0, "a mile of road. The lamps are paid for by whoever sells them to us, "),
    (9, "which is a pity, "),
    (0, "and the gravel is our own.\n\n[^1]: On paper, "),
    (3, "and by telephone.\n"),
)
PAGE = """{% extends "layout.html" %}
{% from "components/attributed_legend.html" import attributed_legend %}
{% from "components/attributed_notes.html" import attributed_notes %}
{% from "components/attributed_text.html" import attributed_text %}
{% from "components/when.html" import when %}
{% block title %}Who wrote this{% endblock %}
{% block heading %}<h1 class="govuk-heading-xl">Who wrote this</h1>{% endblock %}
{% block aside %}{{ attributed_legend(title, entries, "/attributed", all_text) }}{% endblock %}
{% block content %}
  {{ attributed_text(html, language="en", has_choice=chosen) }}
  {{ attributed_notes(notes, "Who wrote what") }}
{% endblock %}"""


class Written(NamedTuple):
    """A stretch of the source and where it came from."""

    text: str
    origin: int


SPANS = tuple(Written(text, (at + 1) * 16) for at, (_, text) in enumerate(WRITTEN))
WRITERS = {span.origin: person for span, (person, _) in zip(SPANS, WRITTEN, strict=True)}


def add_attributed(app: Flask) -> None:
    """Let the application answer with the page at ADDRESS."""
    app.add_url_rule(ADDRESS, view_func=lambda: show(SPANS, WRITERS, PEOPLE))


def day_of(origin: int) -> date:
    """Return the day on which the words of an origin came in."""
    return date(2025, 3, 1) + timedelta(days=9 * (origin // 16))


def show(spans: Sequence[Written], writers: dict[int, int], people: Sequence[str]) -> str:
    """Return the page made of these spans, whose origins were written by these people."""
    found = attribute(render("".join(span.text for span in spans), path="towpaths").html, spans)
    words: Counter[int] = Counter()
    for run in found.runs:
        words[run.origin] += run.words
    chosen = request.args.get("by", 0, type=int)
    if request.args.get("view") == "age":
        steps = steps_of({origin: day_of(origin) for origin in words}, words)
        slots = {origin: step.slot for step in steps for origin in step.origins}
        names = {step.slot: f"{step.first:%-d %B} to {step.last:%-d %B}" for step in steps}
        looks = looks_of(found.runs, slots, kind="age", chosen=chosen)
    else:
        slots, names = _by_person(words, writers, people)
        looks = looks_of(found.runs, slots, chosen=chosen)
    return render_template_string(
        PAGE,
        title="Words by age" if request.args.get("view") else "Words by",
        all_text="Show all alike",
        html=marked(found, looks),
        chosen=bool(chosen),
        entries=_entries(words, looks, names, chosen),
        notes=_notes(found, looks, words, {at: people[who] for at, who in writers.items()}),
    )


def _by_person(
    words: Counter[int], writers: dict[int, int], people: Sequence[str]
) -> tuple[dict[int, int], dict[int, str]]:
    standing: Counter[int] = Counter()
    for origin, count in words.items():
        standing[writers[origin]] += count
    ranks = {person: at for at, (person, _) in enumerate(standing.most_common(), start=1)}
    slots = {origin: ranks[writers[origin]] for origin in words}
    return slots, {slot: people[person] for person, slot in ranks.items()}


def _entries(
    words: Counter[int], looks: dict[int, Look], names: dict[int, str], chosen: int
) -> list[dict[str, object]]:
    counts: Counter[int] = Counter()
    for origin, count in words.items():
        counts[looks[origin].slot] += count
    view = "view=age&" if request.args.get("view") else ""
    return [
        {
            "slot": slot,
            "look": next(look.look for look in looks.values() if look.slot == slot),
            "name": name,
            "share": f"{100 * counts[slot] / words.total():.0f} %",
            "url": f"{ADDRESS}?{view}by={slot}",
            "is_current": slot == chosen,
        }
        for slot, name in sorted(names.items())
    ]


def _notes(
    found: Attributed, looks: dict[int, Look], words: Counter[int], names: dict[int, str]
) -> list[dict[str, object]]:
    runs: dict[int, list[Run]] = {}
    for run in found.runs:
        runs.setdefault(run.origin, []).append(run)
    ordered = sorted(runs, key=lambda origin: (looks[origin].slot, origin))
    return [
        {
            "id": looks[origin].note,
            "label": looks[origin].label,
            "look": looks[origin].look,
            "name": names[origin],
            "when": f"{day_of(origin):%-d %B %Y}",
            "number": origin // 16,
            "note": "Says why" if origin % 32 else "",
            "words": words[origin],
            "places": len(runs[origin]),
            "first": runs[origin][0].index,
            "opening": runs[origin][0].opening,
            "url": f"/pages?compare={origin // 16}",
            "url_text": "See what changed",
        }
        for origin in ordered
    ]

"""Comparing any two revisions of a page, by address."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from sqlalchemy.orm import Session

from wiki.errors import NotFound
from wiki.pages.guards import no_page, sight
from wiki.pages.queries import history, reading
from wiki.pages.queries.history import Line
from wiki.pages.routes import crediting, places
from wiki.pages.routes.blueprint import door
from wiki.pages.routes.comparing import Printed, View, printed
from wiki.pages.routes.source import source
from wiki.people import guards
from wiki.text.comparison import compare_pages
from wiki.web.cache import kept_for_good
from wiki.web.db import reading as reads

_PAIR = re.compile(rf"({places.NUMBER.pattern})\.\.({places.NUMBER.pattern})", re.ASCII)
PEOPLE_NAMED = 3


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two revisions compared, with its neighbours on this side."""

    number: int
    url: str
    saved_at: object
    author_name: str
    note: str
    earlier: str
    later: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison as printed, with its changes credited; how many saves it spans, by whom."""

    comparison: Printed
    told: crediting.Told
    saves: int
    people: list[str]


@door("/pages/<path:path>/compare/<pair>")
def compare(path: str, pair: str) -> ResponseReturnValue:
    """Show what changed between two revisions, as read or as written."""
    numbers = _PAIR.fullmatch(pair)
    if numbers is None:
        raise NotFound(
            "There is no comparison at {pair}. Write it like this: 3..7.", pair=pair[:40]
        )
    older, newer = int(numbers[1]), int(numbers[2])
    view = View.read(request.args)
    if older > newer:
        right = f"{newer}..{older}"
        return redirect(url_for("pages.compare", path=path, pair=right, **view.query()))
    with reads() as session:
        page_id = reading.page_id(session, path, sight(), with_deleted=True)
        if page_id is None:
            moved = places.elsewhere(session, path)
            if moved is None:
                raise no_page(path)
            return moved
        page = reading.outline(session, page_id)
        lines = [_line(session, page_id, path, number) for number in (older, newer)]
        shown = _shown(session, page_id, (older, newer), view, path)

    def around(one: int, other: int) -> str:
        return _url(path, one, other, view, page.head_number)

    return render_template(
        "pages/compare.html",
        page=page,
        older=_side(path, lines[0], lambda n: around(n, newer)),
        newer=_side(path, lines[1], lambda n: around(older, n)),
        summary=_summary(shown.comparison, shown.people),
        shown=shown,
        comparison=shown.comparison,
        view=view,
        switches=_switches(path, pair, view),
        choices=_choices(path, pair, view, shown.told),
        crumbs=places.crumbs(path),
    )


def _shown(
    session: Session, page_id: int, pair: tuple[int, int], view: View, path: str
) -> Compared:
    """Return the comparison and all that is said of the people behind it."""
    saves, people = history.between(session, page_id, *pair)
    names = dict(people)
    comparison, makers = _printed(session, page_id, pair, view, path, names)
    lines = history.lines(session, page_id, {source.last for source in makers})
    alone = replace(view, by=0).query()

    def url(older: int, newer: int) -> str:
        return url_for("pages.compare", path=path, pair=f"{older}..{newer}", **alone)

    note = crediting.noted(lines, makers, names, url)
    told = crediting.told(comparison, makers, names, view.by, note)
    return Compared(comparison, told, saves, list(names.values()))


def _line(session: Session, page_id: int, path: str, number: int) -> Line:
    line = history.line(session, page_id, number)
    if line is None:
        raise NotFound(
            "The page {path} has no revision {number}. Its history lists the ones there are.",
            path=path,
            number=number,
        )
    return line


def _printed(
    session: Session,
    page_id: int,
    pair: tuple[int, int],
    view: View,
    path: str,
    names: crediting.Names,
) -> tuple[Printed, crediting.People]:
    """Return the comparison ready to print, kept for good: revisions never change, names may."""
    shas = history.text_shas(session, page_id, *pair)
    has_between = pair[1] - pair[0] > 1

    def compare() -> tuple[Printed, crediting.People]:
        old, new = (source(session, sha) for sha in shas)
        comparison = compare_pages(old, new)
        if not (has_between and comparison.changes):
            return printed(comparison, view, path), {}
        named = crediting.named(session, page_id, comparison, pair)
        tell = crediting.spoken(named.people, names)
        return printed(named.comparison, view, path, tell), named.people

    # What was one person's alone or is another's now, the names say.
    told_by = (page_id, *pair, *names.items()) if has_between else ()
    key = ("comparison", *shas, replace(view, by=0), path, guards.me() is None, told_by)
    return kept_for_good(key, compare, weigh=lambda made: made[0].weight())


def _url(path: str, older: int, newer: int, view: View, head: int) -> str:
    """Return the address of a comparison, or "" where there is none to see."""
    if not 1 <= older < newer <= head:
        return ""
    return url_for("pages.compare", path=path, pair=f"{older}..{newer}", **view.query())


def _side(path: str, line: Line, with_number: Callable[[int], str]) -> Side:
    """Return one side; `with_number` gives the comparison with another revision in its place."""
    return Side(
        number=line.number,
        url=url_for("pages.revision", path=path, number=line.number),
        saved_at=line.saved_at,
        author_name=line.author_name,
        note=line.note,
        earlier=with_number(line.number - 1),
        later=with_number(line.number + 1),
    )


def _summary(comparison: Printed, people: list[str]) -> str:
    """Return like: 12 changes in 4 sections by 3 people."""
    if not comparison.changes:
        return str(gettext("Nothing to see: the words are the same."))
    changes = ngettext("%(num)s change", "%(num)s changes", comparison.changes)
    sections = ngettext("%(num)s section", "%(num)s sections", comparison.sections)
    if len(people) <= PEOPLE_NAMED:
        who = crediting.in_a_row(people)
    else:
        who = ngettext("%(num)s person", "%(num)s people", len(people))
    return str(
        gettext(
            "%(changes)s in %(sections)s by %(who)s", changes=changes, sections=sections, who=who
        )
    )


def _switches(path: str, pair: str, view: View) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    def option(words: str, other: View) -> tuple[str, str, bool]:
        url = url_for("pages.compare", path=path, pair=pair, **other.query())
        return words, url, other == view

    return [
        (
            gettext("Text"),
            [
                option(gettext("As read"), replace(view, is_source=False)),
                option(gettext("As written"), replace(view, is_source=True)),
            ],
        ),
        (
            gettext("Arrangement"),
            [
                option(gettext("One column"), replace(view, is_beside=False)),
                option(gettext("Side by side"), replace(view, is_beside=True)),
            ],
        ),
    ]


def _choices(path: str, pair: str, view: View, told: crediting.Told) -> list[tuple[str, str, bool]]:
    """Return the ways to see the changes of all or of one person."""
    found: list[tuple[str, str, bool]] = []
    chosen = 0 if told.missed else view.by
    for choice in told.choices:
        words = f"{choice.name} {choice.changes}"
        if not choice.person_id:
            words = ngettext("All %(num)s change", "All %(num)s changes", choice.changes)
        query = replace(view, by=choice.person_id).query()
        url = url_for("pages.compare", path=path, pair=pair, **query)
        found.append((str(words), url, choice.person_id == chosen))
    return found

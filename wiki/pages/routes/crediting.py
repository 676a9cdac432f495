"""Who made each change of a comparison over several revisions, and the changes of one person."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby

from flask_babel import gettext, ngettext
from sqlalchemy.orm import Session

from wiki.pages.queries import history
from wiki.pages.queries.history import Line, Made
from wiki.pages.routes.comparing import Printed, Shown
from wiki.pages.routes.source import sources
from wiki.text.comparison import Comparison, Source, normalised, with_sources
from wiki.text.comparison.naming import MOST_TEXTS

# Of all texts that are looked at, together; a page of 40 KB may have them all.
_MOST_BYTES = 16_000_000
_FEWEST_TEXTS = 8
_NAMED_IN_RANGE = 3

# Who is who, in the order in which they are listed.
Names = Mapping[int, str]
# The people who may have made what comes from a source: one, or those of a range.
People = Mapping[Source, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Note:
    """Who is behind one source of a change; a range of revisions has no moment and no remark.

    It is unseen where none of its words is marked, because it changed marks of the text only.
    """

    number: int
    source: Source
    names: str
    url: str
    saved_at: datetime | None
    remark: str
    is_unseen: bool = False


@dataclass(frozen=True, slots=True)
class Credited:
    """A part of a comparison as printed, with its people and the changes around it."""

    part: Shown
    byline: str = ""
    notes: tuple[Note, ...] = ()
    is_shown: bool = True
    previous: int = 0
    next: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Parts to show, or (with changes of others among them) to fold."""

    parts: list[Credited]
    folded: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow a comparison to somebody's changes; person 0: to narrow nothing."""

    person_id: int
    name: str
    changes: int


@dataclass(frozen=True, slots=True)
class Told:
    """A comparison with its people: groups in order, and how many changes are shown.

    `by` is the name of who it is narrowed to; `missed` that of who was asked for and made none.
    """

    groups: list[Group]
    listed: list[Credited]
    choices: list[Choice]
    total: int
    by: str = ""
    missed: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A comparison that names its sources, and who may be behind each."""

    comparison: Comparison
    people: People = field(default_factory=dict)


def named(session: Session, page_id: int, comparison: Comparison, pair: tuple[int, int]) -> Named:
    """Return the comparison of two revisions of a page with the source of every change."""
    made = history.made_between(session, page_id, *pair)
    shas = {one.number: one.text_sha for one in made}

    def texts_at(numbers: Sequence[int]) -> list[str]:
        asked = [shas[number] for number in numbers]
        texts = sources(session, list(dict.fromkeys(asked)))
        return [normalised(texts[sha]) for sha in asked]

    longest = max(one.length for one in made) + 1
    most = min(MOST_TEXTS, max(_MOST_BYTES // longest, _FEWEST_TEXTS))
    told = with_sources(comparison, pair, texts_at, most=most)
    found = {source for change in told.changes for source in change.sources}
    return Named(told, {source: _people(made, source) for source in found})


def _people(made: Sequence[Made], source: Source) -> tuple[int, ...]:
    who = (one.author_id for one in made if source.first <= one.number <= source.last)
    return tuple(dict.fromkeys(who))


def spoken(people: People, names: Names) -> Callable[[Source], str]:
    """Return what says in the text who is behind a source, like: by Ana in revision 3."""

    def tell(source: Source) -> str:
        who = _who(people[source], names)
        if source.first == source.last:
            return str(gettext("by %(name)s in revision %(number)s", name=who, number=source.last))
        return str(
            gettext(
                "between revisions %(first)s and %(last)s, by %(name)s",
                first=source.first,
                last=source.last,
                name=who,
            )
        )

    return tell


def _who(ids: Sequence[int], names: Names) -> str:
    if len(ids) > _NAMED_IN_RANGE:
        return str(ngettext("one of %(num)s person", "one of %(num)s people", len(ids)))
    return str(gettext(" or ")).join(names[person_id] for person_id in ids)


def in_a_row(names: Sequence[str]) -> str:
    """Return like: Ana, Ben and Cy."""
    return str(gettext(" and ")).join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def told(
    printed: Printed,
    people: People,
    names: Names,
    by: int,
    note: Callable[[Source, int], Note],
) -> Told:
    """Return the comparison with its people, what is not by the person `by` folded.

    Without sources all of it is by the only person there is. Where nothing is by that person
    nothing is folded.
    """
    makers = _makers(printed, people, names)
    asked = names.get(by, str(gettext("this person"))) if by else ""
    by = by if any(by in who for who in makers.values()) else 0
    shown = [number for number, who in makers.items() if not by or by in who]
    steps = dict(zip(shown, zip([0, *shown[:-1]], [*shown[1:], 0], strict=False), strict=False))
    parts: list[Credited] = []
    for part in printed.parts:
        if not part.number:
            parts.append(Credited(part))
            continue
        previous, following = steps.get(part.number, (0, 0))
        credited = Credited(
            part,
            byline=_byline([names[person_id] for person_id in makers[part.number]]),
            notes=_notes(part, note),
            is_shown=part.number in steps,
            previous=previous,
            next=following,
        )
        parts.append(credited)
    return Told(
        groups=list(_groups(parts)) if by else [Group(parts)],
        listed=[one for one in parts if one.part.number and one.is_shown],
        choices=_choices(makers.values(), names, by),
        total=len(makers),
        by=asked if by else "",
        missed="" if by else asked,
    )


def _byline(names: Sequence[str]) -> str:
    return str(gettext("by %(names)s", names=in_a_row(names))) if names else ""


def _makers(printed: Printed, people: People, names: Names) -> dict[int, tuple[int, ...]]:
    """Return who made each change, by its number, in the order of their revisions."""
    everybody = tuple(names) if len(names) == 1 else ()
    changes = (part for part in printed.parts if part.number)
    return {
        part.number: tuple(dict.fromkeys(who for source in part.sources for who in people[source]))
        or everybody
        for part in changes
    }


def _notes(part: Shown, note: Callable[[Source, int], Note]) -> tuple[Note, ...]:
    is_alone = len(part.sources) == 1
    return tuple(
        replace(note(source, 0 if is_alone else number), is_unseen=source in part.unseen)
        for number, source in enumerate(part.sources, 1)
    )


def _choices(makers: Iterable[tuple[int, ...]], names: Names, by: int) -> list[Choice]:
    """Return everybody who made a change, most changes first, after all together."""
    everything = list(makers)
    counts = Counter(who for one in everything for who in one)
    if len(counts) < 2 and not by:  # noqa: PLR2004  # nobody to choose between
        return []
    ranked = sorted(counts, key=lambda who: (-counts[who], names[who].casefold(), who))
    people = [Choice(who, names[who], counts[who]) for who in ranked]
    return [Choice(0, "", len(everything)), *people]


def _groups(parts: list[Credited]) -> Iterable[Group]:
    """Yield what is shown with the text around it, and what lies between as folds."""
    near = {
        place + step
        for place, one in enumerate(parts)
        if one.part.number and one.is_shown
        for step in (-1, 0, 1)
    }

    def is_near(place: int) -> bool:
        one = parts[place]
        return one.is_shown and place in near and not one.part.is_folded

    for is_shown, places in groupby(range(len(parts)), key=is_near):
        members = [parts[place] for place in places]
        yield Group(members, 0 if is_shown else sum(1 for one in members if one.part.number))


def noted(
    lines: Mapping[int, Line],
    people: People,
    names: Names,
    url: Callable[[int, int], str],
) -> Callable[[Source, int], Note]:
    """Return what makes the notes; `url` gives the address of the comparison of two revisions."""

    def note(source: Source, number: int) -> Note:
        line = lines.get(source.last) if source.first == source.last else None
        return Note(
            number=number,
            source=source,
            names=_who(people[source], names),
            url=url(source.first - 1, source.last),
            saved_at=line.saved_at if line else None,
            remark=line.note if line else "",
        )

    return note

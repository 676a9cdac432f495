"""The report of who wrote how much of a page, as it may be shown to whoever asks.

Everything that is shown of it, page, chart, CSV and JSON, is taken from here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from wiki.authorship.rules.figures import FEWEST, Line, Row, View, lines, view_of
from wiki.authorship.rules.measures import together
from wiki.authorship.rules.shares import effective, share_of_largest, shares
from wiki.people.rules.rights import Who

LARGEST = (1, 3, 6)
# What lines are sorted by, and whether the largest (or latest) comes first when first asked for.
ORDERS = {
    "name": False,
    "standing": True,
    "written": True,
    "surviving": True,
    "revisions": True,
    "sittings": True,
    "minor": True,
    "added": True,
    "removed": True,
    "first_at": False,
    "last_at": True,
}
STANDARD_ORDER = "standing"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the report; `share` is that of the words standing, in per cent."""

    line: Line
    share: float


@dataclass(frozen=True, slots=True)
class Spread:
    """How the words that stand are spread over people; None without words.

    Programs are left out, and imported history where it does not count. Of few how their words
    are spread is not told, unless they are seen by name.
    """

    people: int
    words_each: float | None
    of_largest: tuple[float | None, ...]
    effective: float | None
    is_few: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What is shown of a page: lines with the most words first, and how the words are spread.

    `words` of everybody are looked at; the other words of the page have `share_elsewhere`.
    """

    view: View
    lines: tuple[Shown, ...]
    spread: Spread | None
    words: int
    share_elsewhere: float


def report(rows: Sequence[Row], level: str, who: Who, *, elsewhere: int = 0) -> Report:
    """Return what `who` is shown of these rows. The shares are of all words and sum to 100.

    As many words of the page as `elsewhere` says are in none of the rows.
    """
    view = view_of(level, who)
    shown = lines(rows, level, who)
    held = {key for line in shown for key in line.holds}
    unseen = together(row.measures for row in rows if row.key not in held)
    parts = shares([*(line.measures.standing for line in shown), unseen.standing, elsewhere])
    pairs = [Shown(line, share) for line, share in zip(shown, parts, strict=False)]
    return Report(
        view=view,
        lines=tuple(sorted(pairs, key=_most_words_first)),
        spread=None if view == "nothing" else _spread(rows, view),
        words=sum(row.measures.standing for row in rows),
        share_elsewhere=parts[-1],
    )


def in_order(
    shown: Sequence[Shown], order: str, names: Mapping[str, str], *, is_falling: bool
) -> list[Shown]:
    """Return the lines sorted by one of ORDERS; `names` are what the lines are called, by key.

    What has no value comes last whichever way.
    """

    def name(one: Shown) -> str:
        return names[one.line.key].casefold()

    if order == "name":
        return sorted(shown, key=name, reverse=is_falling)
    known = [one for one in shown if getattr(one.line.measures, order) is not None]
    rest = [one for one in shown if getattr(one.line.measures, order) is None]
    by_name = sorted(known, key=name)
    ordered = sorted(by_name, key=lambda one: getattr(one.line.measures, order), reverse=is_falling)
    return ordered + sorted(rest, key=name)


def summed(
    line: Line, rows: Sequence[Row], counts: Mapping[tuple[int, bool], Sequence[int]], length: int
) -> tuple[int, ...]:
    """Return the counts of all that the line holds, added up place by place.

    Counts are by person and whether they were imported; where that is no row of its own, they are
    with the person's.
    """
    keys = {row.key for row in rows}
    held = [
        found
        for key, found in counts.items()
        if (key if key in keys else (key[0], False)) in line.holds
    ]
    return tuple(sum(found[at] for found in held) for at in range(length))


def _spread(rows: Sequence[Row], view: View) -> Spread:
    words = [row.measures.standing for row in rows if row.source == "person"]
    whole = sum(words)
    is_few = view != "people" and len(words) < FEWEST
    return Spread(
        people=len(words),
        words_each=round(whole / len(words), 1) if whole else None,
        of_largest=tuple(None if is_few else share_of_largest(words, one) for one in LARGEST),
        effective=None if is_few else effective(words),
        is_few=is_few,
    )


def _most_words_first(one: Shown) -> tuple[int, float, str]:
    first_at = one.line.measures.first_at or _NEVER
    return -one.line.measures.standing, first_at.timestamp(), one.line.key

"""Whose each stretch of a page is, as far as whoever asks may be told."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias

from wiki.authorship.rules.figures import Line, Row, View

# Who is credited, and whether the words came with an imported history.
Credit: TypeAlias = tuple[int, bool]


def numbered(
    credits_of: Mapping[int, Credit], rows: Collection[Row], lines: Sequence[Line]
) -> dict[int, int]:
    """Return for each origin the number of the line that holds it, the first line being 1.

    Origins of people of whom nothing may be told are left out.
    """
    numbers = {key: at for at, line in enumerate(lines, start=1) for key in line.holds}
    keys = {row.key for row in rows}
    found = {
        origin: numbers.get(credit if credit in keys else (credit[0], False))
        for origin, credit in credits_of.items()
    }
    return {origin: number for origin, number in found.items() if number is not None}


def tells_counts(line: Line, view: View) -> bool:
    """Return whether words may be counted by revision; the history says whose revision it is."""
    return view == "people" or line.kind == "own"

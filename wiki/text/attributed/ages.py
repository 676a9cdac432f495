"""Five steps from the newest words of a page to the oldest.

Each step holds about a fifth of the words and whole days only, so that a page that was written in
one week and one that grew for ten years both show their layers. Steps of equal time were rejected:
most pages would be of two colours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

STEPS = 5


@dataclass(frozen=True, slots=True)
class Step:
    """The words that came in from `first` to `last`; step 1 is the newest."""

    slot: int
    first: date
    last: date
    words: int
    origins: tuple[int, ...]


def steps_of(days: Mapping[int, date], words: Mapping[int, int]) -> list[Step]:
    """Return the steps that a page's words fall into, newest first; those without words left out.

    `days` and `words` say for each origin on which day it came and how many words it has.
    """
    total = sum(words.values())
    groups: dict[int, list[int]] = {}
    for day, origins in _by_day(days, words):
        newer = sum(words[origin] for group in groups.values() for origin in group)
        count = sum(words[origin] for origin in origins)
        # The day belongs where its middle word lies.
        place = min(STEPS - 1, (2 * newer + count) * STEPS // (2 * total))
        groups.setdefault(place, []).extend(origins)
        del day
    return [
        Step(
            slot=place + 1,
            first=min(days[origin] for origin in origins),
            last=max(days[origin] for origin in origins),
            words=sum(words[origin] for origin in origins),
            origins=tuple(sorted(origins)),
        )
        for place, origins in sorted(groups.items())
    ]


def _by_day(days: Mapping[int, date], words: Mapping[int, int]) -> list[tuple[date, list[int]]]:
    found: dict[date, list[int]] = {}
    for origin in words:
        if words[origin]:
            found.setdefault(days[origin], []).append(origin)
    return sorted(found.items(), reverse=True)

"""A clash being resolved: what was chosen in each row, and where nothing was chosen yet.

Choices are named by their place among the choices, counted from 0.
"""

from collections.abc import Mapping

from wiki.text.merge import Choice, Clash

SIDES = ("theirs", "mine", "own")


def unchosen(clash: Clash, chosen: Mapping[int, str]) -> list[int]:
    """Return the places of the choices that were not made yet."""
    return [place for place in range(len(clash.choices)) if chosen.get(place) not in SIDES]


def resolved(clash: Clash, chosen: Mapping[int, str], own: Mapping[int, str]) -> str:
    """Return the text that the choices make; raise KeyError for one that was not made."""
    return clash.resolved(
        [
            _picked(choice, chosen[place], own.get(place, ""))
            for place, choice in enumerate(clash.choices)
        ]
    )


def _picked(choice: Choice, side: str, own: str) -> str:
    return {"theirs": choice.theirs, "mine": choice.mine, "own": _as_lines(own, choice)}[side]


def _as_lines(own: str, choice: Choice) -> str:
    """Return what was typed, ending as the lines do that it stands for; blanks take them out."""
    words = own.replace("\r\n", "\n").rstrip()
    model = choice.mine or choice.theirs or choice.base
    return words + model[len(model.rstrip("\r\n")) :] if words else ""

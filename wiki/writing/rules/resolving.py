"""A clash being resolved: what was chosen in each row, and where nothing was chosen yet.

Choices are named by their place among the choices, counted from 0.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from wiki.text.merge import Choice, Clash, Options

SIDES = ("theirs", "mine", "own")


@dataclass(frozen=True, slots=True)
class Choices:
    """How far a clash with revision `head` is resolved: sides by place, and what the boxes hold."""

    head: int
    chosen: Mapping[int, str] = field(default_factory=dict)
    own: Mapping[int, str] = field(default_factory=dict)

    @property
    def are_begun(self) -> bool:
        """Return whether anything was chosen or typed."""
        return bool(self.chosen or self.own)

    def written(self) -> str:
        """Return them as JSON."""
        facts = (self.head, sorted(self.chosen.items()), sorted(self.own.items()))
        return json.dumps(facts, ensure_ascii=False)


def read(written: str) -> Choices:
    """Return the choices that `Choices.written` wrote."""
    head, chosen, own = json.loads(written)
    return Choices(head, dict(chosen), dict(own))


def all_words(mine: str, own: Mapping[int, str]) -> str:
    """Return `mine` with what was typed into the boxes and is not in it, to be read and copied."""
    lines = mine.replace("\r\n", "\n")
    typed = (own[place].replace("\r\n", "\n").strip() for place in sorted(own))
    return "\n\n".join([lines, *(words for words in typed if words not in lines)])


def unchosen(clash: Clash, chosen: Mapping[int, str]) -> list[int]:
    """Return the places of the choices that were not made yet."""
    return [place for place in range(len(clash.choices)) if chosen.get(place) not in SIDES]


def passed_over(clash: Clash, chosen: Mapping[int, str], own: Mapping[int, str]) -> dict[int, str]:
    """Return the words by place that were typed into a box and are not in what was chosen there."""
    found: dict[int, str] = {}
    for place, choice in enumerate(clash.choices):
        side = chosen.get(place, "")
        words = _plain(own.get(place, ""))
        untyped = "", _plain(choice.options.mine), _plain(choice.mine)
        if side in {"theirs", "mine"} and words not in untyped:
            picked = _plain(_picked(choice, side, ""))
            found |= {} if words in picked else {place: words}
    return found


def said(words: Mapping[int, str]) -> str:
    """Return a short name of words by place, "" of none: who was asked about them sends it."""
    written = json.dumps(sorted(words.items()))
    return sha256(written.encode()).hexdigest()[:16] if words else ""


def box_mark(words: str) -> str:
    """Return a short name of what a box began with: it tells one in which nobody typed."""
    plain = words.replace("\r\n", "\n").rstrip()
    return sha256(plain.encode(errors="surrogatepass")).hexdigest()[:16]


def resolved(clash: Clash, chosen: Mapping[int, str], own: Mapping[int, str]) -> str:
    """Return the text that the choices make; raise KeyError for one that was not made.

    A box in which nobody typed holds my words.
    """
    return clash.resolved(
        [
            _picked(choice, chosen[place], own.get(place, choice.options.mine))
            for place, choice in enumerate(clash.choices)
        ]
    )


def _picked(choice: Choice, side: str, own: str) -> str:
    options = choice.options
    return {"theirs": options.theirs, "mine": options.mine, "own": _as_lines(own, options)}[side]


def _plain(words: str) -> str:
    return words.replace("\r\n", "\n").strip()


def _as_lines(own: str, options: Options) -> str:
    """Return what was typed, ending as the lines do that it stands for; blanks take them out."""
    words = own.replace("\r\n", "\n").rstrip()
    model = options.mine or options.theirs or options.base
    return words + model[len(model.rstrip("\r\n")) :] if words else ""

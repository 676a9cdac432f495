"""What a browser sent about acts on pages: titles, places, notes and what was looked at."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from wiki.pages.rules import check_note
from wiki.text.paths import normal, parent, path_from_title
from wiki.writing.rules.moving import suggested

_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A title and a place as typed; an empty `name` stands for one made from the title.

    A name is one part of an address: a slash in it is a hyphen.
    """

    title: str
    parent: str
    name: str

    @property
    def path(self) -> str:
        """Return the path that this means, "" if it means none."""
        own = path_from_title(self.name or self.title)
        return suggested(own, normal(self.parent)) if own else ""


def wanted(sent: Mapping[str, str]) -> Wanted:
    """Return the title and the place that were sent."""
    return Wanted(words(sent, "title"), words(sent, "parent"), words(sent, "name"))


def wanted_as(path: str, title: str) -> Wanted:
    """Return a title and a place as they are, to be shown in the fields."""
    own = path.rpartition("/")[2]
    return Wanted(title, parent(path) or "", "" if own == path_from_title(title) else own)


def words(sent: Mapping[str, str], name: str) -> str:
    """Return one line of words as sent, with single blanks."""
    return " ".join(_CONTROL.sub(" ", sent.get(name, "")).split())


def note(sent: Mapping[str, str]) -> str:
    """Return why somebody did something; raise Invalid for more than a note may hold."""
    said = words(sent, "note")
    check_note(said)
    return said


def number(sent: Mapping[str, str], name: str) -> int | None:
    """Return the number that was sent, or None for anything else."""
    text = sent.get(name, "").strip()
    return int(text) if _NUMBER.fullmatch(text) else None


def numbers(sent: MultiDict[str, str], name: str) -> frozenset[int]:
    """Return all numbers that were sent by this name."""
    return frozenset(int(one) for one in sent.getlist(name) if _NUMBER.fullmatch(one))

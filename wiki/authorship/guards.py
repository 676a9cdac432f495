"""Who is asking for figures, and how much an administrator lets them see."""

from wiki.authorship.rules import figures
from wiki.authorship.rules.figures import View
from wiki.pages.guards import who
from wiki.people import guards


def level() -> str:
    """Return who sees who wrote how much, as an administrator decided."""
    return guards.wiki().figures


def view() -> View:
    """Return how much of other people's figures whoever is asking sees."""
    return figures.view_of(level(), who())


def sees_person(person_id: int) -> bool:
    """Return whether whoever is asking may see this person's figures."""
    return figures.sees_person(level(), who(), person_id)


def has_any() -> bool:
    """Return whether there is anything to show to whoever is asking: figures, or their own."""
    return view() != "nothing" or guards.me() is not None

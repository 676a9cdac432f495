"""What a text tells of its page, remembered for a moment.

A page is locked while it is saved, on SQLite with the whole wiki. Rendering takes longer than all
else in a save, and needs no database. So `prepare` does it before the lock is taken; inside, the
same is asked for again and found. Where others saved meanwhile it is not found and made then:
nothing depends on it but time. Rejected: to hand the outcome down through every floor.
"""

from dataclasses import dataclass
from functools import lru_cache

from wiki.pages import rules
from wiki.text import sections
from wiki.text.markdown import Rendered, render
from wiki.text.sections import Section

# As many as may be saved at one moment in one process.
KEPT = 16


@dataclass(frozen=True, slots=True)
class Told:
    """What a text tells beside its `rules.facts`."""

    rendered: Rendered
    sections: tuple[Section, ...]
    tags: tuple[str, ...]


@lru_cache(maxsize=KEPT)
def facts(text: str, path: str) -> rules.Facts:
    """Return what `rules.facts` returns."""
    return rules.facts(text, path)


@lru_cache(maxsize=KEPT)
def told(text: str, path: str, title: str) -> Told:
    """Return what `text` tells of the page at `path` with this title."""
    return Told(
        rendered=render(text, path=path, title=title),
        sections=tuple(sections.sections(text, title=title)),
        tags=tuple(rules.tags(text)),
    )


def prepare(text: str, path: str) -> rules.Facts:
    """Make what saving `text` at `path` will need, and return what it says about its page."""
    found = facts(text, path)
    told(text, path, found.title)
    return found

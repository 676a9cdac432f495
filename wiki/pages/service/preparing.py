"""What a text tells of its page, remembered for a moment.

A page is locked while it is saved, on SQLite with the whole wiki. Rendering takes longer than all
else in a save, and needs no database. So `prepare` does it before the lock is taken; inside, the
same is asked for again and found. Where others saved meanwhile it is not found and made then:
nothing depends on it but time. An act on many pages prepares them `at_hand`, where none is
forgotten before all are written. Rejected: to hand the outcome down through every floor.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar, TypeVarTuple, cast

from wiki.pages import rules
from wiki.text import sections
from wiki.text.markdown import Rendered, render
from wiki.text.sections import Section

# As many as may be saved at one moment in one process.
KEPT = 16
# More would take too much memory; what comes after is made when it is needed.
AT_HAND = 2000
_Asked = TypeVarTuple("_Asked")
_Answer = TypeVar("_Answer")
_at_hand: ContextVar[dict[Any, Any] | None] = ContextVar("at_hand", default=None)


@dataclass(frozen=True, slots=True)
class Told:
    """What a text tells beside its `rules.facts`."""

    rendered: Rendered
    sections: tuple[Section, ...]
    tags: tuple[str, ...]


@contextmanager
def at_hand() -> Iterator[None]:
    """Let all that is prepared in this block stay until its end."""
    token = _at_hand.set({})
    try:
        yield
    finally:
        _at_hand.reset(token)


def recall(make: Callable[[*_Asked], _Answer], *asked: *_Asked) -> _Answer:
    """Return what `make` returns of this; in a block of `at_hand` it is asked but once."""
    held = _at_hand.get()
    if held is None or ((make, asked) not in held and len(held) >= AT_HAND):
        return make(*asked)
    if (make, asked) not in held:
        held[make, asked] = make(*asked)
    return cast("_Answer", held[make, asked])


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
    found = recall(facts, text, path)
    recall(told, text, path, found.title)
    return found

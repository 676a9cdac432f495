"""Which page an address of this wiki means, before and after pages move."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wiki.text.paths import path_from_title


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands, what it is called, and its title as [[links]] find it."""

    path: str
    title: str
    name: str


def place(path: str, title: str) -> Place:
    """Return the place of a page called `title` at `path`."""
    return Place(path, title, path_from_title(title))


@dataclass(frozen=True, slots=True)
class Addresses:
    """The living pages by number, and the paths that they left."""

    pages: Mapping[int, Place]
    former: Mapping[str, int]
    _here: Mapping[str, int] = field(init=False, repr=False)
    _called: Mapping[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        here = {one.path: number for number, one in self.pages.items()}
        called: dict[str, int] = {}
        for path in sorted(here, reverse=True):
            called[self.pages[here[path]].name] = here[path]
        object.__setattr__(self, "_here", here)
        object.__setattr__(self, "_called", called)

    def page_at(self, target: str, *, is_wiki: bool = False) -> int | None:
        """Return the page to which a link leads: by path, by former path, [[so]] also by title."""
        found = self._here.get(target, self.former.get(target))
        return self._called.get(target) if found is None and is_wiki else found

    def stands_at(self, target: str) -> int | None:
        """Return the page that stands at just this path."""
        return self._here.get(target)

    def after(self, moves: Mapping[int, Place]) -> "Addresses":
        """Return the addresses once the pages of `moves` stand where that says."""
        pages = {**self.pages, **moves}
        left = {self.pages[number].path: number for number in moves}
        here = {one.path for one in pages.values()}
        former = {
            path: number for path, number in {**self.former, **left}.items() if path not in here
        }
        return Addresses(pages, former)


def touched(before: Addresses, after: Addresses, moves: Mapping[int, Place]) -> set[str]:
    """Return every target of a link that may mean another page, or another path, after `moves`."""
    found = {path for path, number in before.former.items() if number in moves}
    for number in moves:
        for one in (before.pages[number], after.pages[number]):
            found |= {one.path, one.name}
    return found

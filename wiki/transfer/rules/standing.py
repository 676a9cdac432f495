"""Which page stands at which path while revisions go by, and what that does to files.

Revisions of many pages in the order of their moments need not fit: two pages that swap their
paths at one moment, or a history whose clocks disagreed, have both at one path for a while. The
one changed last is shown there; when it leaves, the other one comes back to light.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Put:
    """The page is to be shown at `path`."""

    path: str
    page: int


@dataclass(frozen=True, slots=True)
class Drop:
    """No page stands at `path` any more."""

    path: str


@dataclass(slots=True)
class Standing:
    """Where living pages stand. `pages_at` lists the pages of a path, the one shown last."""

    path_of: dict[int, str] = field(default_factory=dict)
    pages_at: dict[str, list[int]] = field(default_factory=dict)
    crowded: set[str] = field(default_factory=set)

    def change(self, page: int, path: str, *, lives: bool) -> list[Put | Drop]:
        """Note a revision of `page` at `path`, its end unless it `lives`; return what to do."""
        done = list(self._leave(page, path if lives else None))
        if lives:
            self.path_of[page] = path
            self.pages_at.setdefault(path, []).append(page)
            self._count(path)
            done.append(Put(path, page))
        return done

    def _leave(self, page: int, goal: str | None) -> Iterator[Put | Drop]:
        left = self.path_of.pop(page, None)
        if left is None:
            return
        others = self.pages_at[left]
        was_shown = others[-1] == page
        others.remove(page)
        self._count(left)
        if not others:
            del self.pages_at[left]
        if left == goal:
            return
        if not others:
            yield Drop(left)
        elif was_shown:
            yield Put(left, others[-1])

    def _count(self, path: str) -> None:
        if len(self.pages_at[path]) > 1:
            self.crowded.add(path)
        else:
            self.crowded.discard(path)

"""Two renderings of one block as one: the new one, its insertions and deletions marked by word.

Words are compared without their tags, and marks are put only around words between two tags, so the
structure of the new fragment is never touched; deleted words stand as plain text where they were. A
heading that was a paragraph is not the same block any more: then the old one is shown deleted and
the new one inserted. After daisydiff and VisualEditor's visual diff, reduced to one block.
Cost: about that of comparing its words.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from wiki.text.comparison.fragment import Event, Fragment, Item, parse, texts
from wiki.text.comparison.values import Source, Words, filled
from wiki.text.matching import Run, match

_SHORT_WORD = 3
_LONGEST_FILLER = 2


@dataclass(frozen=True, slots=True)
class Marks:
    """The HTML put around inserted and deleted words, trusted as it is; each pair is balanced."""

    insert_start: str = "<ins>"
    insert_end: str = "</ins>"
    delete_start: str = "<del>"
    delete_end: str = "</del>"


@dataclass(frozen=True, slots=True)
class Named:
    """Marks that tell where words come from: by the source of each, for words of both sides.

    `otherwise` is the source of what stands beside no word of a known one.
    """

    words: tuple[Words, Words]
    otherwise: Source
    marks: Callable[[Source], Marks]


def mark_html(old_html: str, new_html: str, marks: Marks | Named | None = None) -> str:
    """Return `new_html` with what is new in it and what is gone from `old_html` in `marks`.

    Both must be sanitised HTML of one block. Everything in the answer but the marks comes from
    them. Images count as words; a word in a link counts as changed when the target changed. An
    empty side shows the other one whole. With `Named` marks, neighbouring words of different
    sources are marked apart.
    """
    old, new = parse(old_html), parse(new_html)
    olds, news = _marks_of(old.items, marks, 0), _marks_of(new.items, marks, 1)
    if old.shape != new.shape or not (old.has_words and new.has_words):
        deleted = _Writer(Fragment(), old, ([], olds), _all_changed(is_deletion=True)).write()
        inserted = _Writer(Fragment(), new, ([], news), _all_changed(is_deletion=False)).write()
        return deleted + inserted
    return _Writer(old, new, (olds, news), _plan(old.items, new.items)).write()


def _marks_of(items: list[Item], marks: Marks | Named | None, side: int) -> list[Marks]:
    """Return the marks of each item, should it be marked."""
    if not isinstance(marks, Named):
        return [marks or Marks()] * len(items)
    known = marks.words[side]
    found: list[Source | None] = [None] * len(items)
    runs = match([item.word for item in items], [word for word, _ in known]).runs
    for i, j, length in runs:
        found[i : i + length] = [source for _, source in known[j : j + length]]
    made: dict[Source, Marks] = {}
    for source in filled(found, marks.otherwise):
        made.setdefault(source, marks.marks(source))
    return [made[source] for source in filled(found, marks.otherwise)]


@dataclass(slots=True)
class _Plan:
    """Which new items are kept, and which old ones are shown deleted beside which new one."""

    kept: set[int]
    before: dict[int, list[int]]
    after: dict[int, list[int]]
    is_deletion: bool = False


def _all_changed(*, is_deletion: bool) -> _Plan:
    return _Plan(set(), {}, {}, is_deletion)


def _plan(old: list[Item], new: list[Item]) -> _Plan:
    runs = _without_fillers(match(texts(old), texts(new)).runs, old, new)
    plan = _Plan(set(), defaultdict(list), defaultdict(list))
    i = j = 0
    for a, b, length in [*runs, (len(old), len(new), 0)]:
        gone = [index for index in range(i, a) if not old[index].is_break]
        if gone:
            _place(plan, gone, new, j)
        plan.kept.update(range(b, b + length))
        i, j = a + length, b + length
    return plan


def _place(plan: _Plan, gone: list[int], new: list[Item], place: int) -> None:
    """Hang deleted words on a neighbouring word, of the same block where there is one."""
    if place and not new[place - 1].is_break:
        plan.after[place - 1] += gone
        return
    # A border of blocks always has a word after it.
    following = (index for index in range(place, len(new)) if not new[index].is_break)
    plan.before[next(following)] += gone


def _without_fillers(runs: list[Run], old: list[Item], new: list[Item]) -> list[Run]:
    """Return the runs but for short function words and signs between two replacements."""
    kept: list[Run] = []
    i = j = 0
    for index, (a, b, length) in enumerate(runs):
        c, d, _ = runs[index + 1] if index + 1 < len(runs) else (len(old), len(new), 0)
        is_between = a > i and b > j and c > a + length and d > b + length
        if is_between and _is_filler(old[a : a + length]):
            continue
        kept.append((a, b, length))
        i, j = a + length, b + length
    return kept


def _is_filler(items: list[Item]) -> bool:
    if len(items) > _LONGEST_FILLER or any(item.is_break for item in items):
        return False
    found = [item.html for item in items if any(map(str.isalnum, item.html))]
    return len(found) <= 1 and all(
        len(word) <= _SHORT_WORD and word.isalpha() and word.islower() for word in found
    )


class _Writer:
    """Writes the events of the new fragment, opening and closing marks between tags only."""

    def __init__(
        self, old: Fragment, new: Fragment, marks: tuple[list[Marks], list[Marks]], plan: _Plan
    ) -> None:
        self.old, self.new, self.marks, self.plan = old.items, new, marks, plan
        self.out: list[str] = []
        self.blank = ""
        self.marking: Marks | None = None
        self.pending: list[int] = []
        self.next = 0

    def write(self) -> str:
        for event in self.new.events:
            if event.kind == "item":
                self._item(event)
            elif event.kind == "blank":
                self._blank(event.html)
            else:
                self._settle()
                if event.kind == "tag":
                    self._delete(self.pending, is_kept_next=self.next in self.plan.kept)
                self.out.append(event.html)
        self._settle()
        self._delete(self.pending, is_kept_next=False)
        return "".join(self.out)

    def _item(self, event: Event) -> None:
        is_kept = event.index in self.plan.kept
        self.next = event.index + 1
        gone = [*self.pending, *self.plan.before.get(event.index, [])]
        marks = None if is_kept else self.marks[1][event.index]
        if gone or marks != self.marking:
            self._settle()
        self._delete(gone, is_kept_next=is_kept)
        if marks and not self.marking:
            self.out.append(self.blank + self._ends(marks)[0])
            self.blank, self.marking = "", marks
        self.out.append(self.blank + event.html)
        self.blank = ""
        self.pending = list(self.plan.after.get(event.index, []))

    def _blank(self, blank: str) -> None:
        if not self.pending:
            self.blank += blank
            return
        self._settle()
        if self.old[self.pending[0]].lead:
            self.out.append(blank)
            return
        self._delete(self.pending, is_kept_next=False)
        self.blank = blank

    def _settle(self) -> None:
        """End an insertion that is open; blanks after its last word stay outside."""
        if self.marking:
            self.out.append(self._ends(self.marking)[1])
        if self.blank:
            self.out.append(self.blank)
        self.blank, self.marking = "", None

    def _ends(self, marks: Marks) -> tuple[str, str]:
        if self.plan.is_deletion:
            return marks.delete_start, marks.delete_end
        return marks.insert_start, marks.insert_end

    def _delete(self, gone: list[int], *, is_kept_next: bool) -> None:
        self.pending = []
        if not gone:
            return
        is_apart = not self.out or self.out[-1].endswith((">", " ", "\n", "\t"))
        following = self.old[gone[-1] + 1] if gone[-1] + 1 < len(self.old) else None
        after = ""
        if following and is_kept_next and not following.is_break:
            after = following.lead
        groups = [list(group) for _, group in groupby(gone, key=self.marks[0].__getitem__)]
        for group in groups:
            lead = "" if group is groups[0] and is_apart else self.old[group[0]].lead
            words = "".join(self.old[index].lead + self.old[index].html for index in group)
            words = words[len(self.old[group[0]].lead) :] + after * (group is groups[-1])
            marks = self.marks[0][group[0]]
            self.out.append(f"{lead}{marks.delete_start}{words}{marks.delete_end}")

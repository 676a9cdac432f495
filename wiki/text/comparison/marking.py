"""Two renderings of one block as one: the new one, its insertions and deletions marked by word.

Words are compared without their tags, and marks are put only around words between two tags, so the
structure of the new fragment is never touched; deleted words stand as plain text where they were. A
heading that was a paragraph is not the same block any more: then the old one is shown deleted and
the new one inserted. After daisydiff and VisualEditor's visual diff, reduced to one block.
Cost: about that of comparing its words.
"""

from collections import defaultdict
from dataclasses import dataclass

from wiki.text.comparison.fragment import Event, Fragment, Item, parse, texts
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


def mark_html(old_html: str, new_html: str, marks: Marks | None = None) -> str:
    """Return `new_html` with what is new in it and what is gone from `old_html` in `marks`.

    Both must be sanitised HTML of one block. Everything in the answer but the marks comes from
    them. Images count as words; a word in a link counts as changed when the target changed. An
    empty side shows the other one whole.
    """
    marks = marks or Marks()
    old, new = parse(old_html), parse(new_html)
    if old.shape != new.shape or not (old.has_words and new.has_words):
        deleted = _Writer(Fragment(), old, marks, _all_changed(is_deletion=True)).write()
        return deleted + _Writer(Fragment(), new, marks, _all_changed(is_deletion=False)).write()
    return _Writer(old, new, marks, _plan(old.items, new.items)).write()


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

    def __init__(self, old: Fragment, new: Fragment, marks: Marks, plan: _Plan) -> None:
        self.old, self.new, self.marks, self.plan = old.items, new, marks, plan
        self.starts = marks.delete_start if plan.is_deletion else marks.insert_start
        self.ends = marks.delete_end if plan.is_deletion else marks.insert_end
        self.out: list[str] = []
        self.blank = ""
        self.is_marking = False
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
        if is_kept or gone:
            self._settle()
        self._delete(gone, is_kept_next=is_kept)
        if not (is_kept or self.is_marking):
            self.out.append(self.blank + self.starts)
            self.blank, self.is_marking = "", True
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
        if self.is_marking:
            self.out.append(self.ends)
        if self.blank:
            self.out.append(self.blank)
        self.blank, self.is_marking = "", False

    def _delete(self, gone: list[int], *, is_kept_next: bool) -> None:
        self.pending = []
        if not gone:
            return
        first, *rest = [self.old[index] for index in gone]
        words = first.html + "".join(item.lead + item.html for item in rest)
        is_apart = not self.out or self.out[-1].endswith((">", " ", "\n", "\t"))
        before = "" if is_apart else first.lead
        following = self.old[gone[-1] + 1] if gone[-1] + 1 < len(self.old) else None
        after = ""
        if following and is_kept_next and not following.is_break:
            after = following.lead
        marks = self.marks
        self.out.append(f"{before}{marks.delete_start}{words}{after}{marks.delete_end}")

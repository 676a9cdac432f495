"""The words of a changed block as runs to show: kept, deleted, inserted, tidied for the eye.

Two changes with only a short function word or a sign between them read better as one, so they are
joined: for showing only, never for merging or authorship. Runs end at line ends, so that marks
around them stay inside a list item or row. After the semantic clean-up of Neil Fraser's diff
strategies.
"""

from collections.abc import Iterable, Iterator

from wiki.text.comparison.values import Run, RunKind
from wiki.text.diff import Hunk, compare
from wiki.text.tokens import words

_SHORT_WORD = 3
_FEW_SIGNS = 4
_LONGEST_FILLER = 16
_TWO_WORDS = 2
_LONG_CHANGE = 3

# Words kept, words deleted, words inserted: a kept text is in both others too.
_Part = tuple[bool, str, str]


def runs_between(
    old: str, new: str, old_at: int, new_at: int, *, is_quiet: bool
) -> tuple[tuple[Run, ...], bool]:
    """Return the runs that show how `old` became `new`, and whether a limit made them coarse.

    When quiet, blanks that only became more or fewer are kept words (as in new): the padding of a
    table row would drown the one word that changed in it.
    """
    hunks = compare(old, new)
    runs: list[Run] = []
    for is_kept, before, after in tidied(hunks, is_quiet=is_quiet):
        if is_kept:
            runs.extend(_by_line("keep", after, old_at, new_at, moves=(1, 1)))
        else:
            runs.extend(_by_line("delete", before, old_at, new_at, moves=(1, 0)))
            runs.extend(_by_line("insert", after, old_at + len(before), new_at, moves=(0, 1)))
        old_at += len(before)
        new_at += len(after)
    return tuple(runs), any(hunk.is_coarse for hunk in hunks)


def whole_runs(kind: RunKind, text: str, old_at: int, new_at: int) -> tuple[Run, ...]:
    """Return the lines of `text` as runs of one kind."""
    moves = int(kind != "insert"), int(kind != "delete")
    return tuple(_by_line(kind, text, old_at, new_at, moves))


def _by_line(
    kind: RunKind,
    text: str,
    old_at: int,
    new_at: int,
    moves: tuple[int, int],
) -> Iterator[Run]:
    if "\n" not in text:
        if text:
            yield Run(kind, text, old_at, new_at)
        return
    lines = text.split("\n")
    ended = [line + "\n" for line in lines[:-1]]
    for line in [*ended, lines[-1]] if lines[-1] else ended:
        yield Run(kind, line, old_at, new_at)
        old_at += len(line) * moves[0]
        new_at += len(line) * moves[1]


def tidied(hunks: Iterable[Hunk], *, is_quiet: bool) -> list[_Part]:
    """Return (is kept, old, new) parts, changes joined that have next to nothing between them."""
    done: list[_Part] = []
    for hunk in hunks:
        is_kept = hunk.kind == "equal" or (is_quiet and _is_padding(hunk))
        part = (is_kept, hunk.old, hunk.new)
        is_after_filler = len(done) > 1 and not is_kept and done[-1][0] and not done[-2][0]
        if is_after_filler and _is_filler(done[-1][1], done[-2], part):
            kept = done.pop()[1:]
            _, old, new = done.pop()
            done.append((False, old + kept[0] + part[1], new + kept[1] + part[2]))
        else:
            done.append(part)
    return done


def _is_padding(hunk: Hunk) -> bool:
    return hunk.old.isspace() and hunk.new.isspace() and "\n" not in hunk.old + hunk.new


def _is_filler(kept: str, before: _Part, after: _Part) -> bool:
    """Return whether `kept` is too little to be worth standing out between two replacements."""
    is_replacing = (before[1] or after[1]) and (before[2] or after[2])
    if "\n" in kept or len(kept) > _LONGEST_FILLER or not is_replacing:
        return False
    found = words(kept)
    if not all(word.isalpha() and word.islower() for word in found):
        return False
    sizes = _size(before), _size(after)
    letters = max(map(len, found), default=0)
    if len(found) <= 1:
        return letters <= _SHORT_WORD and (sum(sizes) > 1 if found else len(kept) <= _FEW_SIGNS)
    return len(found) == _TWO_WORDS and letters <= _SHORT_WORD + 1 and min(sizes) >= _LONG_CHANGE


def _size(part: _Part) -> int:
    return max(len(words(part[1])), len(words(part[2])))

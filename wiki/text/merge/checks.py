"""The last look at a merged text before anybody gets it: reached a second way, and words counted.

Neither check knows how the text was put together. Each is linear in the texts.
"""

from collections import Counter
from collections.abc import Sequence

from wiki.text.merge.edits import Edit, apply
from wiki.text.tokens import words


def is_safe(base: str, theirs: Sequence[Edit], mine: Sequence[Edit], merged: str) -> bool:
    """Return whether both ways lead to `merged` and no word was lost or doubled on the way.

    The ways: my edits made in their text, and theirs made in mine.
    """
    return (
        _edited_after(base, theirs, mine) == merged
        and _edited_after(base, mine, theirs) == merged
        and keeps_words(base, theirs, mine, merged)
    )


def _edited_after(base: str, first: Sequence[Edit], second: Sequence[Edit]) -> str | None:
    """Return the text after the first side's edits, then the second's moved to where they belong.

    None if one of them would not find there what it found in the base.
    """
    text = apply(base, first)
    done = {edit.key for edit in first}
    moved: list[Edit] = []
    index = shift = 0
    for edit in second:
        while index < len(first) and first[index].end <= edit.start:
            shift += first[index].growth
            index += 1
        if edit.key in done:
            continue
        start, end = edit.start + shift, edit.end + shift
        if text[start:end] != base[edit.start : edit.end]:
            return None
        moved.append(Edit(start, end, edit.text, start, end))
    return apply(text, moved)


def keeps_words(base: str, theirs: Sequence[Edit], mine: Sequence[Edit], merged: str) -> bool:
    """Return whether each word stands in the merged text as often as the edits allow."""
    gained = _words_of_difference(base, merged)
    ins, outs = zip(*(_ins_and_outs(base, side) for side in (theirs, mine)), strict=True)
    seen = {*gained, *ins[0], *ins[1], *outs[0], *outs[1]}
    return all(
        max(ins[0][word], ins[1][word]) - outs[0][word] - outs[1][word]
        <= gained[word]
        <= ins[0][word] + ins[1][word] - max(outs[0][word], outs[1][word])
        for word in seen
    )


def _ins_and_outs(base: str, edits: Sequence[Edit]) -> tuple[Counter[str], Counter[str]]:
    ins = Counter(word for edit in edits for word in words(edit.text))
    outs = Counter(word for edit in edits for word in words(base[edit.start : edit.end]))
    return ins, outs


def _words_of_difference(old: str, new: str) -> Counter[str]:
    """Return how many more of each word `new` has; no word goes over a line's end."""
    lines = Counter(new.split("\n"))
    lines.subtract(Counter(old.split("\n")))
    gained: Counter[str] = Counter()
    for line, times in lines.items():
        if times:
            for word in words(line):
                gained[word] += times
    return gained

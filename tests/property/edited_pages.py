"""Generated pages with words, blanks, line ends and emoji, two edits of each, and their words."""

from collections import Counter
from itertools import count

from hypothesis import strategies as st

from wiki.text.diff import compare
from wiki.text.tokens import words

TOKENS = [
    "We",
    "ask",
    "ask",
    "report",
    "été",
    "e\u0301",
    "中",
    "文",
    "👍🏽",
    "🇬🇧",
    " ",
    " ",
    " ",
    "  ",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    ". ",
    ". ",
    "。",
    ",",
    "- ",
    "| ",
    "# ",
    "```",
    "---",
    "title: ",
]
pieces = st.lists(st.sampled_from(TOKENS), max_size=40)
LINES = [
    "",
    "",
    "# Aims",
    "- one",
    "- two",
    "We ask all. We report.",
    "We ask.",
    "| a | b |",
    "---",
]


@st.composite
def edited(draw: st.DrawFn, base: list[str], source: list[str]) -> str:
    """Draw a text made of the base by a few insertions, deletions and replacements."""
    side = list(base)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(side)))
        removed = draw(st.integers(0, 4))
        side[at : at + removed] = draw(st.lists(st.sampled_from(source), max_size=3))
    return "".join(side)


@st.composite
def triples(draw: st.DrawFn) -> tuple[str, str, str]:
    """Draw a base with two edits of it, or, now and then, three texts with nothing in common."""
    source = draw(st.sampled_from([TOKENS, [f"{line}\n" for line in LINES]]))
    base = draw(st.lists(st.sampled_from(source), max_size=40))
    if draw(st.integers(0, 9)) == 0:
        return "".join(base), "".join(draw(pieces)), "".join(draw(pieces))
    return "".join(base), draw(edited(base, source)), draw(edited(base, source))


def ins_and_outs(base: str, side: str) -> tuple[Counter[str], Counter[str]]:
    hunks = [hunk for hunk in compare(base, side) if hunk.kind != "equal"]
    return (
        Counter(word for hunk in hunks for word in words(hunk.new)),
        Counter(word for hunk in hunks for word in words(hunk.old)),
    )


@st.composite
def marked_triples(draw: st.DrawFn) -> tuple[str, str, str, list[str]]:
    """Draw a base and two sides whose every inserted word is one of a kind; and those words."""
    base = draw(pieces)
    numbers = count()
    marks: list[str] = []
    sides: list[str] = []
    for _ in range(2):
        side = list(base)
        for _ in range(draw(st.integers(1, 3))):
            at = draw(st.integers(0, len(side)))
            marks.append(f"mark{next(numbers)}")
            put = draw(st.sampled_from([" {} ", "{}. ", "{}", "\n{}\n", "\n\n{}"]))
            side[at : at + draw(st.integers(0, 3))] = [put.format(marks[-1])]
        sides.append("".join(side))
    return "".join(base), sides[0], sides[1], marks

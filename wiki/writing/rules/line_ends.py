"""The line ends of a text that came through a browser, which makes all of them CRLF."""

from itertools import accumulate

from wiki.pages.rules import with_line_ends_of
from wiki.text.comparison import normalised
from wiki.text.diff import compare


def as_in(text: str, base: str) -> str:
    """Return `text`, typed over `base`, so that every line nobody touched ends as it did.

    Where `base` mixes its line ends, each stretch that stayed is taken from it; otherwise all
    lines end alike. Cost: a comparison, for mixed line ends alone.
    """
    if not _is_mixed(base):
        return with_line_ends_of(text, base)
    usual = "\r\n" if base.count("\r\n") * 2 > base.count("\n") else "\n"
    signs = _signs(base)
    starts = [0, *accumulate(map(len, signs))]
    pieces: list[str] = []
    for hunk in compare(normalised(base), normalised(text)):
        if hunk.kind == "equal":
            end = hunk.old_start + len(hunk.old)
            piece = base[starts[hunk.old_start] : starts[end]]
        else:
            piece = hunk.new.replace("\n", usual)
        if pieces and pieces[-1].endswith("\r") and piece.startswith("\n"):
            pieces[-1] = pieces[-1][:-1] + usual  # or two line ends would become one
        if piece:
            pieces.append(piece)
    return "".join(pieces)


def _is_mixed(text: str) -> bool:
    pairs = text.count("\r\n")
    return text.count("\r") > pairs or 0 < pairs < text.count("\n")


def _signs(text: str) -> list[str]:
    """Return the signs of `text` as a reader counts them: a CRLF is one."""
    signs: list[str] = []
    for index, stretch in enumerate(text.split("\r\n")):
        if index:
            signs.append("\r\n")
        signs += stretch
    return signs

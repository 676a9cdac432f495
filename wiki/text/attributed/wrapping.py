"""Pieces of runs written into the HTML: a `span` around each, and small numbers behind them."""

from collections.abc import Iterator, Mapping
from html import escape

from wiki.text.attributed.values import Attributed, Look, Piece

# What stands at one place of the HTML: ends first, then numbers, then beginnings.
_END, _NUMBER, _START = range(3)
_Insertion = tuple[int, int, str]


def marked(attributed: Attributed, looks: Mapping[int, Look]) -> str:
    """Return the HTML with each run in the look of its origin, the rest as it was.

    The first piece of a run has the id `run-<index>`. At the end of a run, and where it goes on
    in the next block, stands a link to its note, whose id is `Look.note`. Raises KeyError for an
    origin without a look.
    """
    html, at = attributed.html, 0
    parts: list[str] = []
    for place, _, inserted in sorted(_insertions(attributed, looks), key=lambda one: one[:2]):
        parts += (html[at:place], inserted)
        at = place
    return "".join([*parts, html[at:]])


def _insertions(attributed: Attributed, looks: Mapping[int, Look]) -> Iterator[_Insertion]:
    begun: set[int] = set()
    pieces = attributed.pieces
    for piece, following in zip(pieces, [*pieces[1:], None], strict=False):
        look = looks[attributed.runs[piece.run - 1].origin]
        yield piece.start, _START, _opening_tag(piece, look, is_first=piece.run not in begun)
        yield piece.end, _END, "</span>"
        begun.add(piece.run)
        if not following or (following.run, following.block) != (piece.run, piece.block):
            yield piece.number_at, _NUMBER, _number(look)


def _opening_tag(piece: Piece, look: Look, *, is_first: bool) -> str:
    chosen = " by--chosen" if look.is_chosen else ""
    place = f' id="run-{piece.run}"' if is_first else ""
    return (
        f'<span class="by {escape(look.look)}{chosen}"{place} data-run="{piece.run}" '
        f'data-by="{look.slot}" data-note="{escape(look.note)}">'
    )


def _number(look: Look) -> str:
    chosen = " by-number--chosen" if look.is_chosen else ""
    return f'<a class="by-number{chosen}" href="#{escape(look.note)}">{escape(look.label)}</a>'

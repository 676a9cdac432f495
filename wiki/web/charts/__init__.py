"""Charts as geometry: labels and values in, places out; components/charts draws them.

Along the width a place is a share in per cent and along the height it is in pixels, so that a
chart fits any screen while its letters, bars and lines keep their size.
"""

from wiki.web.charts.bar import Bar, Bars, bars
from wiki.web.charts.column import Columns, columns
from wiki.web.charts.line import Lines, lines
from wiki.web.charts.scale import months_between
from wiki.web.charts.series import OTHERS, SLOTS, Series, gathered, look_of, number_of, slots_of

__all__ = [
    "OTHERS",
    "SLOTS",
    "Bar",
    "Bars",
    "Columns",
    "Lines",
    "Series",
    "bars",
    "columns",
    "gathered",
    "lines",
    "look_of",
    "months_between",
    "number_of",
    "slots_of",
]

"""The HTML of a page with every run of words marked by who wrote it.

The words of the rendered page are found again in its source (`alignment`), whose spans say where
each came from; neighbours of one origin are a run, and each run is wrapped where it stands, element
by element (`wrapping`). Nothing else of the HTML is touched. Nobody is known by name here: a run
has an origin, and the caller says by a `Look` which colour, number and label an origin has.
Rejected: origins carried through the Markdown parser (ties rendering to authorship, and pages that
are stored as HTML would have to be rendered at every view); diffing characters instead of words.
Cost: linear but for words that cannot be found in order; 0.1 s for a page of 100 KB.
"""

from wiki.text.attributed.ages import Step, steps_of
from wiki.text.attributed.asking import Passage, who_wrote
from wiki.text.attributed.looks import looks_of
from wiki.text.attributed.runs import attribute
from wiki.text.attributed.values import Attributed, Authored, Look, Run
from wiki.text.attributed.wrapping import marked

__all__ = [
    "Attributed",
    "Authored",
    "Look",
    "Passage",
    "Run",
    "Step",
    "attribute",
    "looks_of",
    "marked",
    "steps_of",
    "who_wrote",
]

"""Two edits of one text put together, or shown side by side where they cannot be.

Both edits are compared with the text that they started from by the same differ; a change made by
one of them is taken over, the same change made by both is taken once. Two different changes clash
if they overlap, touch, or stand in one sentence: "shall not report" and "shall promptly report"
must never become "shall not promptly report". An edit of lines that the other side moved is made
at their new place. A merge is handed out only after it was reached a second way and its words were
counted; otherwise it is a clash as well, of the whole text. So it is with what a clash offers:
whichever side is kept where they clash, every other change of both is in the text.
Sources: diff3 (Khanna, Kunal and Pierce 2007), on the hunks of `wiki.text.diff`.
Rejected: lines (ask in a tenth more of real merges), words without the guard of the sentence,
fuzzy patches (lose words and call it applied), CRDTs (glue both words together).
Cost: two comparisons, and time in line with the texts for the rest.
"""

from wiki.text.merge.joining import three_way
from wiki.text.merge.values import Choice, Clash, Incoming, Merged, Options, Row, Same

__all__ = ["Choice", "Clash", "Incoming", "Merged", "Options", "Row", "Same", "three_way"]

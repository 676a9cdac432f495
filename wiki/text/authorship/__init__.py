"""Who wrote each word of a page that stands."""

from wiki.text.authorship.drawers import PlainMemory
from wiki.text.authorship.following import follow, replay
from wiki.text.authorship.packing import packed_head, unpacked_head
from wiki.text.authorship.reading import spans, standing
from wiki.text.authorship.values import Credit, Head, Memory, Run, Span, Step

__all__ = [
    "Credit", "Head", "Memory", "PlainMemory", "Run", "Span", "Step",
    "follow", "packed_head", "replay", "spans", "standing", "unpacked_head",
]  # fmt: skip

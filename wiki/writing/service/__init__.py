"""The verbs of writing."""

from wiki.writing.service.carrying_over import carry_over
from wiki.writing.service.drafts import (
    SentBefore,
    Submission,
    TooManyDrafts,
    discard,
    forget,
    keep,
    sent_mark,
)
from wiki.writing.service.presence import close_form, open_form, stay_in_form
from wiki.writing.service.saving import (
    Clashed,
    Gone,
    Outcome,
    Saved,
    Unchanged,
    look_ahead,
    save,
)
from wiki.writing.service.tidying import stale
from wiki.writing.service.writing import reserve, write, write_all, write_new

__all__ = [
    "Clashed",
    "Gone",
    "Outcome",
    "Saved",
    "SentBefore",
    "Submission",
    "TooManyDrafts",
    "Unchanged",
    "carry_over",
    "close_form",
    "discard",
    "forget",
    "keep",
    "look_ahead",
    "open_form",
    "reserve",
    "save",
    "sent_mark",
    "stale",
    "stay_in_form",
    "write",
    "write_all",
    "write_new",
]

"""The verbs of writing."""

from wiki.writing.service.drafts import Submission, discard, forget, keep
from wiki.writing.service.presence import open_form
from wiki.writing.service.saving import Clashed, Gone, Outcome, Saved, Unchanged, save
from wiki.writing.service.writing import prepare, reserve, write, write_all, write_new

__all__ = [
    "Clashed",
    "Gone",
    "Outcome",
    "Saved",
    "Submission",
    "Unchanged",
    "discard",
    "forget",
    "keep",
    "open_form",
    "prepare",
    "reserve",
    "save",
    "write",
    "write_all",
    "write_new",
]

"""A revision to be."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from wiki.pages.models import Page


class Marks(TypedDict, total=False):
    """What may be said of a revision beside its text, author and moment; see Change."""

    note: str
    kind: str
    is_minor: bool
    is_imported: bool
    restored_number: int | None
    merged_number: int | None
    undone_number: int | None


class Details(Marks, total=False):
    """The same, with the path to which the page moves."""

    path: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What somebody wants to put on top of a page.

    `text` None keeps the head's text; `path` None keeps the page where it stands. A page
    without revisions needs the kind `create`, a deleted one `undelete`.
    """

    page: Page
    text: str | None
    author_id: int
    made_at: datetime
    note: str = ""
    kind: str = "edit"
    path: str | None = None
    is_minor: bool = False
    is_imported: bool = False
    restored_number: int | None = None
    merged_number: int | None = None
    undone_number: int | None = None

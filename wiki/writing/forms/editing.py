"""The form in which a page is written: as it was sent, and as it is shown again."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from wiki.text.paths import PATH_LIMIT
from wiki.writing.rules.resolving import box_mark

Errors = list[tuple[str, str]]
# To save a page from which all was taken is an act of its own.
ACTS = ("save", "empty", "preview", "compare")
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_CHOICE = re.compile(r"choice-(\d{1,6})", re.ASCII)
_OWN = re.compile(r"own-(\d{1,6})", re.ASCII)
_OFFERED = re.compile(r"offered-(\d{1,6})", re.ASCII)
_ANCHOR_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent, with its line ends as newlines. `base` is None where none was sent."""

    text: str
    note: str
    is_minor: bool
    base: int | None
    origin: int | None
    form: str
    page_id: int | None
    section: str
    act: str
    title: str = ""
    seen: str = ""
    continues: str = ""
    asked: str = ""
    chosen: Mapping[int, str] = field(default_factory=dict)
    own: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EditForm:
    """The form as it is shown; `text` is the section alone where there is one.

    `title` is what a new page is to be called should its text not say it; `is_emptied` asks
    whether a page shall be saved without a word. `seen` is the mark of what was submitted from this
    form before and is shown in it. `continues` is how the draft stands that it was opened with,
    `copied` the number of a draft with whose text it began, which stays as it is.
    """

    text: str
    base: int
    form: str
    note: str = ""
    is_minor: bool = False
    page_id: int = 0
    section: str = ""
    section_title: str = ""
    title: str = ""
    is_emptied: bool = False
    seen: str = ""
    continues: str = ""
    copied: int = 0
    errors: Errors = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ClashForm:
    """The form in which a clash is resolved against revision `base`; `text` is mine, whole.

    `asked` names the words typed and not chosen, about which it asks whether they shall go.
    """

    text: str
    base: int
    origin: int
    form: str
    note: str
    is_minor: bool
    page_id: int
    seen: str = ""
    continues: str = ""
    asked: str = ""
    errors: Errors = field(default_factory=list)


def read(form: Mapping[str, str]) -> Sent:
    """Return what was sent; what makes no sense is as if it had not been sent."""
    act = form.get("act", "")
    return Sent(
        text=form.get("text", ""),
        note=form.get("note", ""),
        is_minor=bool(form.get("minor")),
        base=read_number(form.get("base", "")),
        origin=read_number(form.get("from", "")),
        form=form.get("form", ""),
        page_id=read_number(form.get("page", "")) or None,
        section=form.get("section", "")[:_ANCHOR_LIMIT],
        act=act if act in ACTS else "save",
        title=" ".join(form.get("title", "").replace("\0", "").split()),
        seen=form.get("seen", ""),
        continues=form.get("continues", ""),
        asked=form.get("asked", ""),
        chosen=_places(_CHOICE, form),
        own=_typed(form),
    )


def read_path(form: Mapping[str, str]) -> str:
    """Return for which page a draft was sent."""
    return form.get("path", "").replace("\0", "")[:PATH_LIMIT]


def read_number(text: str) -> int | None:
    """Return a number as it stands in a form or an address, or None."""
    return int(text) if _NUMBER.fullmatch(text) else None


def new_form_name() -> str:
    """Return a name for a form that is opened: two windows are two forms."""
    return secrets.token_urlsafe(18)


def _typed(form: Mapping[str, str]) -> dict[int, str]:
    """Return the words of the boxes of a clash, less those that stand as they were offered."""
    offered = _places(_OFFERED, form)
    own = _places(_OWN, form)
    return {place: words for place, words in own.items() if offered.get(place) != box_mark(words)}


def _places(pattern: re.Pattern[str], form: Mapping[str, str]) -> dict[int, str]:
    found = ((pattern.fullmatch(name), value) for name, value in form.items())
    return {int(name[1]): value for name, value in found if name}

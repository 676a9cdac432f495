"""What a file of a folder means for its page, which people may have changed in the wiki since."""

from dataclasses import dataclass
from typing import Literal

from wiki.text import paths
from wiki.text.merge import Merged, three_way
from wiki.transfer.rules import files
from wiki.transfer.rules.files import Place

Act = Literal["create", "edit", "merge", "undelete", "same", "skip"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The page of a file: its text now, and the one that file and page last had in common.

    `base` is None where nobody knows; `is_new`: the file is not what it was at its last import.
    """

    head: str
    base: str | None = None
    is_deleted: bool = False
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with a file: an act with the text for it, or the reason why there is none."""

    act: Act
    text: str = ""
    reason: str = ""


def decide(text: str, found: Found | None, *, is_forced: bool) -> Decision:
    """Return what becomes of a file with this text: nobody's words in the wiki are lost by it.

    Forced, the file goes on top of whatever there is, as one more revision.
    """
    if found is None:
        return Decision("create", text)
    if found.is_deleted and not is_forced:
        return Decision("skip", reason="deleted-here")
    if found.is_deleted:
        return Decision("undelete", text)
    return _on_top(text, found, is_forced=is_forced)


def place_under(file: str, under: str) -> Place | None:
    """Return where the page of the file stands below the page `under`, or None if it cannot."""
    place = files.place_of(file, "")
    if place is None or not under:
        return place
    path = f"{under}/{place.path}"
    return Place(path, place.why) if paths.refusal(path) is None else None


def _on_top(text: str, found: Found, *, is_forced: bool) -> Decision:
    if text == found.head:
        return Decision("same")
    if is_forced or found.head == found.base:
        return Decision("edit", text)
    return _beside_changes(text, found)


def _beside_changes(text: str, found: Found) -> Decision:
    """Return what to do where the page was changed in the wiki since."""
    if not found.is_new:
        return Decision("same")
    if found.base is None:
        return Decision("skip", reason="other-text")
    merged = three_way(found.base, found.head, text)
    if not isinstance(merged, Merged):
        return Decision("skip", reason="clash")
    return Decision("same") if merged.text == found.head else Decision("merge", merged.text)

"""Paths of pages: how they are written, which are refused, their parents, titles and order."""

import re
import unicodedata

SEGMENT_LIMIT = 120
PATH_LIMIT = 300
LEVEL_LIMIT = 8

# Words that follow a page's path in an address, so no page may be called by them.
DOORS = frozenset(
    {
        "access",
        "authorship",
        "compare",
        "contributors",
        "copy",
        "delete",
        "drafts",
        "edit",
        "feed",
        "history",
        "links",
        "move",
        "new",
        "preview",
        "proposals",
        "questions",
        "raw",
        "rename",
        "restore",
        "revisions",
        "sections",
        "suggest",
        "undo",
        "watch",
    }
)

_APOSTROPHES = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}`]")
_ODD = re.compile(r"[^a-z0-9._-]+")
_HYPHENS = re.compile(r"-{2,}")
_RUNS = re.compile(r"([0-9]+)")


def normal(path: str) -> str:
    """Return `path` as it is stored and addressed, or "" when nothing usable is left of it.

    Lower case, compatibility forms folded (NFKC, so that look-alike widths are one page), segments
    of letters, digits and marks of any script with `-`, `_` and `.`; spaces and other signs become
    hyphens; empty and dot segments vanish. Applying it twice changes nothing.
    """
    segments = (_segment(part) for part in path.replace("\\", "/").split("/"))
    return "/".join(segment for segment in segments if segment)


def refusal(path: str) -> str | None:
    """Return why `path` cannot be the path of a page, as a sentence for people, or None."""
    plain = normal(path)
    if not plain:
        return "Give the page a name with at least one letter or number."
    if plain != path:
        return f"Write the address in small letters, numbers and hyphens, for example “{plain}”."
    return _size_refusal(plain) or _door_refusal(plain)


def path_from_title(title: str) -> str:
    """Return the one segment that a page called `title` gets in its path; a slash is a hyphen."""
    return _segment(title.replace("/", " ").replace("\\", " "))[:SEGMENT_LIMIT].strip("-.")


def title_from_path(path: str) -> str:
    """Return readable words for a page that has no title of its own."""
    words = path.rpartition("/")[2].replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def parent(path: str) -> str | None:
    """Return the path one level up, or None for a page at the top."""
    return path.rpartition("/")[0] or None


def ancestors(path: str) -> list[str]:
    """Return the paths above `path`, from the top down, without itself."""
    parts = path.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]


def is_within(path: str, top: str) -> bool:
    """Return whether `path` is `top` or lies under it; everything lies under ""."""
    return not top or f"{path}/".startswith(f"{top}/")


def natural_key(path: str) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """Return a sort key by which `10-…` comes after `9-…` and children follow their parent."""
    return tuple(
        tuple(_run_key(run) for run in _RUNS.split(segment) if run) for segment in path.split("/")
    )


def _run_key(run: str) -> tuple[int, int, str]:
    if run[0] in "0123456789":
        digits = run.lstrip("0")
        return (0, len(digits), digits)
    return (1, 0, run)


def _segment(part: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", part).lower())
    folded = _APOSTROPHES.sub("", folded)
    plain = _ODD.sub(_keep_letters, folded)
    return _HYPHENS.sub("-", plain).strip("-.")


def _keep_letters(run: re.Match[str]) -> str:
    return "".join(_kept(sign) for sign in run.group())


def _kept(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Cf":  # invisible joiners and direction marks would make two pages look alike
        return ""
    return sign if kind[0] in "LMN" else "-"


def _size_refusal(path: str) -> str | None:
    if len(path) > PATH_LIMIT:
        return f"The address is longer than {PATH_LIMIT} letters. Choose shorter names."
    segments = path.split("/")
    if len(segments) > LEVEL_LIMIT:
        return f"Pages can lie at most {LEVEL_LIMIT} levels deep. Move this page further up."
    if any(len(segment) > SEGMENT_LIMIT for segment in segments):
        return f"One part of the address is longer than {SEGMENT_LIMIT} letters. Shorten it."
    return None


def _door_refusal(path: str) -> str | None:
    for segment in path.split("/"):
        if segment in DOORS:
            return (
                f"“{segment}” has a meaning of its own in the addresses of this wiki. "
                "Choose another name for the page."
            )
    return None

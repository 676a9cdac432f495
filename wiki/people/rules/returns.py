"""Where a person may be sent back to after signing in.

The address comes from outside. It is judged as a browser would resolve it: browsers drop
tabs and line ends anywhere, blanks at the ends, and read a backslash as a slash.
"""

import unicodedata
from urllib.parse import unquote

HOME = "/"
LONGEST = 2000
_DECODINGS = 3
_DOORS = ("/sign-in", "/sign-out", "/sign-up")


def way_back(target: str) -> str:
    """Return `target` if it is a path on this very site, otherwise the home page."""
    if len(target) > LONGEST or not target.startswith("/") or not target.isprintable():
        return HOME
    path = target.partition("?")[0].partition("#")[0]
    if any(_may_leave(form) for form in _decoded(path)):
        return HOME
    if any(path == door or path.startswith(f"{door}/") for door in _DOORS):
        return HOME
    return target


def _decoded(path: str) -> list[str]:
    """Return `path` as it stands and as servers on the way might read it."""
    forms = [path]
    for _ in range(_DECODINGS):
        forms.append(unquote(forms[-1]))
    return forms + [unicodedata.normalize("NFKC", form) for form in forms]


def _may_leave(path: str) -> bool:
    return "//" in path or "\\" in path or not path.isprintable()

"""Whether a save would leave nothing of a page that had words."""

from wiki.text import frontmatter


def is_nothing(old: str, new: str) -> bool:
    """Return whether `new` empties a page that said `old`, or begins one with no sign at all."""
    return empties(old, new) or not (old or new.strip())


def empties(old: str, new: str) -> bool:
    """Return whether `old` says something and `new` nothing, fields above the text apart."""
    if not new.strip():
        return bool(old.strip())
    return _says(old) and not _says(new)


def _says(text: str) -> bool:
    return bool(frontmatter.split(text).body.strip())

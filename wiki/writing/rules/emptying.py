"""Whether a save would leave nothing of a page that had words."""

from wiki.text import frontmatter


def empties(old: str, new: str) -> bool:
    """Return whether `old` says something and `new` nothing, fields above the text apart."""
    if not new.strip():
        return bool(old.strip())
    return _says(old) and not _says(new)


def _says(text: str) -> bool:
    return bool(frontmatter.split(text).body.strip())

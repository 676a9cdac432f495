"""A page's title changed where it stands in the text, and nothing else of the text.

The title is a field above the text or the heading that opens it; a page that has neither is called
after its path and gets a heading.
"""

import re
from contextlib import suppress

import yaml

from wiki.errors import Invalid
from wiki.pages import rules
from wiki.text import frontmatter
from wiki.text.headings import plain_words
from wiki.text.sections import sections

_HASHES = re.compile(r"(?P<before>\s{0,3}#{1,6}[ \t]+)(?P<words>.*?)(?P<after>(?:[ \t]+#+)?[ \t]*)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*\r?")
_MARK = re.compile(r"([!-/:-@\[-`{-~])")


def with_title(text: str, title: str, path: str) -> str:
    """Return `text` so that the page at `path` is called `title`.

    Raises Invalid when it cannot be called so, or when its fields are too odd to be changed.
    """
    if not title or len(title) > rules.TITLE_LIMIT:
        raise Invalid("Give the page a title of at most {limit} letters.", field="title", limit=300)
    if rules.title(text, path) == title:
        return text
    for change in (_in_field, _in_heading, _on_top):
        changed = change(text, title)
        if changed is not None and rules.title(changed, path) == title:
            return changed
    raise Invalid("Change the title in the text: it is written in an unusual way.", field="title")


def titled(text: str, title: str, path: str) -> str:
    """Return `text` so that the new page at `path` is called `title`, unless it says a name itself.

    A text without words stays as it is, and so does one that cannot be called so.
    """
    if not title or not text.strip() or rules.title(text, ""):
        return text
    with suppress(Invalid):
        return with_title(text, title, path)
    return text


def _in_field(text: str, title: str) -> str | None:
    """Return the text with its field `title` changed, None where it has none that can be found."""
    front = frontmatter.split(text)
    if not front.title:
        return None
    start = text.index("\n") + 1
    block = front.source[start:].rstrip("\r\n").rpartition("\n")[0]
    # Every block that has fields is YAML, and one that names a title has pairs.
    pairs = yaml.compose(f"{block}\n", yaml.BaseLoader).value  # type: ignore[union-attr]
    # Of two fields of one name the last one counts.
    value = [value for key, value in pairs if key.value == "title"][-1]
    first, last = start + value.start_mark.index, start + value.end_mark.index
    written = frontmatter.join({"title": title}, "").split("\n")[1].removeprefix("title: ")
    is_block = text[:last].endswith("\n")
    return text[:first] + written + (_line_end(text) if is_block else "") + text[last:]


def _in_heading(text: str, title: str) -> str | None:
    """Return the text with the heading that opens it changed, None where it opens otherwise."""
    found = sections(text)
    if not found or not found[0].level:
        return None
    lines = text.split("\n")
    start = found[0].start
    first = lines[start].removesuffix("\r")
    hashes = _HASHES.fullmatch(first)
    words = _as_markdown(title)
    if hashes and first.lstrip().startswith("#"):
        changed = hashes["before"] + words + hashes["after"]
        last = start
    else:
        last = start
        while not _UNDERLINE.fullmatch(lines[last + 1]):
            last += 1
        changed = words
    lines[start : last + 1] = [changed + "\r" * lines[last].endswith("\r")]
    return "\n".join(lines)


def _on_top(text: str, title: str) -> str:
    """Return the text with a heading on top."""
    front = frontmatter.split(text)
    end = _line_end(text)
    gap = "" if front.body.startswith(("\n", "\r\n")) or not front.body else end
    return (
        f"{front.source}{end if front.source else ''}# {_as_markdown(title)}{end}{gap}{front.body}"
    )


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _as_markdown(title: str) -> str:
    """Return the title as the words of a heading, its signs escaped where they would be marks."""
    is_plain = plain_words(title) == title and not title.endswith("#")
    return title if is_plain else _MARK.sub(r"\\\1", title)

"""The Markdown of a block as a reader meets it: notes as paragraphs, fields by friendly names."""

import re

from flask_babel import gettext

from wiki.text.comparison.values import UnitKind

_NOTE = re.compile(r"\s{0,3}\[(?=\^[^\]]+\]:)")
_FIELD = re.compile(r"(?P<name>[a-z]+)[ \t]*:")


def as_read(kind: UnitKind, source: str) -> str:
    """Return Markdown of one block that shows a note where it stands, and fields by their names."""
    if kind == "definition":
        return _NOTE.sub(r"\\[", source, count=1) if _NOTE.match(source) else source
    if kind == "field":
        return _FIELD.sub(_named, source, count=1) if _FIELD.match(source) else source
    return source


def _named(field: re.Match[str]) -> str:
    names = {
        "title": gettext("Title"),
        "problem": gettext("The problem we are trying to solve"),
        "owner": gettext("Looked after by"),
        "tags": gettext("Tags"),
        "order": gettext("Order"),
        "lang": gettext("Language"),
    }
    return f"{names.get(field['name'], field['name'])}:"

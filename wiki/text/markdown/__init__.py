"""Markdown made into safe HTML."""

from wiki.text.markdown.arranging import Heading, PageLink
from wiki.text.markdown.pages import (
    RENDERER_VERSION,
    Rendered,
    fragment,
    mark_missing,
    render,
    to_html,
)

__all__ = [
    "RENDERER_VERSION",
    "Heading",
    "PageLink",
    "Rendered",
    "fragment",
    "mark_missing",
    "render",
    "to_html",
]

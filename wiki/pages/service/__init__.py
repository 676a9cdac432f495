"""The verbs of pages: a revision comes to be, what is derived from it, how it is read."""

from wiki.pages.queries.texts import text_of, texts_of
from wiki.pages.service.append import append, append_all, blank_page, create
from wiki.pages.service.chains import chain_all, chain_some, size_of_texts, unchained_pages
from wiki.pages.service.change import Change, Details, Marks
from wiki.pages.service.derive import derive, derive_stale, stale_count
from wiki.pages.service.preparing import at_hand, prepare
from wiki.pages.service.rendering import Shown, rebuild_html, rendered
from wiki.pages.service.texts import sha_of
from wiki.pages.service.tidying import stale

__all__ = [
    "Change",
    "Details",
    "Marks",
    "Shown",
    "append",
    "append_all",
    "at_hand",
    "blank_page",
    "chain_all",
    "chain_some",
    "create",
    "derive",
    "derive_stale",
    "prepare",
    "rebuild_html",
    "rendered",
    "sha_of",
    "size_of_texts",
    "stale",
    "stale_count",
    "text_of",
    "texts_of",
    "unchained_pages",
]

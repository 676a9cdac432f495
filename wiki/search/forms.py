"""What a browser sent to the search, as what the queries take; nothing sent is an error."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wiki.search.queries.finding import Filters
from wiki.search.rules.asked import storable

FIELD_LIMIT = 300
DIGITS_LIMIT = 9


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for, and the same, but for the page number, as it stands in the address."""

    query: str
    filters: Filters
    page: int
    address: dict[str, Any]


def read_search(sent: Mapping[str, str]) -> Wanted:
    """Return what is searched for; fields that make no sense narrow nothing."""
    filters = Filters(
        under=_text(sent, "under").strip("/"),
        tag=_text(sent, "tag"),
        language=_text(sent, "lang"),
        author_id=_number(sent, "author"),
    )
    address = {
        "q": storable(sent.get("q", "")).strip(),
        "under": filters.under,
        "tag": filters.tag,
        "lang": filters.language,
        "author": filters.author_id,
    }
    return Wanted(
        query=str(address["q"]),
        filters=filters,
        page=_number(sent, "page") or 1,
        address={name: value for name, value in address.items() if value},
    )


def _text(sent: Mapping[str, str], name: str) -> str:
    return storable(sent.get(name, ""))[:FIELD_LIMIT].strip()


def _number(sent: Mapping[str, str], name: str) -> int | None:
    text = sent.get(name, "").strip()
    is_number = text.isascii() and text.isdecimal() and len(text) <= DIGITS_LIMIT
    return int(text) if is_number else None

"""Texts by their SHA-256, whichever way they are stored.

A text is whole (codec `zstd`), or it is told against another one (codec `zstd-dict`: that text,
`base_sha`, is the dictionary). Bases form chains that end at a whole text; whole texts cost one
query, chains a second one.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import sqlalchemy as sa
import zstandard
from sqlalchemy.orm import Session

from wiki.pages.models import TextBlob
from wiki.storage.dialect import bare

WHOLE = "zstd"
CHAINED = "zstd-dict"
_KNOWN = "texts"
_KNOWN_LIMIT = 8


@dataclass(frozen=True, slots=True)
class Stored:
    """A text as it is stored; `length` is that of the text, in bytes."""

    codec: str
    base_sha: bytes | None
    length: int
    data: bytes


_Rows: TypeAlias = Mapping[bytes, Stored]


def _chain() -> sa.CTE:
    """Return the SHA-256s of the texts `shas` and of all they are told against."""
    chain = sa.select(_BLOB.sha, _BLOB.base_sha).where(_IS_ONE).cte("chain", recursive=True)
    deeper = sa.select(_BLOB.sha, _BLOB.base_sha).join(chain, _BLOB.sha == chain.c.base_sha)
    # A union that keeps no row twice ends even where damage made a ring of it.
    return chain.union(deeper)


# Made once: to put the second together takes longer than to run it.
_BLOB = bare(TextBlob).c
_IS_ONE = _BLOB.sha.in_(sa.bindparam("shas", expanding=True))
_COLUMNS = sa.select(_BLOB.sha, _BLOB.codec, _BLOB.base_sha, _BLOB.length, _BLOB.data)
_THESE = _COLUMNS.where(_IS_ONE)
_WITH_BASES = _COLUMNS.where(_BLOB.sha.in_(sa.select(_chain().c.sha)))


def text_of(session: Session, sha: bytes) -> str:
    """Return the text with this SHA-256; raise KeyError if it is not stored."""
    return texts_of(session, [sha])[sha]


def texts_of(session: Session, shas: Collection[bytes]) -> dict[bytes, str]:
    """Return the texts with these SHA-256s.

    Raises KeyError if one is not stored, ValueError if one is damaged.
    """
    known: dict[bytes, str] = session.info.get(_KNOWN, {})
    found = {sha: known[sha] for sha in shas if sha in known}
    sought = [sha for sha in shas if sha not in found]
    rows = stored_of(session, sought) if sought else {}
    near: dict[bytes, bytes] = {}
    for sha in sought:
        # What was unpacked on the way to one text often helps with the next; no more is kept.
        near = _followed(sha, rows, near)
        found[sha] = near[sha].decode()
    return found


def know(session: Session, texts: Mapping[bytes, str]) -> None:
    """Let `texts_of` find these, which this session just stored, without reading them again."""
    if len(texts) <= _KNOWN_LIMIT:
        session.info[_KNOWN] = dict(texts)


def stored_of(session: Session, shas: Collection[bytes]) -> dict[bytes, Stored]:
    """Return these texts as they are stored, with all they are told against."""
    rows = {row[0]: Stored(*row[1:]) for row in session.execute(_THESE, {"shas": list(shas)})}
    missing = {row.base_sha for row in rows.values() if row.base_sha} - rows.keys()
    if missing:
        needed = session.execute(_WITH_BASES, {"shas": list(missing)})
        rows |= {row[0]: Stored(*row[1:]) for row in needed}
    return rows


def depth_of(sha: bytes, rows: _Rows) -> int:
    """Return how many texts must be unpacked before this one; 0 for a whole text."""
    return len(_way_down(sha, rows, ())) - 1


def _followed(sha: bytes, rows: _Rows, near: Mapping[bytes, bytes]) -> dict[bytes, bytes]:
    """Return the text and those it is told against, but for what lies below one of `near`."""
    way = _way_down(sha, rows, near)
    known = {one: near[one] for one in way if one in near}
    for one in reversed(way):
        if one not in known:
            row = rows[one]
            known[one] = unpacked(row, known[row.base_sha] if row.base_sha else None)
    return known


def _way_down(sha: bytes, rows: _Rows, known: Collection[bytes]) -> list[bytes]:
    way = [sha]
    while way[-1] not in known:
        base = rows[way[-1]].base_sha
        if base is None:
            break
        if len(way) > len(rows):
            raise ValueError("A text is told against itself.")
        way.append(base)
    return way


def _decompressor(base: bytes | None) -> zstandard.ZstdDecompressor:
    if base is None:
        return zstandard.ZstdDecompressor()
    return zstandard.ZstdDecompressor(dict_data=dictionary(base))


def unpacked(row: Stored, base: bytes | None) -> bytes:
    """Return the text stored so, told against `base` or whole; raise ValueError if damaged."""
    if row.codec != (WHOLE if base is None else CHAINED):
        raise ValueError(f"A text is stored as {row.codec}, which this program cannot read.")
    try:
        # Never more memory than the text needs, whatever the data promises.
        if zstandard.frame_content_size(row.data) != row.length:
            raise ValueError("A stored text has the wrong length.")
        return _decompressor(base).decompress(row.data)
    except zstandard.ZstdError as error:
        raise ValueError("A stored text is damaged.") from error


def dictionary(base: bytes) -> zstandard.ZstdCompressionDict:
    """Return `base` as something to tell another text against."""
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)

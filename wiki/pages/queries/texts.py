"""Texts by their SHA-256, whichever way they are stored."""

from collections.abc import Collection

import sqlalchemy as sa
import zstandard
from sqlalchemy.orm import Session

from wiki.pages.models import TextBlob


def text_of(session: Session, sha: bytes) -> str:
    """Return the text with this SHA-256; raise KeyError if it is not stored."""
    return texts_of(session, [sha])[sha]


def texts_of(session: Session, shas: Collection[bytes]) -> dict[bytes, str]:
    """Return the texts with these SHA-256s; raise KeyError if one is not stored."""
    query = sa.select(TextBlob.sha, TextBlob.codec, TextBlob.data).where(TextBlob.sha.in_(shas))
    found = {sha: _unpacked(codec, data) for sha, codec, data in session.execute(query)}
    return {sha: found[sha] for sha in shas}


def _unpacked(codec: str, data: bytes) -> str:
    if codec != "zstd":
        raise ValueError(f"A text is stored as {codec}, which this program cannot read.")
    return zstandard.decompress(data).decode()

"""Storing texts, each once, by its SHA-256."""

import hashlib
from collections.abc import Mapping

import zstandard
from sqlalchemy.orm import Session

from wiki.pages import rules
from wiki.pages.models import TextBlob
from wiki.pages.queries.texts import CHAINED, WHOLE, Stored, dictionary, know
from wiki.storage.dialect import bare, upsert_all

LEVEL = 3
# In the background there is time to look closer.
CHAIN_LEVEL = 12
_IS_CHAINED = bare(TextBlob).c.codec != WHOLE
_SMALLEST_WINDOW, _LARGEST_WINDOW = 10, 27


def sha_of(text: str) -> bytes:
    """Return the SHA-256 by which `text` is stored; raise Invalid if it cannot be stored."""
    return hashlib.sha256(rules.kept(text)).digest()


def store(session: Session, texts: Mapping[bytes, str]) -> None:
    """Store the texts, given by their SHA-256s, whole.

    One that is stored already stays as it is; if it is in a chain, it becomes whole again, as
    it will be a head.
    """
    # In one order, so that no two writers wait for each other.
    rows = [_packed(sha, text) for sha, text in sorted(texts.items())]
    upsert_all(session, TextBlob, ["sha"], rows, where=_IS_CHAINED)
    know(session, texts)


def _packed(sha: bytes, text: str) -> dict[str, object]:
    data = text.encode()
    return {
        "sha": sha,
        "codec": WHOLE,
        "base_sha": None,
        "length": len(data),
        "data": zstandard.compress(data, LEVEL),
    }


def chained(data: bytes, base_sha: bytes, base: bytes) -> Stored:
    """Return how to store a text against another one.

    The window covers both: with less, zstd silently finds no matches in long texts. A checksum
    makes sure that nothing is ever unpacked against the wrong text.
    """
    both = (len(data) + len(base)).bit_length()
    window = min(max(both, _SMALLEST_WINDOW), _LARGEST_WINDOW)
    parameters = zstandard.ZstdCompressionParameters.from_level(
        CHAIN_LEVEL, window_log=window, write_checksum=True, write_content_size=True
    )
    packer = zstandard.ZstdCompressor(dict_data=dictionary(base), compression_params=parameters)
    return Stored(CHAINED, base_sha, len(data), packer.compress(data))


def kept_whole(data: bytes) -> Stored:
    """Return how to store an old text by itself."""
    return Stored(WHOLE, None, len(data), zstandard.compress(data, CHAIN_LEVEL))

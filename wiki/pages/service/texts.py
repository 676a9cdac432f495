"""Storing texts, each once, by its SHA-256."""

import hashlib
from collections.abc import Mapping

import zstandard
from sqlalchemy.orm import Session

from wiki.pages import rules
from wiki.pages.models import TextBlob
from wiki.storage.dialect import insert_or_ignore

LEVEL = 3


def sha_of(text: str) -> bytes:
    """Return the SHA-256 by which `text` is stored; raise Invalid if it cannot be stored."""
    return hashlib.sha256(rules.kept(text)).digest()


def store(session: Session, texts: Mapping[bytes, str]) -> None:
    """Store the texts, given by their SHA-256s, that are not stored yet."""
    insert_or_ignore(session, TextBlob, [_packed(sha, text) for sha, text in texts.items()])


def _packed(sha: bytes, text: str) -> dict[str, object]:
    data = text.encode()
    return {
        "sha": sha,
        "codec": "zstd",
        "base_sha": None,
        "length": len(data),
        "data": zstandard.compress(data, LEVEL),
    }

"""The text of a page as it was typed, for whoever asks."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from wiki.pages import service
from wiki.pages.queries.texts import texts_of
from wiki.people import guards
from wiki.text.discreet import discreet


def source(session: Session, sha: bytes) -> str:
    """Return a stored text; whoever is not signed in reads no whole e-mail address in its fields.

    Every view of the source text that is open to readers takes it from here.
    """
    text = service.text_of(session, sha)
    return discreet(text) if guards.me() is None else text


def sources(session: Session, shas: Collection[bytes]) -> dict[bytes, str]:
    """Return many stored texts at once, as `source` returns each."""
    texts = texts_of(session, shas)
    if guards.me() is None:
        return {sha: discreet(text) for sha, text in texts.items()}
    return texts

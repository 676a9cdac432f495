"""The text of a page as it was typed, for whoever asks."""

from sqlalchemy.orm import Session

from wiki.pages import service
from wiki.people import guards
from wiki.text.discreet import discreet


def source(session: Session, sha: bytes) -> str:
    """Return a stored text; whoever is not signed in reads no whole e-mail address in its fields.

    Every view of the source text that is open to readers takes it from here.
    """
    text = service.text_of(session, sha)
    return discreet(text) if guards.me() is None else text

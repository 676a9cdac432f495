"""What is kept of typed text, under which name, and for how long.

A draft for which somebody pressed Save is kept until it is saved or they discard it.
"""

import hashlib
import re
from datetime import timedelta

from wiki.pages.rules import kept
from wiki.writing.rules.resolving import Choices

SAVED_KEPT = timedelta(days=7)
TYPING_KEPT = timedelta(days=180)
# More are not listed, and nobody writes on so many pages at once.
MOST_OPEN = 200
_FORM = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
_FORM_OF_DRAFT = re.compile(r"([A-Za-z0-9_-]{1,64})\.[0-9a-f]{16}", re.ASCII)


def form_name(sent: str, *, path: str, base: int, text: str) -> str:
    """Return the name of the form that sent a text: its own, else one made of what it sent.

    So a program that names no form and sends the same once more is known again, too. Raises
    Invalid for a text that cannot be kept.
    """
    if _FORM.fullmatch(sent):
        return sent
    digest = hashlib.sha256(f"{path}\0{base}\0".encode() + kept(text))
    return f"sent-{digest.hexdigest()[:48]}"


def stand(form: str, *facts: object) -> str:
    """Return a short name of a draft of this form just as it stands, told by all its facts."""
    return f"{form}.{hashlib.sha256(repr(facts).encode()).hexdigest()[:16]}"


def form_of(stand: str) -> str:
    """Return the form in a name that `stand` made, "" where it made none."""
    found = _FORM_OF_DRAFT.fullmatch(stand)
    return found[1] if found else ""


def mark(text: str, choices: Choices | None) -> str:
    """Return a short name of what was submitted."""
    written = choices.written() if choices else ""
    return hashlib.sha256(text.encode() + b"\0" + written.encode()).hexdigest()[:16]

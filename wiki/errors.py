"""What can go wrong, as kinds for the program and sentences for people.

A sentence is an English message with `{name}` fields and its values beside it, so
that the edge can translate the message before it fills the fields in.
"""

from collections.abc import Mapping


class WikiError(Exception):
    """A refusal with a sentence that says what happened and what to do."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.values: Mapping[str, object] = values

    def __str__(self) -> str:
        return self.sentence.format(**self.values) if self.values else self.sentence


class NotFound(WikiError):
    """There is nothing here, or nothing that this person may know of."""


class NotAllowed(WikiError):
    """This person may not do this."""


class SignInNeeded(NotAllowed):
    """This may be allowed to somebody who signs in first."""


class Invalid(WikiError):
    """What was sent cannot be taken; `field` names the form field to mend."""

    def __init__(self, sentence: str, *, field: str = "", **values: object) -> None:
        super().__init__(sentence, **values)
        self.field = field


class TooLarge(Invalid):
    """What was sent is over a limit."""


class TooMany(WikiError):
    """Too many tries in a short time; `wait_seconds` says how long to wait."""

    def __init__(self, sentence: str, *, wait_seconds: int, **values: object) -> None:
        super().__init__(sentence, **values)
        self.wait_seconds = wait_seconds


class Busy(WikiError):
    """The database could not be had in time; trying again is safe."""


class Misconfigured(WikiError):
    """A setting is missing or wrong; the sentence names it."""

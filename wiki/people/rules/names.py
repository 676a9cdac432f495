"""What people, teams and addresses may be called."""

import re
import unicodedata

from wiki.errors import Invalid
from wiki.people.rules.look_alikes import without_invisible

NAME_LENGTH = 200
TEAM_LENGTH = 120
WIKI_LENGTH = 80
ADDRESS_LENGTH = 254
MAILBOX_LENGTH = 64

# Only ASCII: two addresses that differ for a mail server must never be one person here,
# which letters that fold into ASCII ones (the Kelvin sign, the dotless i) would bring about.
_MAILBOX = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def address(text: str) -> str:
    """Return the e-mail address in `text`, case-folded; raise Invalid for none or several."""
    folded = text.strip(" ").casefold()
    mailbox, _, domain = folded.rpartition("@")
    labels = domain.split(".")
    if (
        len(folded) > ADDRESS_LENGTH
        or len(mailbox) > MAILBOX_LENGTH
        or not text.isascii()
        or not _MAILBOX.fullmatch(mailbox)
        or not all(_LABEL.fullmatch(label) for label in labels)
        or (len(labels) < 2 and domain != "localhost")  # noqa: PLR2004  # a name and a country or kind
        or labels[-1].isdecimal()
    ):
        raise Invalid("Enter one e-mail address, such as name@example.org.", field="email")
    return folded


def folded_address(text: str) -> str:
    """Return `text` so that the same address is always the same string, without judging it.

    For looking up what somebody typed, and for the addresses of an imported history.
    """
    return "".join(character for character in text.casefold() if character.isprintable()).strip()[
        :ADDRESS_LENGTH
    ]


def person_name(text: str) -> str:
    """Return the name of a person with single blanks; raise Invalid if it can be none."""
    return _one_line(text, NAME_LENGTH, "name", "Enter a name.")


def team_name(text: str) -> str:
    """Return the name of a team with single blanks; raise Invalid if it can be none."""
    return _one_line(text, TEAM_LENGTH, "team", "Enter the name of a team.")


def wiki_name(text: str) -> str:
    """Return the name of a wiki with single blanks; raise Invalid if it can be none."""
    return _one_line(text, WIKI_LENGTH, "name", "Enter a name.")


def _one_line(text: str, length: int, field: str, if_empty: str) -> str:
    if any(_is_control(character) for character in text):
        raise Invalid("Write the name on one line, in ordinary letters and signs.", field=field)
    name = " ".join(without_invisible(text).split())
    if not name:
        raise Invalid(if_empty, field=field)
    if len(name) > length:
        raise Invalid(
            "This name is too long. Use at most {length} letters.", field=field, length=length
        )
    return name


def _is_control(character: str) -> bool:
    return (
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in _DIRECTION_MARKS
    )

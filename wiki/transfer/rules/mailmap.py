"""Which names and addresses of a history are one person.

The file is git's own mailmap: a line each, `Name <main> <other>`, with the name, the main address
or the name beside the other address left out where they do not matter; `#` starts a comment.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from wiki.errors import Invalid
from wiki.people.rules.names import folded_address

# `.invalid` can never receive mail (RFC 2606).
NOWHERE = "imported.invalid"
NAME_LIMIT = 200
EMAIL_LIMIT = 254
_LINE = re.compile(r"([^<>]*)<([^<>]*)>(?:([^<>]*)<([^<>]*)>)?\s*")
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
_ODD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who made a commit, by the address that stands for them."""

    name: str
    email: str
    other_email: str = ""  # the one in the commit, where it is not the same


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Mailmap:
    """The lines of a mailmap, by address alone and by name and address."""

    by_email: Mapping[str, _Known] = field(default_factory=dict)
    by_both: Mapping[tuple[str, str], _Known] = field(default_factory=dict)


def read(text: str) -> Mailmap:
    """Return the mailmap that `text` holds; raise Invalid that names the first bad line."""
    by_email: dict[str, _Known] = {}
    by_both: dict[tuple[str, str], _Known] = {}
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        plain = line.partition("#")[0].strip()
        if not plain:
            continue
        match = _LINE.fullmatch(plain)
        if match is None:
            raise Invalid(
                "Line {number} of the people file cannot be read. Write it like: "
                "Ada Patel <ada@example.org> <ada@old.example.org>",
                number=number,
            )
        name, main, other_name, other = (_plain(part) for part in match.groups(default=""))
        known = _Known(name, folded_address(main) if other else "")
        used = folded_address(other or main)
        if other_name:
            by_both[other_name.casefold(), used] = known
        else:
            by_email[used] = known
    return Mailmap(by_email, by_both)


def author(mailmap: Mailmap, name: str, email: str) -> Author:
    """Return who `name <email>` of a commit is, with an address that is stored case-folded."""
    written = folded_address(email)
    known = mailmap.by_both.get((name.casefold(), written)) or mailmap.by_email.get(written)
    main = (known and known.email) or written
    shown = (known and known.name) or name
    own = _address(written, name)
    best = _address(main, shown)
    return Author(_name(shown, main), best, own if own != best else "")


def other_addresses(mailmap: Mailmap, email: str) -> list[str]:
    """Return the addresses that stand for nobody but the person whose main one is `email`."""
    return [other for other, known in mailmap.by_email.items() if known.email == email]


def _address(email: str, name: str) -> str:
    """Return the address, or one made up where there is none that could be one."""
    if _EMAIL.fullmatch(email) and len(email) <= EMAIL_LIMIT:
        return email
    words = _ODD.sub("-", f"{name} {email}".casefold()).strip("-")[:60].strip("-") or "unknown"
    if f"{name} {email}".isascii():
        return f"{words}@{NOWHERE}"
    # Names in other scripts leave few letters; the digest keeps two of them apart.
    return f"{words}-{hashlib.sha256(f'{name} {email}'.encode()).hexdigest()[:8]}@{NOWHERE}"


def _name(name: str, email: str) -> str:
    return (" ".join(name.split()) or email.partition("@")[0] or "Unknown author")[:NAME_LIMIT]


def _plain(part: str) -> str:
    return " ".join(part.split())

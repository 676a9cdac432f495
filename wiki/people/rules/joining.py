"""Who may join how, and what people may write about themselves and to others on the way in.

The modes are a ladder. Closed: only administrators add members. Invitation: and whoever is
invited comes in. Domain: and whoever proves an address at one of our domains. Approval: and
everybody else may ask, and waits for an administrator.
"""

import re
import unicodedata

from wiki.errors import Invalid, NotAllowed
from wiki.people.rules.names import address

MODES = ("closed", "invitation", "domain", "approval")
TEAM_CHOOSERS = ("administrators", "members")
AT_ONCE = "at once"
AFTER_APPROVAL = "approval"
MOST_DOMAINS = 50
MOST_INVITED = 50
REASON_LENGTH = 500
ABOUT_LENGTH = 1000
WORDS_LENGTH = 1000
_SHOWN_LETTERS = 60
_IN_BRACKETS = re.compile(r"<([^<>]*)>\s*$")
_KEPT = frozenset("\n\t")
_HIDDEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def is_open_to_some(mode: str, domains: tuple[str, ...]) -> bool:
    """Return whether anybody at all may ask to join."""
    return mode == "approval" or (mode == "domain" and bool(domains))


def way_in(mode: str, domains: tuple[str, ...], email: str) -> str:
    """Return how whoever proves this checked address comes in: at once, or after approval.

    Only the very domains count, not those below them. Raises NotAllowed where nobody may ask,
    Invalid where this address may not. What it says depends on the domain alone, so that it
    does not tell who is a member.
    """
    if not is_open_to_some(mode, domains):
        raise NotAllowed("You cannot sign up here by yourself. Ask a colleague to invite you.")
    if email.rpartition("@")[2] in domains:
        return AT_ONCE
    if mode == "approval":
        return AFTER_APPROVAL
    raise Invalid(
        "Sign up with an address at {domains}. If you have none, ask a colleague to invite you.",
        field="email",
        domains=", ".join(domains),
    )


def checked_domains(text: str) -> str:
    """Return the domains in `text`, folded, each once, with a blank between; raise Invalid.

    Domains of other alphabets are kept as mail servers know them (IDNA).
    """
    names = [name.strip("@.") for name in re.split(r"[\s,;]+", text)]
    domains = list(dict.fromkeys(_domain(name) for name in names if name))
    if len(domains) > MOST_DOMAINS:
        raise Invalid("List at most {most} domains.", field="sign_up_domains", most=MOST_DOMAINS)
    return " ".join(domains)


def _domain(name: str) -> str:
    try:
        folded = name.casefold().encode("idna").decode("ascii")
        return address(f"x@{folded}").partition("@")[2]
    except (UnicodeError, Invalid) as error:
        raise Invalid(
            "“{name}” is not a domain. Write it like this: example.org.",
            field="sign_up_domains",
            name=name[:_SHOWN_LETTERS],
        ) from error


def addresses(text: str) -> tuple[str, ...]:
    """Return the addresses in `text`, one a line, each once; raise Invalid for none or too many.

    A line may also be as mail programs copy it: a name, and the address in angle brackets.
    """
    lines = [line.strip() for line in re.split(r"[\n,;]+", text) if line.strip()]
    found = tuple(dict.fromkeys(_address(line) for line in lines))
    if not found:
        raise Invalid("Enter at least one e-mail address.", field="emails")
    if len(found) > MOST_INVITED:
        raise Invalid("Invite at most {most} people at a time.", field="emails", most=MOST_INVITED)
    return found


def _address(line: str) -> str:
    bracketed = _IN_BRACKETS.search(line)
    try:
        return address(bracketed[1] if bracketed else line)
    except Invalid as error:
        raise Invalid(
            "“{line}” is not an e-mail address. Write one address on each line.",
            field="emails",
            line=line[:_SHOWN_LETTERS],
        ) from error


def sentences(text: str, *, field: str, length: int) -> str:
    """Return some sentences as typed, without what cannot be seen; raise Invalid if too long."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    seen = "".join(sign for sign in lines if sign in _KEPT or not _is_hidden(sign)).strip()
    seen = re.sub(r"\n{3,}", "\n\n", seen)
    if len(seen) > length:
        raise Invalid("This is too long. Use at most {length} letters.", field=field, length=length)
    return seen


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) in _HIDDEN or sign in _DIRECTION_MARKS

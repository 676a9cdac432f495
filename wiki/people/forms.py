"""What a browser sent about signing in, turned into what a service takes."""

from collections.abc import Mapping
from dataclasses import dataclass

from wiki.errors import Invalid
from wiki.people.queries import WikiSettings
from wiki.people.queries.listing import Wanted
from wiki.people.rules.joining import (
    AFTER_APPROVAL,
    REASON_LENGTH,
    WORDS_LENGTH,
    addresses,
    sentences,
    way_in,
)
from wiki.people.rules.names import address, person_name
from wiki.people.rules.returns import way_back
from wiki.people.rules.roles import ROLES, STATES
from wiki.people.service import Invitation, Profile, Wish

_MOST_PAGES = 100_000
_MOST_LETTERS = 200


@dataclass(frozen=True, slots=True)
class Credentials:
    """An address and a password, as typed."""

    email: str
    password: str


def credentials(form: Mapping[str, str]) -> Credentials:
    """Return who wants to sign in with which password; raise Invalid."""
    email = one_address(form)
    password = form.get("password", "")
    if not password:
        raise Invalid("Enter your password.", field="password")
    return Credentials(email, password)


def one_address(form: Mapping[str, str]) -> str:
    """Return the one address that was sent; raise Invalid."""
    return address(form.get("email", ""))


def target(values: Mapping[str, str]) -> str:
    """Return where on this site to go afterwards."""
    return way_back(values.get("next", ""))


def wish(form: Mapping[str, str], settings: WikiSettings) -> Wish:
    """Return who wants to join and what they say; raise Invalid, or NotAllowed where nobody may."""
    name = person_name(form.get("name", ""))
    email = one_address(form)
    reason = sentences(form.get("reason", ""), field="reason", length=REASON_LENGTH)
    if way_in(settings.sign_up, settings.domains, email) == AFTER_APPROVAL and not reason:
        raise Invalid(
            "Say in a sentence who you are, so that an administrator can decide.", field="reason"
        )
    return Wish(name=name, email=email, reason=reason, team_id=team_of(form), target=target(form))


def invitation(form: Mapping[str, str]) -> Invitation:
    """Return who is to be invited to what; raise Invalid."""
    return Invitation(
        emails=addresses(form.get("emails", "")),
        role=form.get("role", "member"),
        team_id=team_of(form),
        words=sentences(form.get("words", ""), field="words", length=WORDS_LENGTH),
    )


def profile(form: Mapping[str, str]) -> Profile:
    """Return what members say about themselves, as typed."""
    return Profile(
        name=form.get("name", ""),
        about=form.get("about", ""),
        time_zone=form.get("time_zone", ""),
        team_id=team_of(form),
    )


def team_of(form: Mapping[str, str]) -> int | None:
    """Return the number of the chosen team, or None where none was chosen."""
    team = form.get("team", "")
    return _number(team) if team else None


@dataclass(frozen=True, slots=True)
class ChangedMember:
    """What an administrator wants a member to be."""

    name: str
    role: str
    team_id: int | None
    state: str
    is_program: bool = False


def changed_member(form: Mapping[str, str]) -> ChangedMember:
    """Return what was sent about a member, unchecked but for its shape."""
    return ChangedMember(
        name=form.get("name", ""),
        role=form.get("role", ""),
        team_id=team_of(form),
        state=form.get("state", ""),
        is_program=bool(form.get("is_program")),
    )


def wanted_members(values: Mapping[str, str]) -> Wanted:
    """Return what a list of members is narrowed to; what makes no sense narrows nothing."""
    role, state = values.get("role", ""), values.get("state", "")
    team = values.get("team", "")
    return Wanted(
        words=values.get("q", "").replace("\0", " ").strip()[:_MOST_LETTERS],
        role=role if role in ROLES else "",
        state=state if state in STATES else "",
        team_id=_number(team) if team else None,
        page=max(1, _number(values.get("page", "1"))),
    )


def _number(text: str) -> int:
    """Return the number in `text`, or 0, which no row has."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(_MOST_PAGES))
    return int(text) if is_number else 0

"""What a browser sent about signing in, turned into what a service takes."""

from collections.abc import Mapping
from dataclasses import dataclass

from wiki.errors import Invalid
from wiki.people.queries.listing import Wanted
from wiki.people.rules.names import address
from wiki.people.rules.returns import way_back
from wiki.people.rules.roles import ROLES, STATES

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


@dataclass(frozen=True, slots=True)
class ChangedMember:
    """What an administrator wants a member to be."""

    name: str
    role: str
    team_id: int | None
    state: str


def changed_member(form: Mapping[str, str]) -> ChangedMember:
    """Return what was sent about a member, unchecked but for its shape."""
    team = form.get("team", "")
    return ChangedMember(
        name=form.get("name", ""),
        role=form.get("role", ""),
        team_id=_number(team) if team else None,
        state=form.get("state", ""),
    )


def wanted_members(values: Mapping[str, str]) -> Wanted:
    """Return what a list of members is narrowed to; what makes no sense narrows nothing."""
    role, state = values.get("role", ""), values.get("state", "")
    team = values.get("team", "")
    return Wanted(
        words=values.get("q", "").strip()[:_MOST_LETTERS],
        role=role if role in ROLES else "",
        state=state if state in STATES else "",
        team_id=_number(team) if team else None,
        page=max(1, _number(values.get("page", "1"))),
    )


def _number(text: str) -> int:
    """Return the number in `text`, or 0, which no row has."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(_MOST_PAGES))
    return int(text) if is_number else 0

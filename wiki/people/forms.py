"""What a browser sent about signing in, turned into what a service takes."""

from collections.abc import Mapping
from dataclasses import dataclass

from wiki.errors import Invalid
from wiki.people.rules.names import address
from wiki.people.rules.returns import way_back


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

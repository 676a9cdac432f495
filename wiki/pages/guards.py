"""Whether somebody may do something with a page, and what they may see of all of them."""

from typing import cast

from flask import g

from wiki.errors import NotAllowed, NotFound, SignInNeeded
from wiki.pages.queries import reading as pages
from wiki.pages.queries import sight as queries
from wiki.pages.queries.sight import Sight
from wiki.pages.rules import NO_PAGE, TEMPLATES
from wiki.people import guards
from wiki.people.queries import Member
from wiki.people.rules.rights import ACTS, NOBODY, ON_PAGES, Limit, Who, hidden, may, why_not
from wiki.people.rules.roles import includes
from wiki.web.cache import remembered
from wiki.web.db import reading


def who() -> Who:
    """Return who is asking, as far as rights go."""
    member = guards.me()
    return Who(member.id, member.role, member.team_id) if member else NOBODY


def limits() -> tuple[Limit, ...]:
    """Return the limits of all pages, kept until something changes."""
    return _rules()[0]


def sight() -> Sight:
    """Return what whoever is asking may see of the pages."""
    asking = who()
    rows, is_open = _rules()
    seen: tuple[Who, Sight] | None = g.get("sight")
    if seen is None or seen[0] != asking:
        seen = g.sight = asking, Sight(hidden(asking, rows, is_open=is_open))
    return seen[1]


def strategy() -> Sight:
    """Return what whoever is asking may see of the strategy itself, templates left out."""
    return Sight((*sight().hidden, TEMPLATES))


def has_right(act: str, path: str = "") -> bool:
    """Return whether whoever is asking may do `act` on the page at `path`, there or not."""
    asking = who()
    rows, is_open = _rules()
    is_only_author = _is_only_author(asking, act, path)
    return may(asking, act, path, rows, is_open=is_open, is_only_author=is_only_author)


def need_right(act: str, path: str = "") -> Member:
    """Return who is signed in and may do `act` on the page at `path`, there or not.

    Raises SignInNeeded if nobody is signed in, NotFound as for a page that is not there where
    they may not even read it, otherwise NotAllowed. Where there is no page, what cannot be done
    is not found either, so that a hidden page and none are answered alike.
    """
    member = guards.me()
    if member is None:
        raise SignInNeeded("Sign in first.")
    if has_right(act, path):
        return member
    if act in ON_PAGES and not _is_there(act, path):
        raise no_page(path)
    raise NotAllowed(why_not(member.role, act))


def no_page(path: str) -> NotFound:
    """Return the refusal for a page that is not there, or not for this reader."""
    return NotFound(NO_PAGE, path=path)


def _rules() -> tuple[tuple[Limit, ...], bool]:
    """Return all limits, and whether everybody may read; both as they are for this request."""

    def read() -> tuple[Limit, ...]:
        with reading() as session:
            return queries.limits(session)

    # A page asks many times, and each time the database would be asked whether it changed.
    if "rules_of_rights" not in g:
        g.rules_of_rights = remembered("limits", read), guards.wiki().is_open
    return cast("tuple[tuple[Limit, ...], bool]", g.rules_of_rights)


def _is_there(act: str, path: str) -> bool:
    """Return whether there is something to be refused, as far as whoever is asking may know."""
    seen = sight()
    if act in {"create", "write"}:
        return seen.sees(path)
    with reading() as session:
        return pages.page_id(session, path, seen, with_deleted=True) is not None


def _is_only_author(asking: Who, act: str, path: str) -> bool:
    """Return whether it matters that nobody else wrote on the page, and nobody did."""
    if act not in {"delete", "undelete"} or asking.role is None:
        return False
    if includes(asking.role, ACTS[act] or asking.role):
        return False
    with reading() as session:
        return pages.only_author(session, path) == asking.person_id

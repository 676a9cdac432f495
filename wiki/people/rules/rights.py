"""Who may do what: the one rule, for every act on a page and on the wiki as a whole.

An act needs a role. Besides, the limits of a page and of all pages above it have to let the
person pass: those on reading bind every act, those on writing bind the acts that change a page.
Limits of one path and act widen each other; those of different paths all hold, so nothing further
down opens what is closed further up. An administrator passes every limit, so that no limit can
lock everybody out.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from wiki.people.rules.roles import ROLES, includes
from wiki.text.paths import is_within

# The lowest role that each act needs; None where whoever may read may do it.
ACTS: Mapping[str, str | None] = MappingProxyType(
    {
        "read": None,
        "write": "member",
        "create": "member",
        "rename": "member",
        "copy": "member",
        "restore": "member",
        "undo": "member",
        "delete": "facilitator",
        "undelete": "facilitator",
        "limit": "admin",
        "members": "admin",
        "settings": "admin",
        "approve": "admin",
        "invite": "facilitator",
    }
)
# Acts that the only author of a page may do as well.
_BY_ITS_ONLY_AUTHOR = frozenset({"delete", "undelete"})
_CHANGING = frozenset({"write", "create", "rename", "restore", "undo", "delete", "undelete"})
ON_PAGES = frozenset({"read", "copy", "limit"}) | _CHANGING


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody, as far as rights ask. Who is not signed in or was deactivated has no role."""

    person_id: int | None
    role: str | None
    team_id: int | None


NOBODY = Who(None, None, None)


@dataclass(frozen=True, slots=True)
class Limit:
    """One row of who may do an act (read, write) on a page and all under it.

    Of kind `role` the value is the lowest role, of kind `team` the number of a team.
    """

    path: str
    act: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Circle:
    """Those of at least this role, and of this team (its number as in a limit) or of any (None)."""

    role: str
    team: str | None


def may(
    who: Who,
    act: str,
    path: str,
    limits: Iterable[Limit],
    *,
    is_open: bool,
    is_only_author: bool = False,
) -> bool:
    """Return whether `who` may do `act` on the page at `path`; any path for acts on the wiki.

    `is_open` says whether everybody may read the wiki, `is_only_author` whether nobody but `who`
    ever wrote on the page. Raises KeyError for an act that there is not.
    """
    role = "member" if is_only_author and act in _BY_ITS_ONLY_AUTHOR else ACTS[act]
    if who.role is None:
        has_role = role is None and is_open
    else:
        has_role = role is None or includes(who.role, role)
    if not has_role or who.role == "admin" or act not in ON_PAGES:
        return has_role
    return all(passes(who, rows) for rows in binding(act, path, limits))


def why_not(role: str, act: str) -> str:
    """Return the sentence for a member of this role who may not do `act`."""
    needed = ACTS[act]
    if needed is None or includes(role, needed):
        return (
            "You can read this page but not change it. If you think you should be able to, ask "
            "an administrator."
        )
    if act in _BY_ITS_ONLY_AUTHOR:
        return (
            "Only facilitators can do this, or somebody who alone has written the page. If you "
            "need it done, ask a facilitator."
        )
    return (
        "Your role in this wiki does not include this. "
        "If you think it should, ask an administrator."
    )


def circles(act: str, path: str, limits: Iterable[Limit]) -> tuple[Circle, ...]:
    """Return who passes all limits of `act` at `path`, besides administrators; none in another."""
    found = {Circle("member", None)}
    for rows in binding(act, path, limits):
        found = {narrow for one in found for row in rows for narrow in _narrowed(one, row)}
    wide = (
        one for one in found if not any(one != other and _lies_in(one, other) for other in found)
    )
    return tuple(sorted(wide, key=lambda one: (one.team or "", ROLES.index(one.role))))


def hidden(who: Who, limits: Iterable[Limit], *, is_open: bool) -> tuple[str, ...]:
    """Return the tops of the subtrees that `who` may not read, in order; "" is the whole wiki."""
    if who.role is None and not is_open:
        return ("",)
    closed = {
        path
        for (path, act), rows in by_place(limits).items()
        if act == "read" and not passes(who, rows)
    }
    return tuple(
        sorted(
            path
            for path in closed
            if not any(path != other and is_within(path, other) for other in closed)
        )
    )


def binding(act: str, path: str, limits: Iterable[Limit]) -> list[list[Limit]]:
    """Return the groups of limits, one of each of which has to let somebody do `act` at `path`."""
    bound_by = {"read", "write"} if act in _CHANGING else {"read"}
    return [
        rows
        for (top, bound), rows in by_place(limits).items()
        if bound in bound_by and is_within(path, top)
    ]


def _narrowed(circle: Circle, row: Limit) -> Iterator[Circle]:
    """Give who of `circle` passes `row`, if anybody but administrators does."""
    if row.kind == "team":
        if circle.team in {None, row.value}:
            yield Circle(circle.role, row.value)
    elif row.value != "admin":
        yield Circle(max(circle.role, row.value, key=ROLES.index), circle.team)


def _lies_in(one: Circle, other: Circle) -> bool:
    return includes(one.role, other.role) and other.team in {None, one.team}


def passes(who: Who, rows: Collection[Limit]) -> bool:
    """Return whether one of the limits of one path and act lets `who` pass."""
    return who.role == "admin" or any(_fits(who, row) for row in rows)


def by_place(limits: Iterable[Limit]) -> dict[tuple[str, str], list[Limit]]:
    """Return the limits of each pair of path and act."""
    places: dict[tuple[str, str], list[Limit]] = {}
    for limit in limits:
        places.setdefault((limit.path, limit.act), []).append(limit)
    return places


def _fits(who: Who, limit: Limit) -> bool:
    if who.role is None:
        return False
    if limit.kind == "team":
        return limit.value == str(who.team_id)
    return includes(who.role, limit.value)

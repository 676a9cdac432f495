"""Who may read and write a page, said in sentences."""

from collections.abc import Iterable

from flask_babel import gettext

from wiki.pages import guards
from wiki.pages.queries.changes import teams
from wiki.people.guards import wiki
from wiki.people.rules.rights import Circle, Limit, binding, circles
from wiki.web.cache import remembered
from wiki.web.db import reading

_EVERY_MEMBER = (Circle("member", None),)


def limits_said(path: str) -> list[str]:
    """Return a sentence for each act at `path` that not everybody may do whom one may expect to."""
    limits = guards.limits()
    return [
        sentence(act, path)
        for act in ("read", "write")
        if any(row.act == act for rows in binding(act, path, limits) for row in rows)
    ]


def sentence(act: str, path: str) -> str:
    """Return who may read or write the page at `path` now, all limits together."""
    limits = guards.limits()
    passing = circles(act, path, limits)
    people = _named(passing)
    if act == "write" and passing != _EVERY_MEMBER:
        if passing == circles("read", path, limits):
            return str(gettext("Everybody who can read this page can also change it."))
        return str(gettext("Only %(people)s can change this page.", people=people))
    if act == "read" and binding(act, path, limits):
        return str(gettext("Only %(people)s can read this page.", people=people))
    return _unlimited(act)


def _unlimited(act: str) -> str:
    if act == "write":
        return str(gettext("Every member can change this page."))
    if wiki().is_open:
        return str(gettext("Everybody can read this page, signed in or not."))
    return str(gettext("Every member can read this page."))


def people_said(act: str, passing: tuple[Circle, ...] | None) -> str:
    """Return who may read or change, like: only members; None stands for no limit at all."""
    if passing is not None:
        return str(gettext("only %(people)s", people=_named(passing)))
    is_for_all = act == "read" and wiki().is_open
    return str(gettext("everybody") if is_for_all else gettext("every member"))


def rule_said(rows: Iterable[Limit]) -> str:
    """Return who passes the limits of one place and act, like: only reviewers and facilitators."""
    rows = list(rows)
    reading_rows = [Limit(row.path, "read", row.kind, row.value) for row in rows]
    people = _named(circles("read", rows[0].path, reading_rows))
    if rows[0].act == "read":
        return str(gettext("read only by %(people)s", people=people))
    return str(gettext("changed only by %(people)s", people=people))


def team_names() -> dict[str, str]:
    """Return the names of the teams by their numbers as limits hold them, in order of names."""

    def read() -> dict[str, str]:
        with reading() as session:
            return {str(number): name for number, name in teams(session)}

    return remembered("team names", read)


def _named(passing: tuple[Circle, ...]) -> str:
    """Return like: reviewers, facilitators, members of the team Housing and administrators."""
    if passing == _EVERY_MEMBER:
        return str(gettext("members"))
    people = [name for circle in passing for name in _names(circle)]
    last = str(gettext("administrators"))
    return str(gettext(" and ")).join(filter(None, (", ".join(people), last)))


def _names(circle: Circle) -> list[str]:
    if circle.team is None:
        own = {"reviewer": [gettext("reviewers")], "facilitator": []}
        return [*own[circle.role], gettext("facilitators")]
    # A team that went while this was read has no name any more.
    team = team_names().get(circle.team, "?")
    of_team = {
        "member": gettext("members of the team %(team)s", team=team),
        "reviewer": gettext("reviewers and facilitators of the team %(team)s", team=team),
        "facilitator": gettext("facilitators of the team %(team)s", team=team),
    }
    return [of_team[circle.role]]

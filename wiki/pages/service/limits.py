"""Limiting who may read or write a page and all under it, and keeping limits true.

Nothing here ever opens a subtree by itself: where a limit would lose its last row, or two would
have to become one, only administrators pass, or the act is refused.
"""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapper, Session

from wiki.activity.service import record
from wiki.errors import Invalid
from wiki.pages.models import Page, PageLimit
from wiki.pages.queries import sight
from wiki.people.models import Team
from wiki.people.rules.rights import Limit, by_place
from wiki.people.rules.roles import ROLES
from wiki.storage.dialect import one_at_a_time
from wiki.text.paths import is_within

ACTS = ("read", "write")
TWO_LIMITS = (
    "Both the page and the place it goes to are limited to some members. Ask an "
    "administrator to lift one of the two limits first."
)
Rules = Collection[tuple[str, str]]


def limit(
    session: Session,
    path: str,
    act: str,
    rules: Rules,
    *,
    now: datetime,
    actor_id: int | None = None,
) -> bool:
    """Let only those whom one of `rules` fits do `act` at `path` and under it; none lifts it.

    A rule is a kind and a value: `role` and the lowest role, or `team` and its number. Return
    whether anything changed. Raises Invalid for a rule that there is not.
    """
    hold(session)
    for kind, value in rules:
        _check(session, act, kind, value)
    here = (PageLimit.path == path, PageLimit.act == act)
    query = sa.select(PageLimit.kind, PageLimit.value).where(*here)
    before = {(row[0], row[1]) for row in session.execute(query)}
    after = set(rules)
    if after == before:
        return False
    session.execute(sa.delete(PageLimit).where(*here))
    session.add_all(
        PageLimit(path=path, act=act, kind=kind, value=value) for kind, value in sorted(after)
    )
    living = sa.select(Page.id).where(Page.path == path, Page.deleted_at.is_(None))
    page_id = session.scalar(living)
    said = {"path": path, "act": act, "before": _said(before), "after": _said(after)}
    record(session, "page.limited", at=now, actor_id=actor_id, page_id=page_id, **said)
    session.flush()
    return True


def hold(session: Session) -> None:
    """Let nobody else change a limit until the transaction ends."""
    one_at_a_time(session, "limits")


def move(session: Session, old: str, new: str) -> None:
    """Let the limits at `old` and under it follow the pages that went from there to `new`.

    For after the pages moved and before the transaction ends. Where pages stayed behind, deleted
    ones too, the limits stay as well as go. Raises Invalid where other limits are at the new place.
    """
    hold(session)
    session.flush()
    places = by_place(sight.limits(session))
    for (path, act), rows in places.items():
        target = new + path[len(old) :]
        if not is_within(path, old) or target == path:
            continue
        stays = _holds_pages(session, path)
        if stays and path != old and not _holds_pages(session, target):
            continue
        _put(session, [Limit(target, act, row.kind, row.value) for row in rows], places)
        if not stays:
            session.execute(sa.delete(PageLimit).where(*_at(path, act)))


def forget_team(connection: Connection, team_id: int) -> None:
    """Drop the limits that name a team; where no other would be left, only administrators pass."""
    mine = (PageLimit.kind == "team", PageLimit.value == str(team_id))
    named = sa.select(PageLimit.path, PageLimit.act).where(*mine)
    places = [(row[0], row[1]) for row in connection.execute(named)]
    connection.execute(sa.delete(PageLimit).where(*mine))
    for path, act in places:
        left = sa.select(sa.func.count()).select_from(PageLimit).where(*_at(path, act))
        if not connection.scalar(left):
            row = {"path": path, "act": act, "kind": "role", "value": "admin"}
            connection.execute(sa.insert(PageLimit).values(row))


@sa.event.listens_for(Team, "before_delete")
def _team_is_deleted(_mapper: Mapper[Team], connection: Connection, team: Team) -> None:
    # Members stand below pages and know nothing of limits; numbers of teams may be given again.
    forget_team(connection, team.id)


def _said(rules: Rules) -> list[str]:
    return [" ".join(rule) for rule in sorted(rules)]


def _check(session: Session, act: str, kind: str, value: str) -> None:
    if kind == "role" and value in ROLES:
        return
    if kind == "team" and value.isdecimal() and session.get(Team, int(value)) is not None:
        return
    raise Invalid("Choose roles and teams from the list.", field=f"{act}-teams")


def _put(session: Session, rows: list[Limit], places: dict[tuple[str, str], list[Limit]]) -> None:
    """Write the limits of one place, where there are none yet or just these."""
    there = places.get((rows[0].path, rows[0].act), [])
    if not there:
        values = [
            {"path": row.path, "act": row.act, "kind": row.kind, "value": row.value} for row in rows
        ]
        session.execute(sa.insert(PageLimit), values)
    elif set(there) != set(rows):
        # As rows of one place they would widen each other.
        raise Invalid(TWO_LIMITS, field="path")


def _holds_pages(session: Session, path: str) -> bool:
    """Return whether a page, deleted or not, stands at `path` or under it."""
    under = Page.path.startswith(f"{path}/", autoescape=True)
    return bool(session.scalar(sa.select(sa.exists().where(sa.or_(Page.path == path, under)))))


def _at(path: str, act: str) -> tuple[sa.ColumnElement[bool], ...]:
    return PageLimit.path == path, PageLimit.act == act

"""What an administrator changes about members and teams."""

from datetime import datetime

from sqlalchemy.orm import Session

from wiki.activity.service import record
from wiki.errors import Invalid, NotFound
from wiki.people import queries
from wiki.people.models import Person, Team
from wiki.people.rules.names import person_name, team_name
from wiki.people.rules.roles import ROLES
from wiki.people.service.members import change_role
from wiki.storage.dialect import one_at_a_time


def change_member(
    session: Session,
    person_id: int,
    *,
    name: str,
    role: str,
    team_id: int | None,
    now: datetime,
    actor_id: int,
) -> Person:
    """Set name, role and team of a member and return their record. Raises Invalid, NotFound.

    Nobody takes the last administrator's role away, not even the last administrator.
    """
    one_at_a_time(session, "people")
    person = queries.person_to_change(session, person_id)
    if person is None:
        raise NotFound("There is no such member.")
    if role not in ROLES:
        raise Invalid("Choose a role from the list.", field="role")
    if team_id is not None and session.get(Team, team_id) is None:
        raise Invalid("Choose a team from the list.", field="team")
    before = (person.name, person.team_id)
    person.name = person_name(name)
    person.team_id = team_id
    change_role(session, person, role, now=now, actor_id=actor_id)
    if before != (person.name, person.team_id):
        record(session, "person.changed", at=now, actor_id=actor_id, person=person.id)
    session.flush()
    return person


def tell_program(
    session: Session, person: Person, *, is_program: bool, now: datetime, actor_id: int
) -> None:
    """Say whether the record is of a program or of a person; it may do the same as before."""
    if person.is_program == is_program:
        return
    person.is_program = is_program
    session.flush()
    record(session, "person.changed", at=now, actor_id=actor_id, person=person.id)


def name_team(
    session: Session, team_id: int | None, name: str, *, now: datetime, actor_id: int
) -> Team:
    """Give a team another name, or make one where none is given. Raises Invalid, NotFound."""
    one_at_a_time(session, "people")
    checked = team_name(name)
    known = queries.teams_by_folded_name(session).get(checked.casefold())
    if known is not None and known.id != team_id:
        raise Invalid("There is already a team called {name}.", field="name", name=known.name)
    team = Team(name=checked) if team_id is None else session.get(Team, team_id)
    if team is None:
        raise NotFound("There is no such team.")
    team.name = checked
    session.add(team)
    session.flush()
    record(session, "team.named", at=now, actor_id=actor_id, team=team.id)
    return team

"""Taking members from a list, as often as one likes."""

from datetime import datetime

from sqlalchemy.orm import Session

from wiki.activity.service import record
from wiki.errors import Invalid, WikiError
from wiki.people import queries
from wiki.people.models import Person, Team
from wiki.people.rules.list_report import Changed, ImportReport, NewMember
from wiki.people.rules.sheet import Line, Refused, read_sheet
from wiki.people.service.members import change_role, welcome
from wiki.storage.dialect import one_at_a_time


class NotAsSeen(Invalid):
    """A list would do something else by now than whoever sent it was shown."""


def foresee_import(session: Session, text: str, *, now: datetime) -> ImportReport:
    """Return what `import_people` would do, and leave everything as it is.

    It is done and taken back, so that what is shown is what will come. Raises as that does.
    """
    attempt = session.begin_nested()
    try:
        return import_people(session, text, now=now)
    finally:
        attempt.rollback()


def import_people(
    session: Session,
    text: str,
    *,
    now: datetime,
    actor_id: int | None = None,
    seen: str | None = None,
) -> ImportReport:
    """Add the members that the CSV `text` lists and change those it says something else about.

    Doing it again changes nothing. A line that cannot be taken is reported and the others
    are taken. People known from an imported history become active. Raises Invalid and
    TooLarge when the file as a whole cannot be read, and NotAsSeen when it would do something,
    but not what has the seal `seen`.
    """
    sheet = read_sheet(text, now=now)
    one_at_a_time(session, "people")
    people = queries.known_people(session, [line.email for line in sheet.lines])
    teams, new_teams = _teams(session, sheet.lines)
    new = [line for line in sheet.lines if line.email not in people]
    known = [(people[line.email], line) for line in sheet.lines if line.email in people]
    changes, refused = _change_all(session, known, teams, now)
    report = ImportReport(
        new=_add_all(session, new, teams, now),
        changes=tuple(changes),
        unchanged=len(known) - len(changes) - len(refused),
        refused=tuple(sorted((*sheet.refused, *refused), key=lambda line: line.number)),
        unknown_columns=sheet.unknown_columns,
        new_teams=new_teams,
    )
    if seen is not None and seen != report.seal and not report.is_nothing:
        raise NotAsSeen(
            "Something changed while you were looking at this. Nothing was done: please check "
            "what the list would do now."
        )
    if report.added or report.changed:
        counts = {"added": report.added, "changed": report.changed}
        facts = counts | {"refused": len(report.refused)}
        record(session, "person.imported", at=now, actor_id=actor_id, **facts)
    return report


def _add_all(
    session: Session, lines: list[Line], teams: dict[str, Team], now: datetime
) -> tuple[NewMember, ...]:
    """Add everybody who is new and return who they are."""
    people = [_new_person(line, teams, now) for line in lines]
    session.add_all(people)
    session.flush()
    for person in people:
        record(session, "person.added", at=now, person=person.id)
    names = {team.id: team.name for team in teams.values()}
    return tuple(
        NewMember(one.name, one.email, names.get(one.team_id or 0, ""), one.role) for one in people
    )


def _change_all(
    session: Session, known: list[tuple[Person, Line]], teams: dict[str, Team], now: datetime
) -> tuple[list[Changed], list[Refused]]:
    """Change those of whom the list says something else; return them, and what it may not."""
    changed = []
    refused = []
    names = {team.id: team.name for team in teams.values()}
    for person, line in known:
        try:
            before = _facts(person, names)
            is_changed = _change(session, person, line, teams, now)
        except WikiError as error:
            refused.append(Refused(line.number, error.sentence, error.values))
            continue
        if is_changed:
            after = _facts(person, names)
            facts = [(one, before[one], after[one]) for one in before if before[one] != after[one]]
            changed.append(Changed(person.name, person.email, tuple(facts)))
    session.flush()
    return changed, refused


def _facts(person: Person, team_names: dict[int, str]) -> dict[str, str]:
    """Return what a list may say of a member, as words."""
    day = person.signed_up_at
    return {
        "name": person.name,
        "email": person.email,
        "team": team_names.get(person.team_id or 0, ""),
        "role": person.role,
        "state": person.state,
        "signed_up": day.date().isoformat() if day else "",
    }


def _teams(session: Session, lines: tuple[Line, ...]) -> tuple[dict[str, Team], tuple[str, ...]]:
    """Return every team by its folded name, those of the list made, and the names of the new."""
    teams = queries.teams_by_folded_name(session)
    before = len(teams)
    for line in lines:
        if line.team and line.team.casefold() not in teams:
            teams[line.team.casefold()] = Team(name=line.team)
            session.add(teams[line.team.casefold()])
    session.flush()
    return teams, tuple(team.name for team in list(teams.values())[before:])


def _new_person(line: Line, teams: dict[str, Team], now: datetime) -> Person:
    return Person(
        name=line.name,
        email=line.email,
        team_id=teams[line.team.casefold()].id if line.team else None,
        role=line.role or "member",
        state="active",
        signed_up_at=line.signed_up_at or now,
        made_at=now,
    )


def _change(
    session: Session, person: Person, line: Line, teams: dict[str, Team], now: datetime
) -> bool:
    is_changed = welcome(session, person, line.email, signed_up_at=line.signed_up_at, now=now)
    is_changed |= change_role(session, person, line.role, now=now)
    before = (person.name, person.team_id, person.signed_up_at)
    person.name = line.name
    if line.team:
        person.team_id = teams[line.team.casefold()].id
    if line.signed_up_at:
        person.signed_up_at = line.signed_up_at
    return is_changed or (person.name, person.team_id, person.signed_up_at) != before

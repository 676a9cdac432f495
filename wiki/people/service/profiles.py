"""What members say about themselves, and leaving."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from wiki.activity.service import record
from wiki.errors import Invalid, NotFound
from wiki.mail.letters import Envelope, queue
from wiki.people import queries
from wiki.people.models import Person
from wiki.people.rules.joining import ABOUT_LENGTH, sentences
from wiki.people.rules.names import person_name
from wiki.people.rules.roles import STATES
from wiki.people.service.letters import Write
from wiki.people.service.members import choose_time_zone, deactivate
from wiki.people.service.naming import refuse_taken_name
from wiki.storage.dialect import one_at_a_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a member says of themselves, as typed; `team_id` counts only where members choose."""

    name: str
    about: str = ""
    time_zone: str = ""
    team_id: int | None = None


def change_profile(session: Session, person_id: int, profile: Profile, *, now: datetime) -> None:
    """Take over what a member says of themselves. Raises Invalid, NotFound."""
    one_at_a_time(session, "people")  # or two could take one name at once
    person = _person(session, person_id)
    before = (person.name, person.about, person.team_id)
    person.name = _new_name(session, person, profile.name)
    person.about = sentences(profile.about, field="about", length=ABOUT_LENGTH)
    if queries.wiki_settings(session).lets_choose_team:
        if profile.team_id is not None and profile.team_id not in dict(
            queries.team_choices(session)
        ):
            raise Invalid("Choose a team from the list.", field="team")
        person.team_id = profile.team_id
    choose_time_zone(session, person_id, profile.time_zone)
    if (person.name, person.about, person.team_id) != before:
        record(session, "person.changed", at=now, actor_id=person_id, person=person_id)


def leave_wiki(session: Session, person_id: int, *, write: Write, now: datetime) -> None:
    """Let a member go: every way in ends, what they wrote stays, and a letter says so.

    Raises Invalid for the only administrator, NotFound.
    """
    one_at_a_time(session, "people")
    person = _person(session, person_id)
    deactivate(session, person_id, now=now, actor_id=person_id)
    envelope = Envelope(
        key=f"left:{person_id}:{now.isoformat(timespec='seconds')}",
        kind="left",
        recipient=person.email,
        person_id=person_id,
    )
    queue(session, envelope, write("left", name=person.name), now=now)


def _new_name(session: Session, person: Person, typed: str) -> str:
    name = person_name(typed)
    if name != person.name:
        refuse_taken_name(session, name, person_id=person.id, states=STATES)
    return name


def _person(session: Session, person_id: int) -> Person:
    person = queries.person_to_change(session, person_id)
    if person is None:
        raise NotFound("There is no such member.")
    return person

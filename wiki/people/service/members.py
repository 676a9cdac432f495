"""Adding members and changing what they are."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import available_timezones

from sqlalchemy.orm import Session

from wiki.activity.service import record
from wiki.errors import Invalid, NotFound
from wiki.people import queries
from wiki.people.models import Person, PersonAddress, Team
from wiki.people.rules.names import NAME_LENGTH, address, folded_address, person_name, team_name
from wiki.people.rules.roles import ROLES
from wiki.people.service.signing_in import end_ways_in
from wiki.storage.dialect import one_at_a_time


@dataclass(frozen=True, slots=True)
class Added:
    """Who was added, and whether anything changed: added, changed or unchanged."""

    person_id: int
    name: str
    outcome: str


def add(
    session: Session,
    email: str,
    *,
    now: datetime,
    name: str | None = None,
    role: str | None = None,
    team: str | None = None,
) -> Added:
    """Make sure that a member with this address exists and is what is said; safe to repeat.

    What is not said stays as it is. A person known from an imported history becomes
    active. Raises Invalid.
    """
    email = address(email)
    if role is not None and role not in ROLES:
        raise Invalid("A role is one of: {roles}.", field="role", roles=", ".join(ROLES))
    one_at_a_time(session, "people")
    person = queries.known_people(session, [email]).get(email)
    if person is None:
        made = new_person(email, person_name(name or ""), role or "member", now)
        made.team_id = team_id(session, team)
        session.add(made)
        session.flush()
        record(session, "person.added", at=now, person=made.id)
        return Added(made.id, made.name, "added")
    is_changed = welcome(session, person, email, signed_up_at=None, now=now)
    is_changed |= change_facts(session, person, name=name, team=team)
    is_changed |= change_role(session, person, role, now=now)
    return Added(person.id, person.name, "changed" if is_changed else "unchanged")


def new_person(email: str, name: str, role: str, now: datetime) -> Person:
    """Return the record of an active member, yet to be added."""
    return Person(name=name, email=email, role=role, state="active", signed_up_at=now, made_at=now)


def welcome(
    session: Session, person: Person, email: str, *, signed_up_at: datetime | None, now: datetime
) -> bool:
    """Make somebody known from an imported history an active member; return whether it was so.

    The address given now becomes the one that letters go to. Raises Invalid for somebody
    who was deactivated: that is undone on purpose or not at all.
    """
    if person.state == "deactivated":
        raise Invalid("This member was deactivated.", field="email")
    if person.state == "active":
        return False
    if person.email != email:
        swap_addresses(session, person, email)
    person.state = "active"
    person.signed_up_at = signed_up_at or now
    session.flush()
    record(session, "person.added", at=now, person=person.id, was="imported")
    return True


def swap_addresses(session: Session, person: Person, email: str) -> None:
    """Let letters go to `email`, and keep the address until now as another one of this person."""
    other = session.get(PersonAddress, email)
    if other is not None:
        session.delete(other)
    session.add(PersonAddress(email=person.email, person_id=person.id))
    person.email = email


def change_facts(session: Session, person: Person, *, name: str | None, team: str | None) -> bool:
    """Set the name and the team where they are said; return whether anything changed."""
    before = (person.name, person.team_id)
    if name is not None:
        person.name = person_name(name)
    if team is not None:
        person.team_id = team_id(session, team)
    session.flush()
    return (person.name, person.team_id) != before


def change_role(
    session: Session,
    person: Person,
    role: str | None,
    *,
    now: datetime,
    actor_id: int | None = None,
) -> bool:
    """Set the role where one is said; return whether it changed.

    Raises Invalid when nobody would be left to administer the wiki.
    """
    if role is None or role == person.role:
        return False
    _keep_one_admin(session, person)
    record(
        session,
        "person.role_changed",
        at=now,
        actor_id=actor_id,
        person=person.id,
        before=person.role,
        after=role,
    )
    person.role = role
    session.flush()
    return True


def deactivate(
    session: Session, person_id: int, *, now: datetime, actor_id: int | None = None
) -> None:
    """Shut a member out, at once and everywhere; what they wrote stays.

    Raises NotFound, and Invalid when nobody would be left to administer the wiki.
    """
    one_at_a_time(session, "people")
    person = queries.person_to_change(session, person_id)
    if person is None:
        raise NotFound("There is no such member.")
    if person.state == "deactivated":
        return
    _keep_one_admin(session, person)
    person.state = "deactivated"
    session.flush()
    end_ways_in(session, person_id, now=now)
    record(session, "person.deactivated", at=now, actor_id=actor_id, person=person_id)


def reactivate(
    session: Session, person_id: int, *, now: datetime, actor_id: int | None = None
) -> None:
    """Let a deactivated member in again, with the role they had. Raises NotFound."""
    person = queries.person_to_change(session, person_id)
    if person is None:
        raise NotFound("There is no such member.")
    if person.state != "deactivated":
        return
    person.state = "active"
    session.flush()
    record(session, "person.reactivated", at=now, actor_id=actor_id, person=person_id)


def _keep_one_admin(session: Session, person: Person) -> None:
    one_at_a_time(session, "people")  # or two who leave at once would each count the other
    is_admin = person.role == "admin" and person.state == "active"
    if is_admin and not queries.other_active_admins(session, person.id):
        raise Invalid(
            "This is the only administrator. Make somebody else an administrator first.",
            field="role",
        )


def active_member(session: Session, email: str) -> Person:
    """Return the record of the active member with this address; raise Invalid or NotFound."""
    email = address(email)
    person = queries.active_person(session, email)
    if person is not None:
        return person
    known = queries.known_people(session, [email]).get(email)
    if known is not None and known.state == "imported":
        raise NotFound(
            "{name} is known only from an imported history. Add them first: "
            "manyhands people add {email}",
            name=known.name,
            email=email,
        )
    raise NotFound("There is no active member with the address {email}.", email=email)


def deactivated_member(session: Session, email: str) -> Person:
    """Return the record of the deactivated member with this address; raise Invalid or NotFound."""
    email = address(email)
    person = queries.known_people(session, [email]).get(email)
    if person is None or person.state != "deactivated":
        raise NotFound("There is no deactivated member with the address {email}.", email=email)
    return person


def author_of_history(session: Session, *, name: str, email: str, now: datetime) -> int:
    """Return the id of who has this address, making an imported member where nobody has.

    An imported member cannot sign in and is never mailed until they sign up. Addresses of
    histories are taken as they are: many are none.
    """
    folded = folded_address(email) or folded_address(name)
    known = queries.known_people(session, [folded]).get(folded)
    if known is not None:
        return known.id
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())
    person = Person(
        name=shown[:NAME_LENGTH] or folded.partition("@")[0] or "Unknown",
        email=folded,
        role="member",
        state="imported",
        made_at=now,
    )
    session.add(person)
    session.flush()
    return person.id


def choose_time_zone(session: Session, person_id: int, zone: str) -> None:
    """Set the time zone in which a member reads moments; "" for that of the wiki."""
    if zone and zone not in time_zones():
        raise Invalid("Choose a time zone from the list.", field="time_zone")
    person = queries.person_to_change(session, person_id)
    if person is None:
        raise NotFound("There is no such member.")
    person.time_zone = zone or None
    session.flush()


@cache
def time_zones() -> frozenset[str]:
    """Return the names of all time zones; looked up once, for it reads many files."""
    return frozenset(available_timezones())


def team_id(session: Session, name: str | None) -> int | None:
    """Return the id of the team of this name, making it where there is none yet."""
    if not name or not name.strip():
        return None
    checked = team_name(name)
    known = queries.teams_by_folded_name(session).get(checked.casefold())
    if known is not None:
        return known.id
    made = Team(name=checked)
    session.add(made)
    session.flush()
    return made.id

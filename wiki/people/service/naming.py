"""Keeping members from taking the name of somebody else.

Two people of one name do work side by side: an administrator may call them so, on purpose.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from wiki.errors import Invalid
from wiki.people import queries
from wiki.people.rules.look_alikes import folded_name, names_an_office


def refuse_taken_name(
    session: Session, name: str, *, person_id: int | None, states: Sequence[str]
) -> None:
    """Raise Invalid where this name says an office, or looks like that of somebody else.

    `person_id` is whose name it shall be, None for somebody new; `states` are those of the people
    who are asked about.
    """
    if names_an_office(name):
        raise Invalid("This is what the wiki calls a role. Enter your own name.", field="name")
    wanted = folded_name(name)
    for other_id, other in queries.names_of_people(session, states):
        if other_id != person_id and folded_name(other) == wanted:
            raise Invalid(
                "Somebody else here has this name, or one that looks like it. Add what tells you "
                "apart, such as your team: {name} (Parks).",
                field="name",
                name=name,
            )

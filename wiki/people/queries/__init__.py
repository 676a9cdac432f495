"""Everything that is asked about members, their ways in, and the wiki they share."""

from wiki.people.queries.members import (
    MemberRow,
    active_admins,
    active_person,
    everybody,
    known_people,
    member_row,
    other_active_admins,
    person_to_change,
    teams_by_folded_name,
)
from wiki.people.queries.ways_in import (
    Member,
    SignedIn,
    SignInRow,
    link_is_good,
    sign_ins,
    signed_in,
)
from wiki.people.queries.wiki_settings import WikiSettings, wiki_settings

__all__ = [
    "Member",
    "MemberRow",
    "SignInRow",
    "SignedIn",
    "WikiSettings",
    "active_admins",
    "active_person",
    "everybody",
    "known_people",
    "link_is_good",
    "member_row",
    "other_active_admins",
    "person_to_change",
    "sign_ins",
    "signed_in",
    "teams_by_folded_name",
    "wiki_settings",
]

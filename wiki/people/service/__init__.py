"""The verbs of members: adding them, letting them in, and deciding about the wiki."""

from wiki.people.service.addresses import ask_for_address, prove_address
from wiki.people.service.administering import change_member, name_team, tell_program
from wiki.people.service.approving import approve, refuse
from wiki.people.service.importing import NotAsSeen, foresee_import, import_people
from wiki.people.service.invitations import Invitation, Invited, invite, revoke_invitation
from wiki.people.service.letters import Write
from wiki.people.service.limits import (
    letter_was_used,
    take_back,
    try_invite,
    try_link,
    try_own_password,
    try_sign_in,
)
from wiki.people.service.members import (
    Added,
    active_member,
    add,
    author_of_history,
    change_role,
    choose_time_zone,
    deactivate,
    deactivated_member,
    reactivate,
    time_zones,
)
from wiki.people.service.passwords import (
    change_password,
    choose_password,
    hash_of,
    is_password_of,
    person_with_password,
    send_password_link,
    set_password,
)
from wiki.people.service.profiles import Profile, change_profile, leave_wiki
from wiki.people.service.signing_in import (
    hashed,
    make_link,
    new_token,
    open_sign_in,
    see,
    send_link,
    sign_out,
    sign_out_everywhere,
    spend_link,
)
from wiki.people.service.signing_up import Proven, Wish, ask_to_join, prove
from wiki.people.service.tidying import stale
from wiki.people.service.wiki_settings import WIKI_KEYS, set_wiki

__all__ = [
    "WIKI_KEYS",
    "Added",
    "Invitation",
    "Invited",
    "NotAsSeen",
    "Profile",
    "Proven",
    "Wish",
    "Write",
    "active_member",
    "add",
    "approve",
    "ask_for_address",
    "ask_to_join",
    "author_of_history",
    "change_member",
    "change_password",
    "change_profile",
    "change_role",
    "choose_password",
    "choose_time_zone",
    "deactivate",
    "deactivated_member",
    "foresee_import",
    "hash_of",
    "hashed",
    "import_people",
    "invite",
    "is_password_of",
    "leave_wiki",
    "letter_was_used",
    "make_link",
    "name_team",
    "new_token",
    "open_sign_in",
    "person_with_password",
    "prove",
    "prove_address",
    "reactivate",
    "refuse",
    "revoke_invitation",
    "see",
    "send_link",
    "send_password_link",
    "set_password",
    "set_wiki",
    "sign_out",
    "sign_out_everywhere",
    "spend_link",
    "stale",
    "take_back",
    "tell_program",
    "time_zones",
    "try_invite",
    "try_link",
    "try_own_password",
    "try_sign_in",
]

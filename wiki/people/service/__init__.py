"""The verbs of members: adding them, letting them in, and deciding about the wiki."""

from wiki.people.service.importing import ImportReport, import_people
from wiki.people.service.limits import take_back, try_link, try_sign_in
from wiki.people.service.members import (
    Added,
    active_member,
    add,
    author_of_history,
    change_role,
    choose_time_zone,
    deactivate,
    time_zones,
)
from wiki.people.service.passwords import person_with_password, set_password
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
from wiki.people.service.wiki_settings import WIKI_KEYS, set_wiki

__all__ = [
    "WIKI_KEYS",
    "Added",
    "ImportReport",
    "active_member",
    "add",
    "author_of_history",
    "change_role",
    "choose_time_zone",
    "deactivate",
    "hashed",
    "import_people",
    "make_link",
    "new_token",
    "open_sign_in",
    "person_with_password",
    "see",
    "send_link",
    "set_password",
    "set_wiki",
    "sign_out",
    "sign_out_everywhere",
    "spend_link",
    "take_back",
    "time_zones",
    "try_link",
    "try_sign_in",
]

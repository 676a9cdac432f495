"""What an administrator may decide about the wiki."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from wiki.activity.service import record
from wiki.errors import Invalid
from wiki.people import queries
from wiki.people.models import WikiSetting
from wiki.people.rules.colours import colour
from wiki.people.rules.joining import MODES, TEAM_CHOOSERS, checked_domains
from wiki.people.rules.names import wiki_name
from wiki.people.rules.sharing import IMPORTS, LEVELS
from wiki.storage.dialect import upsert

READERS = ("everybody", "members")
SWITCH = ("on", "off")


def set_wiki(
    session: Session, key: str, value: str, *, now: datetime, actor_id: int | None = None
) -> str:
    """Set one setting of the wiki and return its value as kept. Raises Invalid."""
    check = WIKI_KEYS.get(key)
    if check is None:
        raise Invalid(
            "There is no setting {key}. There are: {keys}.",
            field="key",
            key=key,
            keys=", ".join(WIKI_KEYS),
        )
    kept = check(value)
    if getattr(queries.wiki_settings(session), key) == kept:
        return kept
    upsert(session, WikiSetting, ["key"], {"key": key, "value": kept})
    record(session, "wiki.setting_changed", at=now, actor_id=actor_id, key=key)
    return kept


def _one_of(field: str, choices: Sequence[str], sentence: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in choices:
            raise Invalid(sentence, field=field, kinds=", ".join(choices))
        return value

    return check


WIKI_KEYS: Mapping[str, Callable[[str], str]] = {
    "name": wiki_name,
    "readers": _one_of("readers", READERS, "Readers are one of: {kinds}."),
    "mail": _one_of("mail", SWITCH, "Mail is one of: {kinds}."),
    "sign_up": _one_of("sign_up", MODES, "Ways to join are: {kinds}."),
    "sign_up_domains": checked_domains,
    "teams": _one_of("teams", TEAM_CHOOSERS, "Teams are chosen by one of: {kinds}."),
    "colour": colour,
    "figures": _one_of("figures", LEVELS, "Figures are one of: {kinds}."),
    "imports": _one_of("imports", IMPORTS, "Imported history is one of: {kinds}."),
}

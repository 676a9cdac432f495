"""What an administrator decided about the wiki."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.people.models import WikiSetting
from wiki.people.rules.joining import is_open_to_some
from wiki.people.rules.sharing import STANDARD

_SETTINGS = sa.select(WikiSetting.key, WikiSetting.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class WikiSettings:
    """What an administrator decided about the wiki."""

    name: str = "Manyhands"
    readers: str = "everybody"
    mail: str = "on"  # off after a restore, until somebody says that letters may leave
    sign_up: str = "invitation"  # how people join: see wiki.people.rules.joining
    sign_up_domains: str = ""  # with a blank between
    teams: str = "administrators"  # who says which team a member belongs to
    colour: str = ""  # as #rrggbb; "" for the usual one
    figures: str = STANDARD  # who sees who wrote how much: see wiki.people.rules.sharing
    imports: str = "count"  # whether imported history is in the figures of its authors, or apart

    @property
    def is_open(self) -> bool:
        """Return whether everybody may read."""
        return self.readers == "everybody"

    @property
    def domains(self) -> tuple[str, ...]:
        """Return the domains whose people may join at once."""
        return tuple(self.sign_up_domains.split())

    @property
    def invites(self) -> bool:
        """Return whether members may invite others."""
        return self.sign_up != "closed"

    @property
    def has_sign_up(self) -> bool:
        """Return whether anybody at all may ask to join."""
        return is_open_to_some(self.sign_up, self.domains)

    @property
    def counts_imports(self) -> bool:
        """Return whether imported history is in the figures of its authors."""
        return self.imports == "count"

    @property
    def lets_choose_team(self) -> bool:
        """Return whether members choose their team themselves.

        They should not where pages are limited to teams: whoever chooses a team may read its pages.
        """
        return self.teams == "members"


def wiki_settings(session: Session) -> WikiSettings:
    """Return the settings of the wiki, with defaults for what nobody decided."""
    known = WikiSettings.__dataclass_fields__
    return WikiSettings(**{key: value for key, value in session.execute(_SETTINGS) if key in known})

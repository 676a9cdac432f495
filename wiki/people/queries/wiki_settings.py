"""What an administrator decided about the wiki."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.people.models import WikiSetting


@dataclass(frozen=True, slots=True, kw_only=True)
class WikiSettings:
    """What an administrator decided about the wiki."""

    name: str = "Manyhands"
    readers: str = "everybody"

    @property
    def is_open(self) -> bool:
        """Return whether everybody may read."""
        return self.readers == "everybody"


def wiki_settings(session: Session) -> WikiSettings:
    """Return the settings of the wiki, with defaults for what nobody decided."""
    rows = session.execute(sa.select(WikiSetting.key, WikiSetting.value))
    known = WikiSettings.__dataclass_fields__
    return WikiSettings(**{key: value for key, value in rows if key in known})

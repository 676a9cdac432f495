"""What a check is given, and what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy.orm import Session

from wiki.storage.engine import Database

Progress: TypeAlias = Callable[[str, int, int], None]
FROM_BACKUP = (
    "Restore a backup into another place and look whether it is whole there: manyhands restore"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not well: what, and what to do about it."""

    kind: str
    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Look:
    """What a check may use; `is_deep` lets it look at every page and not at some."""

    database: Database
    session: Session
    now: datetime
    is_deep: bool
    progress: Progress

"""What a reader may see of the pages: every query over pages takes it and leaves out the rest."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.pages.models import PageLimit
from wiki.people.rules.rights import Limit
from wiki.text.paths import is_within


@dataclass(frozen=True, slots=True)
class Sight:
    """The tops of the subtrees that are hidden from a reader; "" hides the whole wiki."""

    hidden: tuple[str, ...]

    def sees(self, path: str) -> bool:
        """Return whether a page at `path`, there or not, is not hidden."""
        return not any(is_within(path, top) for top in self.hidden)

    def only(self, column: Any) -> sa.ColumnElement[bool]:  # noqa: ANN401  # a mapped attribute is no column
        """Return the condition that the path in `column` is not hidden; true where none is."""
        return _only(self.hidden, column) if self.hidden else sa.true()


@lru_cache(maxsize=256)
def _only(hidden: tuple[str, ...], column: Any) -> sa.ColumnElement[bool]:  # noqa: ANN401  # see above
    """Return the condition; kept, as making it takes longer than the database does with it."""
    if "" in hidden:
        return sa.false()
    # Compared sign by sign: LIKE folds letters on SQLite, and ranges sort by the language.
    return sa.and_(*(sa.func.substr(column + "/", 1, len(top) + 1) != f"{top}/" for top in hidden))


EVERYTHING = Sight(())
_LIMITS = sa.select(PageLimit.path, PageLimit.act, PageLimit.kind, PageLimit.value).order_by(
    PageLimit.path, PageLimit.act, PageLimit.kind, PageLimit.value
)


def limits(session: Session) -> tuple[Limit, ...]:
    """Return all limits, in order."""
    return tuple(Limit(*row) for row in session.execute(_LIMITS))

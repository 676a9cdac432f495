"""Rows that nobody needs any more: which they are the features say, and here they go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wiki.storage.dialect import bare, free_ones_locked

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Stale:
    """Rows of a mapped class that are too old: they go, or get these values and stay."""

    model: type
    where: sa.ColumnElement[bool]
    values: Mapping[str, Any] = field(default_factory=dict)


def is_any(session: Session, stale: Stale) -> bool:
    """Return whether there is such a row; only reads."""
    query = sa.select(sa.literal(1)).select_from(bare(stale.model)).where(stale.where).limit(1)
    return session.scalar(query) is not None


def tidy_some(session: Session, stale: Sequence[Stale]) -> int:
    """Tidy up a few of these rows, so that nobody waits for long; return how many."""
    count = 0
    for one in stale:
        table = bare(one.model)
        keys = tuple(table.primary_key)
        some = free_ones_locked(sa.select(*keys).where(one.where).limit(AT_ONCE - count))
        change = sa.update(table).values(**one.values) if one.values else sa.delete(table)
        where = sa.tuple_(*keys).in_(some) if len(keys) > 1 else keys[0].in_(some)
        count += len(session.execute(change.where(where).returning(*keys)).all())
        if count >= AT_ONCE:
            break
    return count

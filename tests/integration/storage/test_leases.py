"""Of all processes that would do the same work, one does it."""

from datetime import timedelta

from tests.make import NOON
from wiki.storage.engine import Database
from wiki.storage.leases import LEASE_LASTS, release_lease, take_lease


def test_one_holder_at_a_time_has_a_lease(database: Database) -> None:
    soon = NOON + timedelta(seconds=5)
    assert take_lease(database, "work", "a", now=NOON)
    assert not take_lease(database, "work", "b", now=soon)
    assert take_lease(database, "work", "a", now=soon)
    release_lease(database, "work", "b", now=soon)
    assert not take_lease(database, "work", "b", now=soon)
    release_lease(database, "work", "a", now=soon)
    assert take_lease(database, "work", "b", now=soon)
    dead = soon + LEASE_LASTS
    assert take_lease(database, "work", "a", now=dead)

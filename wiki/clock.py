"""The only place that asks what time it is."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the present moment, aware, in UTC. For routes and commands only."""
    return datetime.now(UTC)  # noqa: TID251  # the one place that may ask

"""What roles and states a member can have, and which role includes which."""

ROLES = ("member", "reviewer", "facilitator", "admin")
STATES = ("active", "imported", "deactivated")


def includes(role: str, wanted: str) -> bool:
    """Return whether `role` may do what `wanted` may; each role includes those before it."""
    return ROLES.index(role) >= ROLES.index(wanted)


def raises(before: str, after: str) -> bool:
    """Return whether who had the role `before` may do more with the role `after`."""
    return ROLES.index(after) > ROLES.index(before)

"""What roles and states a member can have, and which role includes which."""

ROLES = ("member", "reviewer", "facilitator", "admin")
STATES = ("active", "imported", "deactivated")


def includes(role: str, wanted: str) -> bool:
    """Return whether `role` may do what `wanted` may; each role includes those before it."""
    return ROLES.index(role) >= ROLES.index(wanted)

"""What roles and states are called on pages."""

from flask_babel import gettext


def role_names() -> dict[str, str]:
    """Return each role with its name, the one with the fewest rights first."""
    return {
        "member": gettext("Member"),
        "reviewer": gettext("Reviewer"),
        "facilitator": gettext("Facilitator"),
        "admin": gettext("Administrator"),
    }


def state_names() -> dict[str, str]:
    """Return each state of a member with its name."""
    return {
        "active": gettext("Active"),
        "imported": gettext("Known from a history"),
        "deactivated": gettext("Deactivated"),
    }


def fact_names() -> dict[str, str]:
    """Return what is said of a member in a list, in words."""
    return {
        "name": gettext("name"),
        "email": gettext("e-mail address"),
        "team": gettext("team"),
        "role": gettext("role"),
        "state": gettext("state"),
        "signed_up": gettext("member since"),
    }

"""What roles and states are called on pages."""

from flask_babel import gettext

from wiki.people.rules.colours import SWATCHES


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
        "imported": gettext("Imported, never signed up"),
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


def swatch_names() -> dict[str, str]:
    """Return the colours that are offered, in order, each with its name."""
    names = {
        "": gettext("The standard colour"),
        "#1d4f91": gettext("Blue"),
        "#5a3a8a": gettext("Purple"),
        "#8a1c4a": gettext("Plum"),
        "#9c3a00": gettext("Rust"),
        "#2f5d1e": gettext("Green"),
        "#3d4a54": gettext("Slate"),
    }
    return {swatch: names[swatch] for swatch in SWATCHES}

"""The time zones that a member can choose from."""

from functools import cache

from flask_babel import gettext

from wiki.people import service
from wiki.web.db import settings

_CONTINENTS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


def zone_choices() -> list[tuple[str, str]]:
    """Return pairs of a time zone and what it is called, first "", the one of the wiki."""
    return [("", zone_name("")), *((zone, _place(zone)) for zone in _zones())]


def zone_name(zone: str) -> str:
    """Return what a time zone is called; "" is the one of the wiki."""
    if zone:
        return _place(zone)
    return str(gettext("%(place)s, as for everybody here", place=_place(settings().time_zone)))


def _place(zone: str) -> str:
    return zone.replace("_", " ")


@cache
def _zones() -> tuple[str, ...]:
    """Return the time zones that are places, and UTC; the others are old names of these."""
    places = (zone for zone in service.time_zones() if zone.partition("/")[0] in _CONTINENTS)
    return (*sorted(places), "UTC")

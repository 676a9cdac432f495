"""How moments, numbers and addresses are written in templates."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import Flask, url_for
from flask_babel import get_locale
from jinja2 import StrictUndefined

from wiki import places

ZoneName = Callable[[], str]


def prepare(app: Flask, *, zone_name: ZoneName, version: str) -> None:
    """Give templates their filters and names; `zone_name` says the reader's time zone."""

    def zone() -> ZoneInfo:
        return ZoneInfo(zone_name())

    def locale() -> str:
        return str(get_locale() or "en_GB")

    def when(moment: datetime) -> str:
        """Return like 12 March 2026, 14:05."""
        return format_datetime(moment, "d MMMM y, HH:mm", tzinfo=zone(), locale=locale())

    def day(moment: datetime) -> str:
        """Return like 12 March 2026."""
        return format_date(moment.astimezone(zone()), "d MMMM y", locale=locale())

    def clock(moment: datetime) -> str:
        """Return like 14:05."""
        return format_datetime(moment, "HH:mm", tzinfo=zone(), locale=locale())

    def number(value: float) -> str:
        """Return like 1,234."""
        return format_decimal(value, locale=locale())

    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(when=when, day=day, clock=clock, number=number)
    app.jinja_env.globals.update(asset=asset, page_url=page_url, version=version)


def asset(name: str) -> str:
    """Return the address of a built asset, like `main.css`."""
    return url_for("static", filename=_manifest().get(name, name))


def page_url(path: str) -> str:
    """Return the address of a page by its path."""
    return url_for("pages.show", path=path)


@cache
def _manifest() -> dict[str, str]:
    file = places.folder("static") / "dist" / "manifest.json"
    if not file.exists():
        return {}
    manifest: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return manifest

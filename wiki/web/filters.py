"""How moments, numbers and addresses are written in templates."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import cast

from babel.numbers import format_decimal
from flask import Flask, g, url_for
from jinja2 import StrictUndefined

from wiki import places
from wiki.web.language import day_words, language, moment_words

ZoneName = Callable[[], str]


def prepare(app: Flask, *, zone_name: ZoneName, version: str) -> None:
    """Give templates their filters and names; `zone_name` says the reader's time zone."""

    def when(moment: datetime) -> str:
        """Return like 12 March 2026, 14:05."""
        return moment_words(moment, "d MMMM y, HH:mm", _zone(zone_name), language())

    def day(moment: datetime) -> str:
        """Return like 12 March 2026."""
        return day_words(moment, "d MMMM y", _zone(zone_name), language())

    def weekday(moment: datetime) -> str:
        """Return like Friday."""
        return day_words(moment, "EEEE", _zone(zone_name), language())

    def clock(moment: datetime) -> str:
        """Return like 14:05."""
        return moment_words(moment, "HH:mm", _zone(zone_name), language())

    def number(value: float) -> str:
        """Return like 1,234."""
        return format_decimal(value, locale=language())

    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(when=when, day=day, weekday=weekday, clock=clock, number=number)
    app.jinja_env.globals.update(asset=asset, page_url=page_url, version=version)


def _zone(zone_name: ZoneName) -> str:
    if "zone" not in g:
        g.zone = zone_name()
    return cast("str", g.zone)


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

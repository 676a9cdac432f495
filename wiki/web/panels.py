"""Places on a page where features further up show something of theirs.

A page knows only the features below its own. What stands above, such as a list of my drafts on the
home page, adds a panel to a place that the page's template names.
"""

from collections.abc import Callable
from typing import TypeAlias, cast

from flask import Flask, current_app
from markupsafe import Markup

Maker: TypeAlias = Callable[..., str]


def prepare(app: Flask) -> None:
    """Let templates say `{{ panels("home") }}`, with what the makers need to know by name."""
    app.extensions["panels"] = {}
    app.jinja_env.globals["panels"] = panels


def add_panel(app: Flask, place: str, make: Maker) -> None:
    """Show what `make` returns, safe HTML or "", at this place, below what was added before."""
    app.extensions["panels"].setdefault(place, []).append(make)


def panels(place: str, **facts: object) -> Markup:
    """Return all that is shown at this place for the person who asks."""
    makers = cast("dict[str, list[Maker]]", current_app.extensions["panels"]).get(place, [])
    # Each maker renders a template, which escapes what people wrote.
    return Markup("").join(Markup(make(**facts)) for make in makers)  # noqa: S704

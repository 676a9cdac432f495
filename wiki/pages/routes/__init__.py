"""The addresses of the reading half: pages, their history and comparison, what changed."""

from wiki.pages.routes import (
    about,
    access,
    changes,
    compare,
    feeds,
    history,
    home,
    lists,
    members,
    show,
)
from wiki.pages.routes.blueprint import bp

__all__ = [
    "about",
    "access",
    "bp",
    "changes",
    "compare",
    "feeds",
    "history",
    "home",
    "lists",
    "members",
    "show",
]

"""The addresses of authorship: who wrote how much of a page."""

from wiki.authorship.routes import attributed, contributors, panels
from wiki.authorship.routes.blueprint import bp

__all__ = ["attributed", "bp", "contributors", "panels"]

"""The addresses of the reading half: pages, their history and comparison, what changed."""

from wiki.pages.routes import about, changes, compare, feeds, history, home, lists, show
from wiki.pages.routes.blueprint import bp

__all__ = ["about", "bp", "changes", "compare", "feeds", "history", "home", "lists", "show"]

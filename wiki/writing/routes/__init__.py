"""The addresses at which pages are changed."""

from wiki.writing.routes import drafts, editing, saving
from wiki.writing.routes.blueprint import bp

__all__ = ["bp", "drafts", "editing", "saving"]

"""The addresses at which pages are changed."""

from wiki.writing.routes import (
    deleting,
    drafts,
    editing,
    moving,
    new_page,
    panels,
    restoring,
    saving,
    undeleting,
    undoing,
)
from wiki.writing.routes.blueprint import bp

__all__ = [
    "bp",
    "deleting",
    "drafts",
    "editing",
    "moving",
    "new_page",
    "panels",
    "restoring",
    "saving",
    "undeleting",
    "undoing",
]

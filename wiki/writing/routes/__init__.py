"""The addresses at which pages are changed."""

from wiki.writing.routes import (
    deleting,
    draft_elsewhere,
    drafts,
    editing,
    leaving,
    moving,
    new_page,
    panels,
    presence,
    restoring,
    saving,
    undeleting,
    undoing,
)
from wiki.writing.routes.blueprint import bp

__all__ = [
    "bp",
    "deleting",
    "draft_elsewhere",
    "drafts",
    "editing",
    "leaving",
    "moving",
    "new_page",
    "panels",
    "presence",
    "restoring",
    "saving",
    "undeleting",
    "undoing",
]

"""Following who wrote what: with each save, before a view, all over again."""

from wiki.authorship.service.comparing import differences
from wiki.authorship.service.keeping_up import Owed, ensure, follow, give_credit
from wiki.authorship.service.rebuilding import Rebuilt, rebuild, rebuild_page

__all__ = [
    "Owed",
    "Rebuilt",
    "differences",
    "ensure",
    "follow",
    "give_credit",
    "rebuild",
    "rebuild_page",
]

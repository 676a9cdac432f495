"""Following who wrote what: with each save, before a view, all over again."""

from wiki.authorship.service.comparing import differences
from wiki.authorship.service.keeping_up import Owed, ensure, follow, give_credit
from wiki.authorship.service.rebuilding import (
    Rebuilt,
    catch_up_one,
    is_any_behind,
    rebuild,
    rebuild_page,
)

__all__ = [
    "Owed",
    "Rebuilt",
    "catch_up_one",
    "differences",
    "ensure",
    "follow",
    "give_credit",
    "is_any_behind",
    "rebuild",
    "rebuild_page",
]
